"""The lines of a document as a recogniser of questions sees them: text with its emphasis and its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from contest.rules.parsed import ParsedPicture
from contest.rules.vietnamese import nfc

_LONG_GAP = re.compile(r"\s{9,}")
_LEADING_MARKS = re.compile(r"[\u0300-\u036f]+")


@dataclass(frozen=True)
class Span:
    """A piece of a line written in one way. colour and highlight are RRGGBB or names, "" when plain."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""
    highlight: str = ""
    struck: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a document; `place` says where it stands, `lost` names an object in it that is no text.

    picture: that object, where it is the only one and a picture that can be shown.
    """

    spans: tuple[Span, ...] = ()
    place: str = ""
    lost: str = ""
    picture: ParsedPicture | None = None

    @cached_property
    def text(self) -> str:
        """The letters of the line without their emphasis."""
        return "".join(span.text for span in self.spans)

    def cut(self, start: int, end: int | None = None) -> "Line":
        """The part of the line between two positions of its text, with its emphasis."""
        end = len(self.text) if end is None else end
        spans, position = [], 0
        for span in self.spans:
            first, last = max(start - position, 0), min(end - position, len(span.text))
            if first < last:
                spans.append(replace(span, text=span.text[first:last]))
            position += len(span.text)
        return Line(tuple(spans), self.place, self.lost, self.picture)


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each cell a tuple of lines."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    place: str = ""


Block = Line | Grid


def line_of(text: str, place: str = "") -> Line:
    """A line without emphasis."""
    return Line((Span(text),), place)


def tidy(line: Line) -> Iterator[Line]:
    """The line in clean Unicode, one line per soft line break; an empty line stays one empty line."""
    spans: list[Span] = []
    lost = line.lost
    # Beside several lines nobody knows to which of them it belongs.
    picture = line.picture if "\n" not in line.text.strip() else None
    if _LONG_GAP.search(line.text):
        line = _with_short_gaps(line)
    for span in _marks_with_their_letters(line.spans):
        head, *tails = nfc(span.text).split("\n")
        spans.append(span if head == span.text else replace(span, text=head))
        for tail in tails:
            yield Line(tuple(spans), line.place, lost, picture)
            spans, lost, picture = [replace(span, text=tail)], "", None
    yield Line(tuple(spans), line.place, lost, picture)


def _with_short_gaps(line: Line) -> Line:
    """No more than eight blanks in a row: more say no more, and cost a reader of patterns dearly."""
    parts, position = [], 0
    for gap in _LONG_GAP.finditer(line.text):
        parts.append(line.cut(position, gap.start()))
        sign = next((each for each in "\n\t" if each in gap.group()), " " * 8)
        parts.append(Line((Span(sign),)))
        position = gap.end()
    parts.append(line.cut(position))
    return replace(line, spans=tuple(span for part in parts for span in part.spans))


def _marks_with_their_letters(spans: Iterable[Span]) -> list[Span]:
    """Combining marks at the start of a span go to the letter before them."""
    together: list[Span] = []
    for span in spans:
        marks = _LEADING_MARKS.match(span.text)
        if marks and together:
            together[-1] = replace(together[-1], text=together[-1].text + marks.group())
            span = replace(span, text=span.text[marks.end() :])
        together.append(span)
    return together


def joined(lines: Iterable[Line]) -> str:
    """The words of several lines in one, wrapped lines joined by a space."""
    return " ".join(" ".join(line.text for line in lines).split())


def paragraphs(lines: Iterable[Line]) -> str:
    """Lines as running text: a line that ends a sentence or opens a list item keeps its line break."""
    text = ""
    for line in lines:
        words = " ".join(line.text.split())
        if not words:
            continue
        breaks = text.endswith((".", "?", "!", ":", ";")) or re.match(r"[-–+•*▪]|\w{1,4}[.)]\s", words)
        text += ("\n" if breaks else " ") * bool(text) + words
    return text
