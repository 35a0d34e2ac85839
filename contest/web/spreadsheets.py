"""Tables as files for Excel: workbooks and CSV that keep every value what it is."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contest.rules.counting import NO_BREAK
from contest.web.printable import one_line, printable

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# text: str. integer: whole numbers. percent: a share of 1 (Fraction(1, 2) is shown as 50,00 %).
# moment: an aware datetime. duration: seconds or a timedelta. In each of them a str is written
# as text ("chưa khai") and None leaves the cell empty.
Value = str | int | float | Decimal | Fraction | datetime | timedelta | None


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    PERCENT = "percent"
    MOMENT = "moment"
    DURATION = "duration"


@dataclass(frozen=True)
class Column:
    """A column of a table; its width is in characters of the body type."""

    header: str
    kind: Kind = Kind.TEXT
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines above the table, the table, notes below it."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    title_lines: Sequence[str] = ()
    notes: Sequence[str] = ()


LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32767
# Excel shows a longer text as ##### where the cell is formatted as text.
_LONGEST_TEXT_FORMAT = 255
_FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
# A workbook must say when it was made; where nobody says, the first moment a zip file knows.
_UNSTATED = datetime(1980, 1, 1, tzinfo=UTC)

# Where a formula begins, or would begin on a machine that cuts at another separator.
_FORMULA_MARK = re.compile(r"^(?=[\t\n])|(^|[,;\t\n])(\s*)(?=[=+\-@＝＋－＠])")

_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.INTEGER: "#,##0",
    Kind.PERCENT: "0.00 %",
    Kind.MOMENT: "dd/mm/yyyy hh:mm:ss",
    Kind.DURATION: "[h]:mm:ss",
}
# So many characters of the body type stand side by side on an upright A4 page.
_UPRIGHT_WIDTH = 85
_TYPE = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
# The quote prefix is what Excel itself stores for a typed apostrophe: text for ever.
_GUARD = {"quote_prefix": True}
_CELL = _TYPE | {"border": 1, "border_color": "#B8B2A6"}


def workbook(sheets: Sequence[Sheet], *, made_at: datetime = _UNSTATED) -> bytes:
    """An .xlsx file. Rows are read once and never held together, so they may come from a cursor.

    Text stays text whatever it begins with, also after somebody edits the cell. Moments are shown in
    Vietnamese time. The same sheets and `made_at` give the same bytes.
    Raises ValueError for a naive datetime, for no sheet, and for a row that is wider than its columns.
    """
    if not sheets:
        raise ValueError("a workbook needs at least one sheet")
    target = io.BytesIO()
    book = Workbook(target, {"constant_memory": True})
    book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
    formats = _Formats(book)
    for sheet, name in zip(sheets, sheet_names([sheet.name for sheet in sheets]), strict=True):
        _write_sheet(book.add_worksheet(name), sheet, formats)
    book.close()
    return target.getvalue()


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel accepts, as near as can be to those wanted, no two alike in any case."""
    given: list[str] = []
    for name in wanted:
        plain = one_line(_FORBIDDEN_IN_SHEET_NAMES.sub(" ", name)).strip("' ")
        # "History" belongs to Excel itself.
        plain = plain if plain and plain.casefold() != "history" else f"Sheet {plain}".strip()
        taken = {earlier.casefold() for earlier in given}
        candidate, number = _shortened(plain, "", LONGEST_SHEET_NAME), 1
        while candidate.casefold() in taken:
            number += 1
            candidate = _shortened(plain, f" ({number})", LONGEST_SHEET_NAME)
        given.append(candidate)
    return given


