"""Reads a table of units as people keep them: finds the header, mends codes, shows every faulty row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from contest.rules import vietnamese

LOOK_FOR_HEADER = 20
MOST_PEOPLE = 20_000_000


class Column(StrEnum):
    """What a column of the table holds."""

    CODE = "code"
    NAME = "name"
    PARENT = "parent"
    KIND = "kind"
    BLOCK = "block"
    OFFICIALS = "officials"
    YOUTH = "youth"
    RESIDENTS = "residents"


class Problem(StrEnum):
    """Why a row cannot be taken in."""

    NO_CODE = "no_code"
    NO_NAME = "no_name"
    REPEATED_CODE = "repeated_code"
    UNKNOWN_PARENT = "unknown_parent"
    FAULTY_PARENT = "faulty_parent"
    CYCLE = "cycle"
    UNKNOWN_KIND = "unknown_kind"
    BAD_NUMBER = "bad_number"
    TOO_LONG = "too_long"


# Folded beginnings of headers, the more exact ones first: "ma cap tren" is a parent before it is a code.
_HEADERS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (
        Column.PARENT,
        (
            "ma cap tren",
            "ma don vi cap tren",
            "don vi cap tren",
            "cap tren",
            "truc thuoc",
            "parent",
            "ma cha",
            "ma don vi cha",
            "don vi cha",
            "cha",
            "ma don vi truc thuoc",
            "thuoc don vi",
            "thuoc",
        ),
    ),
    (Column.CODE, ("ma don vi", "ma", "code")),
    (Column.OFFICIALS, ("so can bo", "can bo", "bien che", "cbcc", "officials")),
    (Column.YOUTH, ("so doan vien", "doan vien", "youth")),
    (Column.RESIDENTS, ("dan so", "nguoi dan", "dan so truong thanh", "residents", "adults")),
    (Column.NAME, ("ten don vi", "ten", "don vi", "name")),
    (Column.KIND, ("loai", "cap", "kind", "type")),
    (Column.BLOCK, ("khoi", "bang", "block")),
)

# Headings of columns that every table has and nobody expects to be read.
OF_NO_USE = frozenset({"stt", "tt", "so tt", "ghi chu", "no", "#"})

# Folded words that people write for a kind, as kind → words; the code itself ("commune") counts too.
KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "province": ("tinh", "thanh pho", "tinh thanh pho", "thanh pho truc thuoc trung uong"),
    "department": ("so", "so ban nganh", "ban", "nganh", "van phong", "thanh tra"),
    "commune": ("xa", "phuong", "dac khu", "xa phuong", "xa phuong dac khu", "cap xa"),
    "party": ("dang", "co quan dang", "ban dang"),
    "youth_union": ("doan", "doan thanh nien", "tinh doan"),
    "women_union": ("phu nu", "hoi phu nu", "hoi lien hiep phu nu"),
    "fatherland_front": ("mat tran", "mat tran to quoc"),
    "school": ("truong", "truong hoc"),
    "public_service": ("su nghiep", "don vi su nghiep", "benh vien", "trung tam"),
    "enterprise": ("doanh nghiep", "cong ty"),
    "armed_forces": ("luc luong vu trang", "cong an", "quan doi", "quan su"),
    "branch": ("chi doan", "chi hoi", "to", "phong", "khoa", "chi doan chi hoi to"),
    "other": ("khac", "other", ""),
}
_KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in words} | {
    kind.replace("_", " "): kind for kind in KIND_WORDS
}


@dataclass(frozen=True)
class Row:
    """One unit as the table says it. `number` is the line of the file, from 1; headcounts None = not said."""

    number: int
    code: str
    name: str
    parent: str
    kind: str
    block: str
    officials: int | None = None
    youth: int | None = None
    residents: int | None = None


@dataclass(frozen=True)
class RowFault:
    """A row that cannot be taken in: which, why, and the words of the file it is about."""

    number: int
    problem: Problem
    words: str


@dataclass(frozen=True)
class UnitTable:
    """What was read: rows in an order in which every parent comes before its children.

    A column that the table does not have says nothing about its units; `columns` are those it has.
    `ignored`: headings that were not understood, so that nobody thinks them taken in.
    """

    rows: tuple[Row, ...]
    faults: tuple[RowFault, ...]
    columns: frozenset[Column] = frozenset()
    ignored: tuple[str, ...] = ()

    @property
    def header_found(self) -> bool:
        """Whether a row with at least a code and a name was recognised as the header."""
        return bool(self.columns)


@dataclass
class _Reading:
    rows: dict[str, Row] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    faulty_codes: set[str] = field(default_factory=set)


def read(table: Sequence[Sequence[str]], known_codes: frozenset[str] = frozenset()) -> UnitTable:
    """Read the cells (as text) of one sheet. `known_codes` are units that exist already and may be parents."""
    found = _find_header(table)
    if found is None:
        return UnitTable((), ())
    header_row, columns = found
    reading = _Reading()
    for index in range(header_row + 1, len(table)):
        cells = {column: _cell(table[index], place) for column, place in columns.items()}
        if any(cells.values()):
            _take_row(index + 1, cells, reading)
    ignored = tuple(
        text
        for place in range(len(table[header_row]))
        if place not in columns.values() and (text := _cell(table[header_row], place))
        if vietnamese.fold(text) not in OF_NO_USE
    )
    return replace(_in_order(reading, known_codes, frozenset(columns)), ignored=ignored)


def _cell(row: Sequence[str], place: int) -> str:
    return vietnamese.clean(row[place]) if place < len(row) else ""


def _find_header(table: Sequence[Sequence[str]]) -> tuple[int, dict[Column, int]] | None:
    for index, row in enumerate(table[:LOOK_FOR_HEADER]):
        columns: dict[Column, int] = {}
        for place, text in enumerate(row):
            column = _column(text)
            if column is not None:
                columns.setdefault(column, place)
        if {Column.CODE, Column.NAME} <= columns.keys():
            return index, columns
    return None


def _column(text: str) -> Column | None:
    folded = " ".join(re.findall(r"[a-z0-9]+", vietnamese.fold(text)))
    for column, beginnings in _HEADERS:
        if any(folded == word or folded.startswith(word + " ") for word in beginnings):
            return column
    return None


def _take_row(number: int, cells: Mapping[Column, str], reading: _Reading) -> None:
    code = tidy_code(cells[Column.CODE])
    row = Row(
        number=number,
        code=code,
        name=cells[Column.NAME],
        parent=tidy_code(cells.get(Column.PARENT, "")),
        kind=_KINDS.get(" ".join(re.findall(r"[a-z]+", vietnamese.fold(cells.get(Column.KIND, "")))), ""),
        block=cells.get(Column.BLOCK, ""),
        officials=_people(cells.get(Column.OFFICIALS, "")),
        youth=_people(cells.get(Column.YOUTH, "")),
        residents=_people(cells.get(Column.RESIDENTS, "")),
    )
    fault = _fault_of(row, cells, reading)
    if fault is None:
        reading.rows[code] = row
    else:
        reading.faults.append(fault)
        reading.faulty_codes.add(code)


def _fault_of(row: Row, cells: Mapping[Column, str], reading: _Reading) -> RowFault | None:
    if not row.code:
        return RowFault(row.number, Problem.NO_CODE, row.name)
    if not row.name:
        return RowFault(row.number, Problem.NO_NAME, row.code)
    if row.code in reading.rows or row.code in reading.faulty_codes:
        return RowFault(row.number, Problem.REPEATED_CODE, row.code)
    if len(row.code) > 40 or len(row.name) > 200 or len(row.block) > 40:
        return RowFault(row.number, Problem.TOO_LONG, row.name[:60])
    if not row.kind:
        return RowFault(row.number, Problem.UNKNOWN_KIND, cells.get(Column.KIND, ""))
    for column in (Column.OFFICIALS, Column.YOUTH, Column.RESIDENTS):
        text = cells.get(column, "")
        if text and getattr(row, column) is None:
            return RowFault(row.number, Problem.BAD_NUMBER, text)
    return None


def tidy_code(text: str) -> str:
    """A code as typed, without the ".0" that a sheet adds to numbers; leading zeros stay."""
    text = text.replace(" ", "")
    return text[:-2] if re.fullmatch(r"\d+\.0", text) else text


def _people(text: str) -> int | None:
    """A count of people: "1.234", "1,234", "1 234" and 1234.0 are all 1234; anything else is None."""
    text = text[:-2] if re.fullmatch(r"\d+\.0", text) else text
    if not re.fullmatch(r"\d{1,3}([ .,]\d{3})+|\d+", text):
        return None
    number = int(re.sub(r"\D", "", text))
    return number if number <= MOST_PEOPLE else None


def _in_order(reading: _Reading, known_codes: frozenset[str], columns: frozenset[Column]) -> UnitTable:
    """Parents before children; what hangs on a faulty, unknown or circular parent is faulty too."""
    children: dict[str, list[str]] = {}
    ready: list[str] = []
    faults = list(reading.faults)
    for code, row in reading.rows.items():
        if not row.parent or (row.parent in known_codes and row.parent not in reading.rows):
            ready.append(code)
        elif row.parent in reading.rows or row.parent in reading.faulty_codes:
            children.setdefault(row.parent, []).append(code)
        else:
            faults.append(RowFault(row.number, Problem.UNKNOWN_PARENT, row.parent))
            reading.faulty_codes.add(code)
    ordered = _below(ready, children)
    blocked = set(_below(list(reading.faulty_codes), children)) - reading.faulty_codes
    taken = set(ordered)
    for code, row in reading.rows.items():
        if code in blocked:
            faults.append(RowFault(row.number, Problem.FAULTY_PARENT, row.parent))
        elif code not in taken and code not in reading.faulty_codes:
            faults.append(RowFault(row.number, Problem.CYCLE, row.parent))
    faults.sort(key=lambda fault: fault.number)
    return UnitTable(tuple(reading.rows[code] for code in ordered), tuple(faults), columns)


def _below(starts: Sequence[str], children: Mapping[str, Sequence[str]]) -> list[str]:
    """The starts and everything below them, each once, level by level."""
    order, seen = list(starts), set(starts)
    for code in order:
        fresh = [child for child in children.get(code, ()) if child not in seen]
        seen.update(fresh)
        order.extend(fresh)
    return order
