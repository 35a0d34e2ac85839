"""How a run of a Word document looks: direct formatting over character, paragraph and default styles."""

from dataclasses import dataclass, replace

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = WORD + "val"

_OFF = frozenset({"0", "false", "off", "none"})
_PLAIN_FILLS = frozenset({"", "auto", "none", "ffffff", "white", "clear"})


@dataclass(frozen=True)
class Look:
    """The formatting a reader sees. font is the name for Latin letters; hidden is Word's hidden text."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""
    highlight: str = ""
    struck: bool = False
    hidden: bool = False
    font: str = ""


_SWITCHES = {
    WORD + "b": "bold",
    WORD + "i": "italic",
    WORD + "strike": "struck",
    WORD + "dstrike": "struck",
    WORD + "vanish": "hidden",
}


def changed(look: Look, properties: etree._Element | None) -> Look:
    """The look after the run properties (w:rPr) of one level."""
    if properties is None:
        return look
    changes: dict[str, bool | str] = {}
    for element in properties:
        name = _SWITCHES.get(str(element.tag))
        if name:
            changes[name] = element.get(VALUE, "1").lower() not in _OFF
        elif element.tag == WORD + "u":
            changes["underline"] = element.get(VALUE, "single").lower() not in _OFF
        elif element.tag == WORD + "color":
            changes["colour"] = _colour(element.get(VALUE, ""))
        elif element.tag == WORD + "highlight":
            changes["highlight"] = _fill(element.get(VALUE, ""))
        elif element.tag == WORD + "shd":
            changes.setdefault("highlight", _fill(element.get(WORD + "fill", "")))
        elif element.tag == WORD + "rFonts":
            font = element.get(WORD + "ascii") or element.get(WORD + "hAnsi")
            changes |= {"font": font} if font else {}
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _colour(value: str) -> str:
    return "" if value.lower() in ("", "auto") else value.upper()


def _fill(value: str) -> str:
    return "" if value.lower() in _PLAIN_FILLS else value


class Styles:
    """The styles of a document (styles.xml), asked by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = (
            {}
            if root is None
            else {style.get(WORD + "styleId", ""): style for style in root.iter(WORD + "style")}
        )
        self._defaults = changed(
            Look(), None if root is None else root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr")
        )
        self._default_paragraph = next(
            (
                style_id
                for style_id, style in self._styles.items()
                if style.get(WORD + "type") == "paragraph" and style.get(WORD + "default") in ("1", "true")
            ),
            "",
        )
        self._paragraph_looks: dict[str, Look] = {}

    def chain(self, style_id: str) -> list[etree._Element]:
        """A style and those it is based on, the most basic first; a circle ends where it closes."""
        found: list[etree._Element] = []
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            found.append(style)
            based = style.find(WORD + "basedOn")
            style_id = "" if based is None else based.get(VALUE, "")
        return found[::-1]

    def paragraph_look(self, style_id: str) -> Look:
        """The look of plain text in a paragraph of this style ("" for the default style)."""
        style_id = style_id or self._default_paragraph
        if style_id not in self._paragraph_looks:
            look = self._defaults
            for style in self.chain(style_id):
                look = changed(look, style.find(WORD + "rPr"))
            self._paragraph_looks[style_id] = look
        return self._paragraph_looks[style_id]

    def run_look(self, paragraph: Look, properties: etree._Element | None) -> Look:
        """The look of a run: its character style, then its own properties, over the paragraph's look."""
        if properties is None:
            return paragraph
        named = properties.find(WORD + "rStyle")
        look = paragraph
        if named is not None:
            for style in self.chain(named.get(VALUE, "")):
                look = changed(look, style.find(WORD + "rPr"))
        return changed(look, properties)

    def numbering_of(self, style_id: str) -> etree._Element | None:
        """The numbering (w:numPr) a paragraph style brings with it."""
        for style in reversed(self.chain(style_id or self._default_paragraph)):
            numbering = style.find(f"{WORD}pPr/{WORD}numPr")
            if numbering is not None:
                return numbering
        return None