def csv_with_bom(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    """The same table as CSV for Excel under Vietnamese regional settings; row 1 is the header.

    UTF-8 with BOM, without which Excel garbles the marks. Decimals have a comma as on the page, hence
    ";" between cells, as Excel expects wherever the comma is the decimal sign. Moments are written
    year first, because Excel takes 05/10 for 10 May on a machine with American settings.
    A text that a program could run as a formula gets an apostrophe in front. CSV knows no types: Excel
    drops the leading 0 of a code, which only the workbook keeps.
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([_inert(column.header) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column.kind, value) for column, value in zip(columns, row, strict=True)])
    return target.getvalue().encode("utf-8-sig")


class _Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format(_TYPE | _GUARD | {"bold": True, "font_size": 14})
        self.line = book.add_format(_TYPE | _GUARD)
        self.note = book.add_format(_TYPE | _GUARD | {"italic": True})
        heading = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#F1ECE2"}
        self.header = book.add_format(_CELL | _GUARD | heading | {"text_wrap": True})
        self.cells = {
            kind: book.add_format(_CELL | {"num_format": number_format, "text_wrap": kind is Kind.TEXT})
            for kind, number_format in _NUMBER_FORMATS.items()
        }
        self.long_text = book.add_format(_CELL | {"text_wrap": True})
        self.guarded_text = book.add_format(_CELL | _GUARD | {"text_wrap": True})

    def for_text(self, text: str) -> Format:
        """Numbers in a text cell keep their leading 0, and nothing becomes a formula when it is edited."""
        if _FORMULA_MARK.match(text):
            return self.guarded_text
        return self.long_text if _units(text) > _LONGEST_TEXT_FORMAT else self.cells[Kind.TEXT]


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_header("&C&P")
    if sum(column.width for column in sheet.columns) > _UPRIGHT_WIDTH:
        page.set_landscape()
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
    for index, line in enumerate(sheet.title_lines):
        page.write_string(index, 0, _cell_text(line), formats.line if index else formats.title)
    header = len(sheet.title_lines) + bool(sheet.title_lines)
    for index, column in enumerate(sheet.columns):
        page.write_string(header, index, _cell_text(column.header), formats.header)
    page.freeze_panes(header + 1, 0)
    page.repeat_rows(header)
    last = _write_rows(page, header, sheet, formats)
    if last > header:
        page.autofilter(header, 0, last, len(sheet.columns) - 1)
    for index, note in enumerate(sheet.notes, start=last + 2):
        page.write_string(index, 0, _cell_text(note), formats.note)


def _write_rows(page: Worksheet, header: int, sheet: Sheet, formats: _Formats) -> int:
    """Write the rows below the header; gives the last row used."""
    last = header
    for last, row in enumerate(sheet.rows, start=header + 1):
        for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, last, index, column.kind, value, formats)
    return last


def _write_cell(page: Worksheet, row: int, index: int, kind: Kind, value: Value, formats: _Formats) -> None:
    if value is None:
        page.write_blank(row, index, None, formats.cells[kind])
    elif kind is Kind.TEXT or isinstance(value, str):
        text = _cell_text(str(value))
        page.write_string(row, index, text, formats.for_text(text))
    elif kind is Kind.MOMENT:
        page.write_datetime(row, index, _in_vietnam(value), formats.cells[kind])
    elif kind is Kind.DURATION:
        page.write_number(row, index, _seconds(value) / 86400, formats.cells[kind])
    else:
        page.write_number(row, index, float(_number(value)), formats.cells[kind])


def _csv_cell(kind: Kind, value: Value) -> str:
    if value is None:
        return ""
    if kind is Kind.TEXT or isinstance(value, str):
        return _inert(str(value))
    if kind is Kind.MOMENT:
        return _in_vietnam(value).isoformat(" ")
    if kind is Kind.DURATION:
        minutes, seconds = divmod(_seconds(value), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if kind is Kind.PERCENT:
        return f"{_half_up(_number(value) * 100, 2)}%".replace(".", ",")
    return str(_half_up(_number(value), 0))


def _typeable(text: str) -> str:
    """Printable, with the space people type: who filters a table by "trên 100 %" types no other."""
    return printable(text).replace(f"{NO_BREAK}%", " %")


def _inert(text: str) -> str:
    return _FORMULA_MARK.sub(r"\1\2'", _typeable(text))


def _cell_text(text: str) -> str:
    plain = _typeable(text)
    return plain if _units(plain) <= LONGEST_CELL else _shortened(plain, "…", LONGEST_CELL)


def _units(text: str) -> int:
    """Excel counts in UTF-16: a letter outside the basic plane counts twice."""
    return len(text.encode("utf-16-le")) // 2


def _shortened(text: str, ending: str, longest: int) -> str:
    room = 2 * (longest - _units(ending))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").rstrip("' ") + ending


def _in_vietnam(value: Value) -> datetime:
    """The wall clock in Vietnam, whole seconds: Excel would round half a second up."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"a moment is a datetime with a time zone, not {value!r}")
    return value.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)


def _seconds(value: Value) -> int:
    seconds = value.total_seconds() if isinstance(value, timedelta) else _number(value)
    if seconds < 0:
        raise ValueError(f"a duration is not negative: {value!r}")
    return int(seconds)


def _number(value: Value) -> Fraction:
    """The exact number; a float is what it prints, so that 0.145 rounds as people expect."""
    if not isinstance(value, int | float | Decimal | Fraction):
        raise ValueError(f"a number is needed, not {value!r}")
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _half_up(value: Fraction, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return (Decimal(value.numerator) / value.denominator).quantize(step, ROUND_HALF_UP)
