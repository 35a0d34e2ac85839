"""Reads a staff list as offices keep it: finds the header, mends codes, phones and days, shows all that is wrong."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from contest.rules import birth_days, declared, staff_codes, vietnamese
from contest.rules.birth_days import Habit

LOOK_FOR_HEADER = 20
LONGEST_NAME = 100
LONGEST_PLACE = 200


class Column(StrEnum):
    """What a column of the list holds. FAMILY and GIVEN: a name in two columns."""

    CODE = "code"
    NAME = "name"
    FAMILY = "family"
    GIVEN = "given"
    BIRTH = "birth"
    PHONE = "phone"
    UNIT = "unit"
    PLACE = "place"


class Problem(StrEnum):
    """What is wrong with a row (it is not taken in), or, from MENDED_CODE on, what should be looked at."""

    NO_NAME = "no_name"
    BAD_NAME = "bad_name"
    BAD_CODE = "bad_code"
    BAD_PHONE = "bad_phone"
    BAD_BIRTH = "bad_birth"
    SWAPPED_BIRTH = "swapped_birth"
    SHORT_YEAR = "short_year"
    BIRTH_OUT_OF_REACH = "birth_out_of_reach"
    REPEATED_CODE = "repeated_code"
    REPEATED_PERSON = "repeated_person"
    UNKNOWN_UNIT = "unknown_unit"
    TOO_LONG = "too_long"
    MENDED_CODE = "mended_code"
    MENDED_BIRTH = "mended_birth"
    DOUBTED_BIRTH = "doubted_birth"
    SHARED_PHONE = "shared_phone"
    LISTED_ELSEWHERE = "listed_elsewhere"


NOTES = frozenset(
    {
        Problem.MENDED_CODE,
        Problem.MENDED_BIRTH,
        Problem.DOUBTED_BIRTH,
        Problem.SHARED_PHONE,
        Problem.LISTED_ELSEWHERE,
    }
)

# Folded beginnings of headings, the more exact ones first: "ho va ten dem" is half a name before it is a name.
_HEADERS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.FAMILY, ("ho va ten dem", "ho va dem", "ho dem", "ho lot", "ho va chu lot")),
    (Column.UNIT, ("ma don vi", "ma phong", "ma co quan", "unit")),
    (
        Column.CODE,
        ("ma can bo", "ma nhan vien", "ma cb", "ma nv", "ma cbcc", "ma vien chuc", "ma so", "so hieu", "ma", "code"),
    ),
    (
        Column.BIRTH,
        ("ngay thang nam sinh", "ngay thang sinh", "ngay sinh", "nam sinh", "sinh ngay", "birth", "date of birth"),
    ),
    (
        Column.PHONE,
        ("so dien thoai", "dien thoai", "sdt", "so dt", "dt", "di dong", "so di dong", "mobile", "phone"),
    ),
    (Column.NAME, ("ho va ten", "ho ten", "ten can bo", "ten nhan vien", "full name", "name")),
    (
        Column.PLACE,
        ("phong ban", "bo phan", "phong", "ban", "don vi", "noi cong tac", "to", "khoa", "department"),
    ),
    (Column.GIVEN, ("ten",)),
    (Column.FAMILY, ("ho",)),
)  # fmt: skip
OF_NO_USE = frozenset({"stt", "tt", "so tt", "ghi chu", "no", "#", ""})


@dataclass(frozen=True)
class Remark:
    """One thing about a row and the words of the file it is about."""

    problem: Problem
    words: str

    @property
    def is_fault(self) -> bool:
        return self.problem not in NOTES


@dataclass(frozen=True)
class Row:
    """One person as the list says it; `number` is the line of the file from 1. "" and None: not said."""

    number: int
    name: str
    code: str
    phone: str
    birth_date: date | None
    birth_year: int | None
    unit: str
    place: str
    remarks: tuple[Remark, ...] = ()

    @property
    def faulty(self) -> bool:
        return any(remark.is_fault for remark in self.remarks)

    @cached_property
    def name_key(self) -> str:
        return vietnamese.search_key(self.name)


@dataclass(frozen=True)
class RosterTable:
    """What was read. `ignored`: headings not understood; `habit`: how the days of birth are written."""

    rows: tuple[Row, ...]
    columns: frozenset[Column] = frozenset()
    ignored: tuple[str, ...] = ()
    habit: Habit = birth_days.USUAL

    @property
    def header_found(self) -> bool:
        return bool(self.columns)


def read(table: Sequence[Sequence[str]], this_year: int) -> RosterTable:
    """Read the cells (as text) of one sheet; without a header the answer is empty."""
    found = _find_header(table)
    if found is None:
        return RosterTable(())
    header_row, columns = found
    lines = [
        (index + 1, {column: _cell(table[index], place) for column, place in columns.items()})
        for index in range(header_row + 1, len(table))
    ]
    lines = [(number, cells) for number, cells in lines if any(cells.values()) and not _is_numbering(cells)]
    habit = birth_days.habit(cells.get(Column.BIRTH, "") for _number, cells in lines)
    width = _code_width(cells.get(Column.CODE, "") for _number, cells in lines)
    rows = [_row(number, cells, this_year, habit, width) for number, cells in lines]
    headings = table[header_row]
    unknown = [place for place in range(len(headings)) if place not in columns.values()]
    ignored = [text for place in unknown if vietnamese.fold(text := _cell(headings, place)) not in OF_NO_USE]
    return RosterTable(tuple(_compared(rows)), frozenset(columns), tuple(ignored), habit)


def _cell(row: Sequence[str], place: int) -> str:
    return vietnamese.clean(row[place]) if place < len(row) else ""


def _is_numbering(cells: Mapping[Column, str]) -> bool:
    """A line under the header that numbers the columns: (1) (2) (3)."""
    said = [text for text in cells.values() if text]
    return len(said) > 1 and all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in said)


def _find_header(table: Sequence[Sequence[str]]) -> tuple[int, dict[Column, int]] | None:
    for index, row in enumerate(table[:LOOK_FOR_HEADER]):
        columns: dict[Column, int] = {}
        for place, text in enumerate(row):
            column = _column(text)
            if column is not None:
                columns.setdefault(column, place)
        if Column.NAME in columns:
            columns.pop(Column.FAMILY, None)
            columns.pop(Column.GIVEN, None)
        named = Column.NAME in columns or {Column.FAMILY, Column.GIVEN} <= columns.keys()
        if named and columns.keys() - {Column.NAME, Column.FAMILY, Column.GIVEN}:
            return index, columns
    return None


def _column(text: str) -> Column | None:
    folded = " ".join(re.findall(r"[a-z0-9]+", vietnamese.fold(text)))
    for column, beginnings in _HEADERS:
        if any(folded == word or folded.startswith(word + " ") for word in beginnings):
            return column
    return None


def _code_width(codes: Iterable[str]) -> int:
    """How long the codes are that kept their leading zeros, where they agree; else 0."""
    widths = {len(code) for code in codes if re.fullmatch(r"0\d+", code)}
    return widths.pop() if len(widths) == 1 else 0


def _row(number: int, cells: Mapping[Column, str], this_year: int, habit: Habit, width: int) -> Row:
    remarks: list[Remark] = []
    name = _name(cells, remarks)
    code = _code(cells.get(Column.CODE, ""), width, remarks)
    phone = _phone(cells.get(Column.PHONE, ""), remarks)
    born = birth_days.read(cells.get(Column.BIRTH, ""), this_year, habit)
    if born.problem is not None:
        remarks.append(Remark(Problem(born.problem.value), cells[Column.BIRTH]))
    unit, place = cells.get(Column.UNIT, "").replace(" ", ""), cells.get(Column.PLACE, "")
    if len(unit) > declared.LONGEST_STAFF_CODE or len(place) > LONGEST_PLACE:
        remarks.append(Remark(Problem.TOO_LONG, max(unit, place, key=len)[:60]))
    return Row(number, name, code, phone, born.day, born.year, unit, place, tuple(remarks))


def _name(cells: Mapping[Column, str], remarks: list[Remark]) -> str:
    typed = cells.get(Column.NAME) or f"{cells.get(Column.FAMILY, '')} {cells.get(Column.GIVEN, '')}".strip()
    if not typed:
        remarks.append(Remark(Problem.NO_NAME, ""))
        return ""
    name = declared.full_name(typed)
    if name is None:
        remarks.append(
            Remark(Problem.TOO_LONG if len(typed) > LONGEST_NAME else Problem.BAD_NAME, typed[:60])
        )
    return name or typed[:LONGEST_NAME]


def _code(typed: str, width: int, remarks: list[Remark]) -> str:
    plain = typed[:-2] if re.fullmatch(r"\d+\.0", typed) else typed
    if not plain:
        return ""
    code = declared.staff_code(plain)
    if code is None:
        remarks.append(Remark(Problem.BAD_CODE, typed[:60]))
        return ""
    if code.isdecimal() and len(code) < width:
        code = code.zfill(width)
        remarks.append(Remark(Problem.MENDED_CODE, code))
    return code


def _phone(typed: str, remarks: list[Remark]) -> str:
    """The first number of a cell: offices write two with a slash or a comma between them."""
    plain = typed[:-2] if re.fullmatch(r"\d+\.0", typed) else typed
    if not plain:
        return ""
    for part in (plain, *re.split(r"[/,;]| - ", plain)):
        phone = declared.phone(part)
        if phone is not None:
            return phone
    remarks.append(Remark(Problem.BAD_PHONE, typed[:60]))
    return ""


def _compared(rows: Sequence[Row]) -> list[Row]:
    """Each row with what it shares with rows above it: code (of one unit), phone, or name and day of birth."""
    codes: dict[tuple[str, str], Row] = {}
    people: dict[tuple[str, object], Row] = {}
    # One person listed twice shares a phone with nobody.
    phones = Counter(phone for phone, _name in {(row.phone, row.name_key) for row in rows if row.phone})
    compared = []
    for row in rows:
        remarks = list(row.remarks)
        code = (row.unit.upper(), staff_codes.key(row.code))
        same_code = codes.get(code) if row.code else None
        if same_code is not None:
            remarks.append(Remark(Problem.REPEATED_CODE, f"{row.code}|{same_code.number}"))
        twin = people.get((row.name_key, row.birth_date or row.birth_year or row.phone or row.place))
        if same_code is None and twin is not None and not _told_apart(row, twin):
            remarks.append(Remark(Problem.REPEATED_PERSON, f"{row.name}|{twin.number}"))
        elif row.phone and phones[row.phone] > 1 and same_code is None:
            remarks.append(Remark(Problem.SHARED_PHONE, row.phone))
        marked = replace(row, remarks=tuple(remarks))
        compared.append(marked)
        if row.code:
            codes.setdefault(code, marked)
        people.setdefault((row.name_key, row.birth_date or row.birth_year or row.phone or row.place), marked)
    return compared


def _told_apart(row: Row, twin: Row) -> bool:
    """Two rows of one name and birth are two people if both have a code, or both a phone, and these differ."""
    if row.code and twin.code:
        return staff_codes.key(row.code) != staff_codes.key(twin.code)
    return bool(row.phone and twin.phone and row.phone != twin.phone)
