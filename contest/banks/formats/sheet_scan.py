"""What a fast reader does not tell about a sheet: its true span, hidden rows, merges, looks, broken cells."""

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from contest.banks.formats.safety import local_name, parse_part
from contest.banks.formats.sheet_pictures import SheetPicture
from contest.banks.formats.unreadable import Unreadable

# The fast reader sets aside a cell of 32 bytes for every place between the outermost values.
MAX_AREA = 3_000_000
CELL_NAME = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
SMALL_NUMBER = re.compile(r"[0-9]{1,7}")
TRUE_WORDS = frozenset({"1", "true"})

Place = tuple[int, int]
Box = tuple[int, int, int, int]


@dataclass
class SheetFacts:
    """Facts about one sheet; rows and columns count from 0. name: "" where it is not known yet.

    merges: first row, first column, last row, last column of merged ranges.
    looks: index into the workbook's styles for cells with a value.
    broken: cells whose formula failed or was never calculated, with the error or formula.
    percentages: cells an .ods declares as such. pictures: what floats over the cells.
    """

    name: str = ""
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[Box] = field(default_factory=list)
    looks: dict[Place, int] = field(default_factory=dict)
    broken: dict[Place, str] = field(default_factory=dict)
    percentages: set[Place] = field(default_factory=set)
    pictures: list[SheetPicture] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def widen(self, row: int, column: int) -> None:
        """Take a value at this place into the span, counted from A1; refuse one no honest sheet has."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        if (self.last_row + 1) * (self.last_column + 1) > MAX_AREA:
            raise Unreadable("far_cell", cell=cell_name(self.name, row, column))


class _XlsxScan:
    """Handlers for the elements of a worksheet part."""

    def __init__(self, name: str) -> None:
        self.facts = SheetFacts(name)
        self.row = -1
        self.column = -1
        self.cell: dict[str, str] = {}
        self.formula: list[str] | None = None
        self.value: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, its value or its formula begins."""
        tag = local_name(name)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or tag == "is":
            self.value = []
            self._has_value()
        elif tag == "f":
            self.formula = []
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """A cell is judged once its value and formula are known."""
        if local_name(name) != "c":
            return
        value, formula = self.value, self.formula
        if self.cell.get("t") == "e":
            self.facts.broken[self.row, self.column] = "".join(value or ()) or "#"
        elif formula is not None and not "".join(value or ()) and self.cell.get("t") != "str":
            self.facts.broken[self.row, self.column] = "=" + "".join(formula)
        self.value = self.formula = None

    def text(self, piece: str) -> None:
        """Text inside a value or a formula."""
        if self.value is not None:
            self.value.append(piece)
        elif self.formula is not None:
            self.formula.append(piece)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) - 1 if SMALL_NUMBER.fullmatch(number) else self.row + 1
        self.column = -1
        if attributes.get("hidden", "").lower() in TRUE_WORDS:
            self.facts.hidden_rows.add(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.cell = attributes
        place = cell_place(attributes.get("r", ""))
        self.row, self.column = place or (max(self.row, 0), self.column + 1)

    def _has_value(self) -> None:
        self.facts.widen(self.row, self.column)
        if look := self.cell.get("s"):
            self.facts.looks[self.row, self.column] = int(look) if SMALL_NUMBER.fullmatch(look) else 0

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = cell_place(first), cell_place(last or first)
        if start and end:
            self.facts.merges.append((*start, *end))


def scan_xlsx_sheet(part: IO[bytes], name: str = "") -> SheetFacts:
    """Facts of a worksheet part of an .xlsx, read as a stream; Unreadable("far_cell") names what is too far."""
    scan = _XlsxScan(name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parse_part(part, parser)
    return scan.facts


def cell_place(name: str) -> Place | None:
    """Row and column, from 0, of "C7"; None when it is no such name."""
    match = CELL_NAME.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def cell_name(sheet: str, row: int, column: int) -> str:
    """A cell as people call it: "Tuần 1!C7"."""
    return f"{sheet}!{column_letters(column)}{row + 1}".lstrip("!")


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 2 is "C"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
