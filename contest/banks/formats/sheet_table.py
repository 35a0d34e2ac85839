"""One sheet as rows of text, with all that a row of text cannot say about its cells."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache

from contest.banks.formats.sheet_pictures import SheetPicture
from contest.banks.formats.sheet_scan import Box, Place, column_letters
from contest.banks.formats.sheet_styles import CellStyle
from contest.rules.parsed import FaultKind, Severity
from contest.rules.vietnamese import clean
from contest.rules.vietnamese_legacy import Legacy, decode, guess_legacy

CellValue = (
    int | float | str | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None
)

# Letters that only Unicode Vietnamese has: text with one of them is not in a legacy encoding.
UNICODE_ONLY = re.compile("[ăđơưĂĐƠƯ\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")
# Choices typed beside each other: "A. Có     B. Không".
GAP_BEFORE_LABEL = re.compile("(?<![ \u00a0])(?:[ \u00a0]{2,}+|[ \u00a0]*+\t)(?=\\*?[A-Ha-h][.)] ?\\S)")
ZERO_PADDED = re.compile(r"0{2,}")
WIDE_COLUMNS = 3
LEGACY_SAMPLE_CHARS = 4000


@dataclass(frozen=True)
class Doubt:
    """Why the text of a cell may not be what somebody typed."""

    kind: FaultKind
    severity: Severity
    value: str


@dataclass
class Table:
    """Rows of cleaned text; rows and columns count from 0. name is "" for a file without sheets.

    decimals: cells holding a number with a fraction. looks: only cells that do not look ordinary.
    unread_pictures: the workbook has pictures that nothing here can read.
    """

    name: str
    rows: list[list[str]]
    doubts: dict[Place, Doubt] = field(default_factory=dict)
    looks: dict[Place, CellStyle] = field(default_factory=dict)
    decimals: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[Box] = field(default_factory=list)
    pictures: list[SheetPicture] = field(default_factory=list)
    hidden: bool = False
    unread_pictures: bool = False

    def text(self, row: int, column: int | None) -> str:
        """The text of a cell, "" outside the rows."""
        cells = self.rows[row]
        return cells[column] if column is not None and column < len(cells) else ""

    @cached_property
    def _upright(self) -> dict[Place, int]:
        """The first row of each cell that is merged with one above it."""
        return {
            (row, left): top
            for top, left, bottom, _ in self.merges
            for row in range(top + 1, min(bottom + 1, len(self.rows)))
        }

    def merged_text(self, row: int, column: int | None) -> str:
        """The text of a cell, or of the cell it is merged with."""
        return self.text(row, column) or self.text(self._upright.get((row, column or 0), row), column)

    @cached_property
    def _wide(self) -> dict[int, list[tuple[int, int]]]:
        """First and last column of the wide merged cells of each row."""
        wide: dict[int, list[tuple[int, int]]] = {}
        for top, left, _, right in self.merges:
            if right - left + 1 >= WIDE_COLUMNS:
                wide.setdefault(top, []).append((left, right))
        return wide

    def is_wide(self, row: int, column: int) -> bool:
        """Whether a cell is merged over several columns, as a title is."""
        return any(left <= column <= right for left, right in self._wide.get(row, ()))

    def place(self, row: int, column: int = 0) -> str:
        """Where a cell is, for a person: "Sheet1!C7", or "dòng 7" in a file without sheets."""
        return f"{self.name}!{column_letters(column)}{row + 1}" if self.name else f"dòng {row + 1}"


def tidy(text: str) -> str:
    """Cleaned text that keeps its line breaks, without empty lines; labels after wide gaps begin a line."""
    text = GAP_BEFORE_LABEL.sub("\n", text)
    if "\n" not in text and "\r" not in text:
        return _clean(text)
    return "\n".join(line for line in map(_clean, text.splitlines()) if line)


# Topics, levels and short choices come back thousands of times in one file.
_clean = lru_cache(maxsize=20_000)(clean)


def cell_text(value: CellValue, number_format: str = "") -> str:
    """A value as somebody typed it: 5.0 is "5", 0.1 shown as a percentage is "10%", 1.5 is "1,5"."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    if isinstance(value, datetime.datetime) and (value.hour or value.minute or value.second):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def date_doubt(value: CellValue, number_format: str) -> Doubt | None:
    """A date is never taken for what was typed: "3/5" and "5/3" both become one.

    Only a date shown with its year whose day cannot be a month is a mere warning.
    """
    if not isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return None
    sure = isinstance(value, datetime.date) and value.day > 12 and "y" in number_format.lower()
    severity = Severity.WARNING if sure else Severity.ERROR
    return Doubt(FaultKind.DATE_CELL, severity, cell_text(value))


def decode_legacy(rows: Sequence[list[str]]) -> None:
    """Turn cells typed in TCVN3 or VNI into Unicode, in place, judged over all the text."""
    suspects = [
        cell for row in rows for cell in row if cell and not cell.isascii() and not UNICODE_ONLY.search(cell)
    ]
    legacy = guess_legacy("\n".join(suspects)[:LEGACY_SAMPLE_CHARS]) if suspects else None
    if legacy is None:
        return
    for row in rows:
        row[:] = [_decoded(cell, legacy) for cell in row]


def _decoded(cell: str, legacy: Legacy) -> str:
    return cell if cell.isascii() or UNICODE_ONLY.search(cell) else decode(cell, legacy)


def _number_text(value: float, number_format: str) -> str:
    shown = number_format.split(";")[0]
    if "%" in shown:
        return _plain_number(round(value * 100, 10)) + "%"
    if "?/" in shown:
        return str(Fraction(value).limit_denominator(99))
    if float(value).is_integer() and ZERO_PADDED.fullmatch(shown):
        return f"{int(value):0{len(shown)}d}"
    return _plain_number(value)


def _plain_number(value: float) -> str:
    if float(value).is_integer() and abs(value) < 1e16:
        return str(int(value))
    return repr(float(value)).replace(".", ",")
