"""The same facts about the sheets of an .ods, whose cells and rows may be written once and repeated."""

import re
from typing import IO
from xml.parsers import expat

from contest.banks.formats.safety import local_name, parse_part
from contest.banks.formats.sheet_pictures import SheetPicture
from contest.banks.formats.sheet_scan import SheetFacts

REPEAT = re.compile(r"[0-9]{1,7}")
HIDDEN_WORDS = frozenset({"collapse", "filter"})
# A value repeated over more columns than this is no row of choices.
MOST_CHOICES = 8
CELL_TAGS = frozenset({"table-cell", "covered-table-cell"})


class _OdsScan:
    """Handlers for the elements of content.xml."""

    def __init__(self) -> None:
        self.sheets: list[SheetFacts] = []
        self.row = self.next_row = 0
        self.column = self.next_column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet, a row, a cell or a paragraph of text begins."""
        tag = local_name(name)
        if tag == "table":
            named = {local_name(key): value for key, value in attributes.items()}
            self.sheets.append(SheetFacts(named.get("name", "")))
            self.next_row = 0
        elif not self.sheets:
            return
        elif tag == "table-row":
            self._start_row({local_name(key): value for key, value in attributes.items()})
        elif tag in CELL_TAGS:
            self._start_cell({local_name(key): value for key, value in attributes.items()})
        elif tag == "p":
            self._fill_cell()
        elif tag == "frame":
            self.sheets[-1].pictures.append(SheetPicture(self.row, self.column, self.row))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = self.next_row
        self.next_row += _count(attributes, "number-rows-repeated")
        self.next_column = 0
        if attributes.get("visibility", "") in HIDDEN_WORDS and self.next_row - self.row < 10_000:
            self.sheets[-1].hidden_rows.update(range(self.row, self.next_row))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column = self.next_column
        self.next_column += _count(attributes, "number-columns-repeated")
        if "value-type" in attributes or "formula" in attributes:
            self._fill_cell()
        if attributes.get("value-type") == "percentage":
            columns = range(self.column, min(self.next_column, self.column + MOST_CHOICES))
            self.sheets[-1].percentages.update((self.row, column) for column in columns)
        tall, wide = (_count(attributes, f"number-{way}-spanned") for way in ("rows", "columns"))
        if tall > 1 or wide > 1:
            box = (self.row, self.column, self.row + tall - 1, self.column + wide - 1)
            self.sheets[-1].merges.append(box)

    def _fill_cell(self) -> None:
        """The cell has a value, and so have all its repetitions."""
        self.sheets[-1].widen(self.next_row - 1, self.next_column - 1)


def scan_ods(part: IO[bytes]) -> list[SheetFacts]:
    """Facts of each sheet of an .ods, in the order of the sheets."""
    scan = _OdsScan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parse_part(part, parser)
    return scan.sheets


def _count(attributes: dict[str, str], name: str) -> int:
    """How often something is repeated: 1 when nothing sensible is said."""
    value = attributes.get(name, "1")
    return max(int(value), 1) if REPEAT.fullmatch(value) else 1
