"""Reads a table of units as people keep them: finds the header, mends codes, shows every fault of every row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contest.rules import unit_ends, unit_successors, vietnamese
from contest.rules.unit_cells import listed, old_name, people, read_day, tidy_code
from contest.rules.unit_rows import Problem, Row, RowFault, UnitTable
from contest.rules.unit_successors import Successor
from contest.rules.unit_table_words import HEADERS, KINDS, OF_NO_USE, Column

LOOK_FOR_HEADER = 20


@dataclass
class _Reading:
    today: date
    rows: dict[str, Row] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    faulty_codes: set[str] = field(default_factory=set)
    faulty_rows: list[Row] = field(default_factory=list)


def read(
    table: Sequence[Sequence[str]], known_codes: frozenset[str] = frozenset(), today: date = date.max
) -> UnitTable:
    """Read the cells (as text) of one sheet. `known_codes` are units that exist already and may be parents.

    `today`: a table says what is, so that nothing is closed from a day after it.
    """
    found = _find_header(table)
    if found is None:
        return UnitTable((), ())
    header_row, columns = found
    reading = _Reading(today)
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
    for column, beginnings in HEADERS:
        if any(folded == word or folded.startswith(word + " ") for word in beginnings):
            return column
    return None


def _take_row(number: int, cells: Mapping[Column, str], reading: _Reading) -> None:
    code = tidy_code(cells[Column.CODE])
    old = {one.name: one for one in map(old_name, listed(cells.get(Column.OLD_NAMES, "")))}
    row = Row(
        number=number,
        code=code,
        name=cells[Column.NAME],
        parent=tidy_code(cells.get(Column.PARENT, "")),
        kind=KINDS.get(" ".join(re.findall(r"[a-z]+", vietnamese.fold(cells.get(Column.KIND, "")))), ""),
        block=cells.get(Column.BLOCK, ""),
        officials=people(cells.get(Column.OFFICIALS, "")),
        youth=people(cells.get(Column.YOUTH, "")),
        residents=people(cells.get(Column.RESIDENTS, "")),
        old_names=tuple(old.values()),
        aliases=tuple(alias for alias in listed(cells.get(Column.ALIASES, "")) if alias not in old),
        closed_from=read_day(cells.get(Column.CLOSED_FROM, "")),
        successors=_successors(cells.get(Column.SUCCESSORS, "")) or (),
        basis=cells.get(Column.BASIS, ""),
    )
    faults = list(_faults_of(row, cells, reading))
    if not faults:
        reading.rows[code] = row
        return
    reading.faults.extend(RowFault(number, problem, words) for problem, words in faults)
    reading.faulty_rows.append(row)
    if code:
        reading.faulty_codes.add(code)


def _faults_of(row: Row, cells: Mapping[Column, str], reading: _Reading) -> Iterator[tuple[Problem, str]]:
    if not row.code:
        yield Problem.NO_CODE, row.name
    elif row.code in reading.rows or row.code in reading.faulty_codes:
        yield Problem.REPEATED_CODE, row.code
    if not row.name:
        yield Problem.NO_NAME, row.code
    lines = (row.name, row.basis, *row.aliases, *(old.name for old in row.old_names))
    if len(row.code) > 40 or len(row.block) > 40 or any(len(line) > 200 for line in lines):
        yield Problem.TOO_LONG, next((line for line in lines if len(line) > 200), row.name or row.code)[:60]
    if not row.kind:
        yield Problem.UNKNOWN_KIND, cells.get(Column.KIND, "")
    for column in (Column.OFFICIALS, Column.YOUTH, Column.RESIDENTS):
        text = cells.get(column, "")
        if text and getattr(row, column) is None:
            yield Problem.BAD_NUMBER, text
    closed_from = cells.get(Column.CLOSED_FROM, "")
    if closed_from and row.closed_from is None:
        yield Problem.BAD_DATE, closed_from
    if row.closed_from and row.closed_from > reading.today:
        yield Problem.STILL_TO_COME, closed_from
    into = cells.get(Column.SUCCESSORS, "")
    if into and not row.successors:
        yield Problem.UNCLEAR_SUCCESSORS, into
    if row.successors and not closed_from:
        yield Problem.NO_DAY, into


def _successors(text: str) -> tuple[Successor, ...] | None:
    found = unit_successors.read(text)
    return found and tuple(replace(one, code=tidy_code(one.code)) for one in found)


def _in_order(reading: _Reading, known_codes: frozenset[str], columns: frozenset[Column]) -> UnitTable:
    """Parents before children; what hangs on a faulty, unknown or circular parent is faulty too."""
    _take_ends(reading, known_codes)
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
    named = reading.rows.keys() | reading.faulty_codes | known_codes
    for row in reading.faulty_rows:
        if row.parent and row.parent not in named:
            faults.append(RowFault(row.number, Problem.UNKNOWN_PARENT, row.parent))
    ordered = _below(ready, children)
    blocked = set(_below(list(reading.faulty_codes), children)) - reading.faulty_codes
    taken = set(ordered)
    for code, row in reading.rows.items():
        if code in blocked:
            faults.append(RowFault(row.number, Problem.FAULTY_PARENT, row.parent))
        elif code not in taken and code not in reading.faulty_codes:
            faults.append(RowFault(row.number, Problem.CYCLE, row.parent))
    rows = [reading.rows[code] for code in ordered]
    orphans = {row.code for row in rows if _below_a_closed_one(row, reading.rows)}
    cut_off = set(_below(list(orphans), children))
    faults += [
        RowFault(
            row.number, Problem.CLOSED_PARENT if row.code in orphans else Problem.FAULTY_PARENT, row.parent
        )
        for row in rows
        if row.code in cut_off
    ]
    faults.sort(key=lambda fault: fault.number)
    return UnitTable(tuple(row for row in rows if row.code not in cut_off), tuple(faults), columns)


def _take_ends(reading: _Reading, known_codes: frozenset[str]) -> None:
    for fault in unit_ends.faults(reading.rows, known_codes):
        reading.faults.append(fault)
        reading.faulty_codes.add(fault.code)
        if fault.code in reading.rows:
            reading.faulty_rows.append(reading.rows.pop(fault.code))
    reading.rows |= unit_ends.moved_along(reading.rows)


def _below_a_closed_one(row: Row, rows: Mapping[str, Row]) -> bool:
    above = rows.get(row.parent)
    return row.closed_from is None and above is not None and above.closed_from is not None


def _below(starts: Sequence[str], children: Mapping[str, Sequence[str]]) -> list[str]:
    """The starts and everything below them, each once, level by level."""
    order, seen = list(starts), set(starts)
    for code in order:
        fresh = [child for child in children.get(code, ()) if child not in seen]
        seen.update(fresh)
        order.extend(fresh)
    return order
