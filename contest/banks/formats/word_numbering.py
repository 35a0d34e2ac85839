"""Computes the labels Word shows before automatically numbered paragraphs ("Câu 1.", "A.")."""

import re
from dataclasses import dataclass, field

from lxml import etree

from contest.banks.formats.word_styles import VALUE, WORD, Styles

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
# Word shows no more than this in a list; a file that says otherwise is damaged.
_LARGEST = 32767


@dataclass(frozen=True)
class Level:
    """One level of a list: its first number, its number format, its text ("Câu %1.") and its look."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    look: etree._Element | None = None


@dataclass
class _List:
    """A list in use (w:num): the abstract list it counts in, and its own changes to levels."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: bool = False


class Numbering:
    """Counts the paragraphs of every list of a document, in the order they are asked for."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for abstract in root.iter(WORD + "abstractNum"):
            key = abstract.get(WORD + "abstractNumId", "")
            self._abstract[key] = {
                index: _level(level)
                for level in abstract.iter(WORD + "lvl")
                if (index := _whole(level.get(WORD + "ilvl"), 0)) < _LEVELS
            }
            link = abstract.find(WORD + "numStyleLink")
            if link is not None:
                self._links[key] = link.get(VALUE, "")
        for num in root.iter(WORD + "num"):
            self._lists[num.get(WORD + "numId", "")] = _list(num)

    def numbers(self, properties: etree._Element | None, style_id: str) -> bool:
        """Whether the paragraph, or its style, asks for a number."""
        own = None if properties is None else properties.find(WORD + "numPr")
        return own is not None or self._styles.numbering_of(style_id) is not None

    def label(self, properties: etree._Element | None, style_id: str) -> tuple[str, etree._Element | None]:
        """The label of the next paragraph and its run properties; "" for a paragraph without number."""
        numbering = None if properties is None else properties.find(WORD + "numPr")
        by_style = self._styles.numbering_of(style_id)
        num_id = _child(numbering, "numId") or _child(by_style, "numId")
        used = self._lists.get(num_id)
        if used is None or num_id == "0":
            return "", None
        levels = self._levels_of(used)
        own = _child(numbering, "ilvl") or _child(by_style, "ilvl")
        index = _whole(own, 0) if own else _index_of_style(levels, style_id)
        if index not in levels:
            return "", None
        self._count(used, levels, index)
        return self._text(used, levels, index), levels[index].look

    def _levels_of(self, used: _List) -> dict[int, Level]:
        """The levels of a list; an abstract list may only point to a style that has the real one."""
        levels = self._abstract.get(used.abstract, {})
        if used.abstract in self._links:
            numbering = self._styles.numbering_of(self._links[used.abstract])
            target = self._lists.get(_child(numbering, "numId"))
            if target and target.abstract not in self._links:
                levels = self._abstract.get(target.abstract, {}) | target.levels
        return levels | used.levels

    def _count(self, used: _List, levels: dict[int, Level], index: int) -> None:
        counts = self._counts.setdefault(used.abstract, [None] * _LEVELS)
        if not used.begun:
            used.begun = True
            for level in used.starts:
                counts[level] = None
        start = used.starts.get(index, levels[index].start)
        current = counts[index]
        counts[index] = start if current is None else min(current + 1, _LARGEST)
        for upper in range(index):
            if counts[upper] is None and upper in levels:
                counts[upper] = used.starts.get(upper, levels[upper].start)
        for deeper in range(index + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart != 0 and index < restart):
                counts[deeper] = None

    def _text(self, used: _List, levels: dict[int, Level], index: int) -> str:
        level, counts = levels[index], self._counts[used.abstract]
        if level.number_format == "bullet":
            return "- "

        def number(match: re.Match[str]) -> str:
            shown = int(match[1]) - 1
            count = counts[shown]
            if count is None or shown not in levels:
                return ""
            shape = "decimal" if level.legal else _shape(levels[shown], shown)
            return numeral(count, shape)

        text = _PLACEHOLDER.sub(number, level.text)
        return f"{text} " if text.strip() else ""


def _shape(level: Level, index: int) -> str:
    """The number format of a level; plain 1, 2, 3 below the first level are choices, shown as letters."""
    plain = re.fullmatch(rf"\W*%{index + 1}\W*", level.text) is not None
    return "upperLetter" if index > 0 and plain and level.number_format == "decimal" else level.number_format


def numeral(number: int, number_format: str) -> str:
    """A count in one of Word's number formats; formats in words come out as digits."""
    if number_format in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)
        return letter if number_format == "upperLetter" else letter.lower()
    if number_format in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = _roman(number)
        return text if number_format == "upperRoman" else text.lower()
    if number_format == "none":
        return ""
    return f"{number:02d}" if number_format == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def _level(element: etree._Element) -> Level:
    restart = _child(element, "lvlRestart")
    return Level(
        start=_whole(_child(element, "start"), 1),
        number_format=_child(element, "numFmt") or "decimal",
        text=_child(element, "lvlText"),
        restart=_whole(restart, 0) if restart else None,
        legal=element.find(WORD + "isLgl") is not None,
        style=_child(element, "pStyle"),
        look=element.find(WORD + "rPr"),
    )


def _list(element: etree._Element) -> _List:
    used = _List(_child(element, "abstractNumId"))
    for override in element.iter(WORD + "lvlOverride"):
        index = _whole(override.get(WORD + "ilvl"), 0)
        if index >= _LEVELS:
            continue
        start, level = _child(override, "startOverride"), override.find(WORD + "lvl")
        if start:
            used.starts[index] = _whole(start, 1)
        if level is not None:
            used.levels[index] = _level(level)
    return used


def _child(element: etree._Element | None, name: str) -> str:
    found = None if element is None else element.find(WORD + name)
    return "" if found is None else found.get(VALUE, "")


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text[:9]), _LARGEST) if text and text.isdecimal() else otherwise


def _index_of_style(levels: dict[int, Level], style_id: str) -> int:
    return next((index for index, level in levels.items() if level.style == style_id and style_id), 0)
