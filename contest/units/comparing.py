"""What taking a table of units in would change: compared with the tree as it stands, shown before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from contest.database import db
from contest.rules import unit_successors
from contest.rules.unit_rows import Problem, Row, RowFault, UnitTable
from contest.rules.unit_table_words import Column
from contest.units import change_queries, headcount_queries, lineage, queries
from contest.units.change_queries import Ending
from contest.units.headcount_actions import Numbers
from contest.units.models import HeadcountKind, Unit, UnitName
from contest.units.table_names import aliases, day_cell, handed_on, old_names, written

# The other names of units, by unit id.
Names = dict[int, list[UnitName]]
NO_NAMES: list[UnitName] = []


@dataclass(frozen=True)
class Change:
    """One unit that a table would change: its name so far and what differs, as (field, before, after)."""

    row: Row
    name: str
    differences: tuple[tuple[str, str, str], ...]

    @property
    def fields(self) -> frozenset[str]:
        """What differs."""
        return frozenset(field for field, _before, _after in self.differences)


@dataclass(frozen=True)
class Difference:
    """What taking a table in would do; `held_back`: why some rows cannot be, as the tree stands."""

    new: tuple[Row, ...]
    changed: tuple[Change, ...]
    unchanged: int
    held_back: tuple[RowFault, ...] = ()

    @property
    def nothing(self) -> bool:
        return not self.new and not self.changed

    @property
    def ended(self) -> list[Row]:
        """The rows that say anew which units theirs went into."""
        changed = [one.row for one in self.changed if one.fields & ENDS]
        return [row for row in (*self.new, *changed) if row.successors]


# A change of one of these says anew what became of a unit.
ENDS = frozenset({Column.CLOSED_FROM, Column.SUCCESSORS, Column.BASIS})


@dataclass
class Tree:
    """The units a table speaks of as they stand, by code, with their numbers, other names and ends.

    `earlier`: what those that others went into had before, as far as nobody has entered a number since.
    """

    units: dict[str, Unit]
    numbers: Numbers
    names: Names
    endings: dict[int, Ending]
    earlier: Numbers


def difference(table: UnitTable, day: date) -> Difference:
    """Compare a table with the tree as it stands; changes nothing."""
    return compare(table, tree_of(table, day))


def tree_of(table: UnitTable, day: date) -> Tree:
    """The tree as far as a table speaks of it."""
    heirs = {one.code for row in table.rows for one in row.successors}
    wanted = {row.code for row in table.rows} | {row.parent for row in table.rows} | heirs
    named = queries.by_codes(wanted)
    names = queries.names_of({unit.id for unit in named.values()}) if table.columns & _OF_NAMES else {}
    endings = change_queries.endings() if Column.SUCCESSORS in table.columns else {}
    earlier = headcount_queries.before_changes({named[code].id for code in heirs if code in named})
    return Tree(named, queries.headcounts_on(day), names, endings, earlier)


_OF_NAMES = {Column.OLD_NAMES, Column.ALIASES, Column.SUCCESSORS}


def compare(table: UnitTable, tree: Tree) -> Difference:
    """The rows that say something new; changes nothing."""
    codes = {unit.id: unit.code for unit in tree.units.values()}
    missing = {unit.parent_id for unit in tree.units.values() if unit.parent_id} - codes.keys()
    codes |= {unit_id: unit.code for unit_id, unit in queries.by_ids(missing).items()}
    held_back = tuple(_held_back(table, tree))
    held = {fault.code for fault in held_back}
    new, changed, unchanged = [], [], 0
    for row in table.rows:
        unit = tree.units.get(row.code)
        if row.code in held:
            continue
        if unit is None:
            new.append(row)
            continue
        parent = codes[unit.parent_id] if unit.parent_id else ""
        differences = tuple(_differences(row, unit, parent, tree, table.columns))
        if differences:
            changed.append(Change(row, unit.name, differences))
        else:
            unchanged += 1
    return Difference(tuple(new), tuple(changed), unchanged, held_back)


def _held_back(table: UnitTable, tree: Tree) -> Iterator[RowFault]:
    """Units still in use that cannot end as the table says, because of what hangs on them and is not in it."""
    ending = {
        tree.units[row.code].id: row
        for row in table.rows
        if row.closed_from and row.code in tree.units and tree.units[row.code].closed_at is None
    }
    for unit_id, row in ending.items():
        path = f"/{unit_id}/"
        for one in row.successors:
            if one.code in tree.units and path in tree.units[one.code].path:
                yield RowFault(row.number, Problem.OWN_SUCCESSOR, one.code, row.code)
    parents = sorted(unit_id for unit_id, row in ending.items() if len(row.successors) != 1)
    named, told = {row.code for row in table.rows}, set[int]()
    for child in _open_children(parents):
        if child.code not in named and child.parent_id is not None and child.parent_id not in told:
            told.add(child.parent_id)
            row = ending[child.parent_id]
            yield RowFault(row.number, Problem.STILL_HAS_CHILDREN, child.name, row.code)


def _open_children(parent_ids: list[int]) -> Iterator[Unit]:
    for start in range(0, len(parent_ids), queries.A_PORTION):
        portion = parent_ids[start : start + queries.A_PORTION]
        below = select(Unit).where(Unit.parent_id.in_(portion), Unit.closed_at.is_(None))
        yield from db.session.scalars(below.order_by(Unit.sort_key, Unit.id))


def _differences(
    row: Row, unit: Unit, parent: str, tree: Tree, columns: frozenset[Column]
) -> Iterator[tuple[str, str, str]]:
    """(field, before, after); what the table has no column for, or leaves empty, stays as it is."""
    closed = lineage.closed_from(unit)
    if closed != row.closed_from:
        yield Column.CLOSED_FROM, day_cell(closed), day_cell(row.closed_from)
    if row.successors:
        yield from _ends(row, tree.endings.get(unit.id))
    for column, before, after in (
        (Column.NAME, unit.name, row.name),
        (Column.PARENT, parent, row.parent),
        (Column.KIND, unit.kind, row.kind),
        (Column.BLOCK, unit.block, row.block),
    ):
        if column in columns and before != after:
            yield column, before, after
    names = tree.names.get(unit.id, NO_NAMES)
    inherited = handed_on(names)
    for column, before, after in (
        (
            Column.OLD_NAMES,
            old_names(one for one in names if one.name not in inherited),
            written(one for one in row.old_names if one.name not in inherited),
        ),
        (Column.ALIASES, aliases(names), "; ".join(sorted(row.aliases))),
    ):
        if after and before != after:
            yield column, before, after
    for kind, number, told in new_numbers(row, unit, tree):
        yield kind, "" if number is None else str(number), str(told)


def _ends(row: Row, ending: Ending | None) -> Iterator[tuple[str, str, str]]:
    before = unit_successors.written(ending.into) if ending else ""
    basis = ending.change.basis if ending else ""
    after = unit_successors.written(row.successors)
    if before != after:
        yield Column.SUCCESSORS, before, after
    if row.basis and row.basis != basis:
        yield Column.BASIS, basis, row.basis


def new_numbers(row: Row, unit: Unit, tree: Tree) -> Iterator[tuple[HeadcountKind, int | None, int]]:
    """(kind, before, after) of the numbers a row says anew.

    Where others went into the unit, the number it had before them says nothing: their numbers come on top of it.
    """
    for kind in HeadcountKind:
        key = (unit.id, kind)
        before, after = tree.numbers.get(key), getattr(row, kind)
        if after not in (None, before, tree.earlier.get(key)) and row.closed_from is None:
            yield kind, before, after
