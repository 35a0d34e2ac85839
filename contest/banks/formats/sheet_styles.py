"""How the cells of an .xlsx look: emphasis that can mark a key, and number formats that change a value."""

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from contest.banks.formats.safety import local_name, parse_part

# Built-in number formats that matter here (ECMA-376 part 1, 18.8.30).
BUILTIN_FORMATS = {
    9: "0%",
    10: "0.00%",
    12: "# ?/?",
    13: "# ??/??",
    14: "m/d/yyyy",
    16: "d-mmm",
    17: "mmm-yy",
}
SMALL_NUMBER = re.compile(r"[0-9]{1,7}")
PLAIN_COLOURS = frozenset({"", "auto", "theme:1", "theme:0", "indexed:64", "rgb:FF000000", "rgb:00000000"})
PLAIN_FILLS = frozenset({"", "rgb:FFFFFFFF", "rgb:00FFFFFF", "theme:0", "indexed:64", "indexed:65"})


@dataclass
class CellStyle:
    """The look of a cell; colours as "rgb:FFFF0000", "theme:4" or "" for the ordinary ones."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""
    fill: str = ""
    font: str = ""
    number_format: str = ""

    @property
    def plain(self) -> bool:
        """Whether nothing about this look needs to be remembered."""
        return not (
            self.bold or self.italic or self.underline or self.colour or self.fill or self.number_format
        ) and not self.font.lower().startswith((".vn", "vni"))


@dataclass
class _Styles:
    """Collects the stylesheet; the index of a cell points into `looks`."""

    formats: dict[int, str] = field(default_factory=lambda: dict(BUILTIN_FORMATS))
    fonts: list[CellStyle] = field(default_factory=list)
    fills: list[str] = field(default_factory=list)
    looks: list[CellStyle] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    patterned: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Called for each element; only children of the four lists are read."""
        tag = local_name(name)
        parent = self.path[-1] if self.path else ""
        self.path.append(tag)
        if tag == "numFmt" and parent == "numFmts":
            self.formats[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif tag == "font" and parent == "fonts":
            self.fonts.append(CellStyle())
        elif tag == "fill" and parent == "fills":
            self.fills.append("")
        elif tag == "xf" and parent == "cellXfs":
            self.looks.append(self._look(attributes))
        elif parent == "font" and "fonts" in self.path:
            _read_font(self.fonts[-1], tag, attributes)
        elif tag == "patternFill" and "fills" in self.path:
            self.patterned = attributes.get("patternType", "none") not in ("none", "gray125")
        elif tag == "fgColor" and "fills" in self.path and self.patterned:
            self.fills[-1] = _colour(attributes, PLAIN_FILLS)

    def end(self, _name: str) -> None:
        """Called at the end of each element."""
        self.path.pop()

    def _look(self, attributes: dict[str, str]) -> CellStyle:
        font_id, fill_id = _number(attributes, "fontId"), _number(attributes, "fillId")
        font = self.fonts[font_id] if font_id < len(self.fonts) else CellStyle()
        return CellStyle(
            font.bold,
            font.italic,
            font.underline,
            font.colour,
            self.fills[fill_id] if fill_id < len(self.fills) else "",
            font.font,
            self.formats.get(_number(attributes, "numFmtId"), ""),
        )


def read_styles(part: IO[bytes]) -> list[CellStyle]:
    """The looks of a workbook, in the order cells point to them."""
    styles = _Styles()
    parser = expat.ParserCreate()
    parser.StartElementHandler = styles.start
    parser.EndElementHandler = styles.end
    parse_part(part, parser)
    return styles.looks


def _number(attributes: dict[str, str], name: str) -> int:
    """A small non-negative number, 0 when the file says nonsense."""
    value = attributes.get(name, "0")
    return int(value) if SMALL_NUMBER.fullmatch(value) else 0


def _read_font(font: CellStyle, tag: str, attributes: dict[str, str]) -> None:
    on = attributes.get("val", "1") not in ("0", "false", "none")
    if tag == "b":
        font.bold = on
    elif tag == "i":
        font.italic = on
    elif tag == "u":
        font.underline = on
    elif tag == "color":
        font.colour = _colour(attributes, PLAIN_COLOURS)
    elif tag == "name":
        font.font = attributes.get("val", "")


def _colour(attributes: dict[str, str], plain: frozenset[str]) -> str:
    """One word for a colour, "" when it is one of the ordinary ones."""
    if attributes.get("auto"):
        return ""
    for kind in ("rgb", "theme", "indexed"):
        if value := attributes.get(kind):
            shade = f"{kind}:{value.upper()}"
            return "" if shade in plain else shade
    return ""
