"""Splits a GIFT text into its blocks: names, categories, comments and escaped signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from contest.banks.formats.markup_text import Plain, literal, plain

# Escaped signs become signs no text holds, so that they are never taken for markup.
_HELD = {sign: chr(1 + place) for place, sign in enumerate("\\:#={}~n")}
_MEANT = {ord(held): "\n" if sign == "n" else sign for sign, held in _HELD.items()}
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_TAG = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.)*)\]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
# An answer section that nothing but GIFT would write.
_EVIDENCE = re.compile(r"\{\s*(?:[=~#]|(?:TRUE|FALSE|T|F)\s*[#}])")
CATEGORY = "$CATEGORY:"


@dataclass
class GiftBlock:
    """Lines between two blank ones. `text` is without comments, its escaped signs held back."""

    line: int
    source: str
    text: str
    tags: list[str] = field(default_factory=list)


def blocks(text: str) -> Iterator[GiftBlock]:
    """Every block that holds more than comments, with the line (from 1) on which it begins."""
    lines: list[str] = []
    for number, line in enumerate([*_lines(text), ""], 1):
        if line.strip():
            lines.append(line)
            continue
        if lines:
            block = _block(number - len(lines), lines)
            if block.text:
                yield block
        lines = []


def looks_like_gift(text: str) -> bool:
    """Whether a text is GIFT: names, a category, or answers in braces in most of its blocks."""
    found = list(blocks(text))
    named = any(block.text.startswith(("::", CATEGORY)) and "{" in text for block in found)
    proofs = sum(bool(_EVIDENCE.search(block.text)) for block in found)
    return (named and proofs > 0) or (proofs > 0 and proofs * 2 >= len(found))


def unescaped(text: str) -> str:
    """The text with its escaped signs as the signs they stand for."""
    return text.translate(_MEANT)


def words(text: str, form: str) -> Plain:
    """A piece of a block as plain text; `form` is that of the question unless the piece names its own."""
    own, text = form_of(text)
    form = own or form
    if form == "plain":
        return literal(unescaped(text))
    return plain(unescaped(text), keep_breaks=form != "html")


def form_of(text: str) -> tuple[str, str]:
    """The format a piece begins with ("html"), "" when it names none, and the rest of it."""
    found = _FORMAT.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _lines(text: str) -> list[str]:
    plain_breaks = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain_breaks).split("\n")


def _block(line: int, lines: list[str]) -> GiftBlock:
    comments = [each for each in lines if each.strip().startswith("//")]
    kept = ["" if each.strip().startswith("//") else each for each in lines]
    first = next((at for at, each in enumerate(kept) if each), 0)
    tags = [found[2] for each in comments for found in _TAG.finditer(each) if found[1] == "tag"]
    held = _ESCAPE.sub(lambda found: _HELD[found[1]], "\n".join(kept).strip())
    return GiftBlock(line + first, "\n".join(lines), held, tags)
