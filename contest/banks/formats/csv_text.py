"""Reads a bank from delimited text: finds out its encoding and its delimiter first."""

import csv
import re
from collections.abc import Iterable

from contest.banks.formats.sheet_header import find_header
from contest.banks.formats.sheet_table import Doubt, Table, tidy
from contest.banks.formats.sheet_templates import read_template
from contest.banks.formats.sheets import read_tables
from contest.banks.formats.tcexam import read_records
from contest.banks.formats.unreadable import Unreadable
from contest.rules import encodings
from contest.rules.encodings import SAMPLE_CHARS, NotText
from contest.rules.parsed import FaultKind, ParsedBank, Severity

DELIMITERS = ",;\t|"
LONGEST_FIELD = 1_000_000
# What Excel shows for "3/5" once it has become a date: "03-May", "5-Thg3".
SHORT_DATE = re.compile(
    r"\d{1,2}[-/](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg ?\d{1,2})[a-z]*", re.IGNORECASE
)
BROKEN_CELL = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)")


def read(content: bytes) -> ParsedBank:
    """The bank in a .csv or .tsv file; places are like "dòng 7"."""
    return read_text(decode(content))


def read_text(text: str) -> ParsedBank:
    """The bank in delimited text already decoded."""
    return read_tables([_table(text, best_delimiter(text) or ",")], "csv")


def best_delimiter(text: str) -> str | None:
    """The delimiter under which a header reads like one of questions, None when there is none."""
    if text[:6].lower().startswith("sep=") and len(text) > 4:
        return text[4]
    sample = text[:SAMPLE_CHARS]
    for delimiter in sorted(DELIMITERS, key=sample.count, reverse=True):
        table = _table(sample, delimiter)
        if any(reads(table) is not None for reads in (find_header, read_template, read_records)):
            return delimiter
    return None


def decode(content: bytes) -> str:
    """The text of a file, see rules.encodings; raises Unreadable."""
    try:
        return encodings.text_of(content)
    except NotText as fault:
        raise Unreadable("unknown_format" if fault.binary else "bad_encoding") from fault


def _table(text: str, delimiter: str) -> Table:
    lines = text.splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep="):
        lines[0] = "\n"
    table = Table("", [])
    for row, cells in enumerate(_rows(lines, delimiter)):
        table.rows.append([tidy(cell) for cell in cells])
        for column, cell in enumerate(table.rows[row]):
            if doubt := _doubt(cell):
                table.doubts[row, column] = doubt
    return table


def _rows(lines: Iterable[str], delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable("broken") from error


def _doubt(cell: str) -> Doubt | None:
    if SHORT_DATE.fullmatch(cell):
        return Doubt(FaultKind.DATE_CELL, Severity.ERROR, cell)
    if BROKEN_CELL.fullmatch(cell):
        return Doubt(FaultKind.FORMULA_ERROR, Severity.ERROR, cell)
    return None
