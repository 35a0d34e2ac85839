"""The child's side of reading an uploaded table: any sheet of units or people, as cells of text in JSON."""

import csv
import datetime
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from contest.files.limits import answer_and_end, limit
from contest.rules import encodings, roster_table, target_table, unit_tree
from contest.rules.encodings import NotText

MOST_SHEETS = 20
MOST_ROWS = 60_000
MOST_CELLS = 2_000_000
DELIMITERS = ";\t,|"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Table = list[list[str]]

# How a text file shows that its delimiter was found: the header of the table that is looked for.
HEADERS: Mapping[str, Callable[[Sequence[Sequence[str]]], bool]] = {
    "units": lambda head: unit_tree.read(head).header_found,
    "targets": lambda head: target_table.read(head).header_found,
    "roster": lambda head: roster_table.read(head, 2100).header_found,
}
# How a real date of a workbook is written; where it has to be told from a typed one, the year comes first.
DATES, REAL_DATES = "%d/%m/%Y", {"roster": "%Y-%m-%d"}
LOOK_FOR_HEADER = 20


class CannotRead(Exception):
    """The file is of no use; the one argument is a word that `tables` has a sentence for."""


def main() -> None:
    """Read a line of JSON with the limits, then the file, from stdin; write the answer to stdout."""
    head = json.loads(sys.stdin.buffer.readline())
    limit(head["seconds"], head["megabytes"])
    try:
        wanted = head["header"]
        found = tables(sys.stdin.buffer.read(), HEADERS[wanted], REAL_DATES.get(wanted, DATES))
        answer: dict[str, object] = {"tables": found}
    except CannotRead as refusal:
        answer = {"cannot": str(refusal)}
    answer_and_end(json.dumps(answer).encode())


def tables(
    content: bytes, header_found: Callable[[Sequence[Sequence[str]]], bool], dates: str = DATES
) -> list[Table]:
    """Every sheet of a workbook, or the one table of a text file, as cells of text."""
    if not content.strip(b"\x00 \t\r\n"):
        raise CannotRead("empty")
    if content.startswith((b"PK", OLE_SIGNATURE)):
        return _sheets(content, dates)
    return [_delimited(_decoded(content), header_found)]


def _sheets(content: bytes, dates: str) -> list[Table]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return [_cells(book, name, dates) for name in names[:MOST_SHEETS]]
    except PasswordError:
        raise CannotRead("encrypted") from None
    except (CalamineError, ValueError, OSError):
        raise CannotRead("broken") from None


def _cells(book: CalamineWorkbook, name: str, dates: str) -> Table:
    sheet = book.get_sheet_by_name(name)
    if sheet.end is None:
        return []
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > MOST_CELLS or sheet.end[0] >= MOST_ROWS:
        raise CannotRead("too_long")
    # Empty rows above the table stay, so that numbers of rows are those the person sees.
    return [[cell_text(value, dates) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def cell_text(value: object, dates: str = DATES) -> str:
    """A value as somebody typed it: 5.0 is "5", a code typed as text keeps its leading zeros."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.date):
        return value.strftime(dates)
    return str(value)


def _decoded(content: bytes) -> str:
    try:
        text = encodings.text_of(content)
    except NotText as fault:
        raise CannotRead("unknown" if fault.binary else "encoding") from None
    if "\x00" in text:
        raise CannotRead("unknown")
    return text


def _delimited(text: str, header_found: Callable[[Sequence[Sequence[str]]], bool]) -> Table:
    """The table under the delimiter with which a header is found; under the commonest one otherwise."""
    lines = text.splitlines(keepends=True)
    delimiters = sorted(DELIMITERS, key=text.count, reverse=True)
    if lines and lines[0].lower().startswith("sep="):
        delimiters, lines[0] = [lines[0][4:5].strip("\r\n") or ";"], "\n"
    for delimiter in delimiters:
        if header_found(_rows(lines[:LOOK_FOR_HEADER], delimiter)):
            return _rows(lines, delimiter)
    return _rows(lines, delimiters[0])


def _rows(lines: list[str], delimiter: str) -> Table:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        raise CannotRead("broken") from None
    if len(rows) > MOST_ROWS:
        raise CannotRead("too_long")
    return rows


if __name__ == "__main__":
    main()
