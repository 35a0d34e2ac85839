"""Turns the HTML of a question in a markup file into plain text with line breaks."""

import html
import re
from dataclasses import dataclass, field

from lxml import etree

from contest.rules.vietnamese import nfc

BLOCKS = re.compile(
    "p|div|br|li|ul|ol|dl|dt|dd|tr|table|tbody|thead|tfoot|caption|h[1-6]|blockquote|pre|hr|section|article|header"
    "|footer|main|address|figure|figcaption|center"
)
CELLS = frozenset({"td", "th"})
INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|body|cite|code|col|colgroup|del|dfn|em|font|html|i|ins|kbd|label|link|mark|meta"
    "|nobr|q|rb|rp|rt|rtc|ruby|s|samp|small|source|span|strike|strong|sub|sup|time|track|tt|u|var|wbr"
)
# What cannot become text, and how a person calls it.
OBJECTS = {
    "img": "hình ảnh",
    "image": "hình ảnh",
    "audio": "âm thanh",
    "video": "phim",
    "svg": "hình vẽ",
    "math": "công thức",
    "script": "đoạn mã (script)",
    "iframe": "nội dung nhúng",
    "object": "nội dung nhúng",
    "embed": "nội dung nhúng",
    "applet": "nội dung nhúng",
    "canvas": "hình vẽ",
    "form": "ô nhập",
    "input": "ô nhập",
    "select": "ô nhập",
    "textarea": "ô nhập",
    "button": "ô nhập",
}
VALUELESS = re.compile(
    "alt|controls|disabled|hidden|nowrap|allowfullscreen|async|defer|checked|selected|readonly|reversed|loop|muted"
)

# Nothing inside these is text.
_WHOLE = "script|style|svg|math|object|iframe|select|textarea|canvas|applet|title"
_DROPPED = re.compile(
    rf"<(?:\w++:)?(?P<name>{_WHOLE})\b(?:(?:\s[^<>]*+|/)?(?<=/)>|.*?(?:</(?:\w++:)?(?P=name)\s*+>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ATTRIBUTE = r"\s++(?P<{0}>[\w:.-]++)(?:\s*+=\s*+(?P<{1}>\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=]++))?+"
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*+)"
    r"(?P<attributes>(?:\s++[\w:.-]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=]++))?+)*+)\s*+/?>"
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE.format("key", "value"))
_SMALL_SIGNS = {
    "sup": str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_SMALL_PREFIX = {"sup": "^", "sub": "_"}


@dataclass(frozen=True)
class Plain:
    """The text that is left, and what of the markup could not become text ("hình ảnh")."""

    text: str
    lost: tuple[str, ...] = ()


@dataclass
class _Writer:
    """Collects the pieces of a text; `small` holds where each open <sup> or <sub> began."""

    pieces: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    small: list[tuple[str, int]] = field(default_factory=list)

    def tag(self, name: str, closes: bool, attributes: dict[str, str]) -> None:
        """What a tag does to the text."""
        if BLOCKS.fullmatch(name):
            self.pieces.append("\n")
        elif name in CELLS:
            self.pieces.append(" | " if closes else "")
        elif name in OBJECTS and not closes:
            source = attributes.get("src", "").rpartition("/")[2][:60] if name == "img" else ""
            self.lost.append(f"{OBJECTS[name]} ({source})" if source else OBJECTS[name])
        elif name in _SMALL_SIGNS:
            self._small(name, closes)

    def _small(self, name: str, closes: bool) -> None:
        """Raised and lowered signs stay apart from the line: "10<sup>6</sup>" is not 106."""
        if not closes:
            self.small.append((name, len(self.pieces)))
        elif self.small and self.small[-1][0] == name:
            start = self.small.pop()[1]
            text = "".join(self.pieces[start:]).strip()
            signs = text.translate(_SMALL_SIGNS[name])
            changed = all(old != new for old, new in zip(text, signs, strict=True))
            self.pieces[start:] = [signs if changed else f"{_SMALL_PREFIX[name]}({text})"]


def plain(markup: str, keep_breaks: bool = False, strict: bool = True) -> Plain:
    """The text of a piece of HTML.

    `keep_breaks`: a line break in the source is one in the text. `strict`: what is not a tag of HTML
    ("<Nghị định>", "a<b") is text; otherwise every tag is markup.
    """
    writer = _Writer()
    text = _without_comments(markup)
    text = _DROPPED.sub(lambda found: _dropped(found["name"].lower(), writer), text)
    position = 0
    for found in _TAG.finditer(text):
        name = found["name"].rpartition(":")[2].lower()
        attributes = _attributes(found["attributes"])
        if strict and not _is_html(found["name"].lower(), name, attributes):
            continue
        writer.pieces.append(_words(text[position : found.start()], keep_breaks))
        writer.tag(name, bool(found["close"]), attributes)
        position = found.end()
    writer.pieces.append(_words(text[position:], keep_breaks))
    return Plain(tidy("".join(writer.pieces)), tuple(dict.fromkeys(writer.lost)))


def plain_of(element: etree._Element) -> Plain:
    """The text of an element of XML whose children are HTML."""
    return plain(etree.tostring(element, encoding="unicode", with_tail=False), strict=False)


def tidy(text: str) -> str:
    """Lines in clean Unicode, without blank ones, spaces at their ends or two in a row."""
    lines = (" ".join(line.split()).strip("|").strip() for line in nfc(text).split("\n"))
    return "\n".join(filter(None, lines))


def literal(text: str) -> Plain:
    """A text in which nothing is markup."""
    return Plain("\n".join(filter(None, (" ".join(line.split()) for line in nfc(text).split("\n")))))


def _without_comments(markup: str) -> str:
    """Without comments; a comment that never ends is text."""
    end = markup.rfind("-->") + len("-->") if "-->" in markup else 0
    return _COMMENT.sub("", markup[:end]) + markup[end:]


def _dropped(name: str, writer: _Writer) -> str:
    if name in OBJECTS:
        writer.lost.append(OBJECTS[name])
    return " "


def _attributes(written: str) -> dict[str, str]:
    found = _ONE_ATTRIBUTE.finditer(written)
    return {one["key"].lower(): (one["value"] or "").strip("\"'") for one in found}


def _is_html(full_name: str, name: str, attributes: dict[str, str]) -> bool:
    """Whether this is a tag of HTML, or one that Word leaves behind (<o:p>, <st1:place>)."""
    if full_name != name:
        return full_name.startswith(("o:", "st1:", "w:", "v:", "m:"))
    known = name in OBJECTS or name in CELLS or BLOCKS.fullmatch(name) or INLINE.fullmatch(name)
    return bool(known) and all(value or VALUELESS.fullmatch(key) for key, value in attributes.items())


def _words(text: str, keep_breaks: bool) -> str:
    words = html.unescape(text)
    return words if keep_breaks else re.sub(r"\s+", " ", words)
