"""Taking a table of units in: what it would change, shown first; then all of it or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast

from sqlalchemy import Table, delete, func, insert, select

from contest import history
from contest.clock import VIETNAM
from contest.database import db
from contest.permissions import Actor
from contest.rules import unit_search, vietnamese
from contest.rules.unit_cells import OldName
from contest.rules.unit_table_words import Column
from contest.rules.unit_tree import Row, UnitTable
from contest.units import headcount_actions, import_queries, lineage, queries
from contest.units.actions import move, set_keys
from contest.units.headcount_actions import Numbers, Said
from contest.units.models import HeadcountKind, NameKind, Unit, UnitImport, UnitName

IMPORTED = "Tệp nhập"

# The other names of units, by unit id.
Names = dict[int, list[UnitName]]


@dataclass(frozen=True)
class Change:
    """One unit that a table would change: its name so far and what differs, as (field, before, after)."""

    row: Row
    name: str
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Difference:
    """What taking a table in would do."""

    new: tuple[Row, ...]
    changed: tuple[Change, ...]
    unchanged: int

    @property
    def nothing(self) -> bool:
        return not self.new and not self.changed


@dataclass
class Tree:
    """The units a table speaks of as they stand, by code, with their numbers and other names."""

    units: dict[str, Unit]
    numbers: Numbers
    names: Names


def difference(table: UnitTable, day: date) -> Difference:
    """Compare a table with the tree as it stands; changes nothing."""
    return _compare(table, _tree(table, day))


def _tree(table: UnitTable, day: date) -> Tree:
    named = queries.by_codes({row.code for row in table.rows} | {row.parent for row in table.rows})
    ids = {unit.id for unit in named.values()}
    names = queries.names_of(ids) if {Column.OLD_NAMES, Column.ALIASES} & table.columns else {}
    return Tree(named, queries.headcounts_on(day), names)


def _compare(table: UnitTable, tree: Tree) -> Difference:
    codes = {unit.id: unit.code for unit in tree.units.values()}
    missing = {unit.parent_id for unit in tree.units.values() if unit.parent_id} - codes.keys()
    codes |= {unit_id: unit.code for unit_id, unit in queries.by_ids(missing).items()}
    new, changed, unchanged = [], [], 0
    for row in table.rows:
        unit = tree.units.get(row.code)
        if unit is None:
            new.append(row)
            continue
        parent = codes[unit.parent_id] if unit.parent_id else ""
        differences = tuple(_differences(row, unit, parent, tree, table.columns))
        if differences:
            changed.append(Change(row, unit.name, differences))
        else:
            unchanged += 1
    return Difference(tuple(new), tuple(changed), unchanged)


def _differences(
    row: Row, unit: Unit, parent: str, tree: Tree, columns: frozenset[Column]
) -> Iterator[tuple[str, str, str]]:
    """(field, before, after); what the table has no column for, or leaves empty, stays as it is."""
    closed, closes = closed_from(unit), row.closed_from
    if closed != closes:
        yield Column.CLOSED_FROM, _day(closed), _day(closes)
    for column, before, after in (
        (Column.NAME, unit.name, row.name),
        (Column.PARENT, parent, row.parent),
        (Column.KIND, unit.kind, row.kind),
        (Column.BLOCK, unit.block, row.block),
    ):
        if column in columns and before != after:
            yield column, before, after
    names = tree.names.get(unit.id, [])
    for column, before, after in (
        (Column.OLD_NAMES, old_names(names), _written(row.old_names)),
        (Column.ALIASES, aliases(names), "; ".join(sorted(row.aliases))),
    ):
        if after and before != after:
            yield column, before, after
    for kind in HeadcountKind:
        after_number, before_number = getattr(row, kind), tree.numbers.get((unit.id, kind))
        if after_number is not None and after_number != before_number and closes is None:
            yield kind, "" if before_number is None else str(before_number), str(after_number)


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def closed_from(unit: Unit) -> date | None:
    """The first day on which a unit was no more."""
    return unit.closed_at.astimezone(VIETNAM).date() if unit.closed_at else None


def old_names(names: Iterable[UnitName]) -> str:
    """As a table writes them: "Phường A (đến 30/06/2025); Xã B"."""
    old = (one for one in names if one.kind == NameKind.OLD)
    return _written(OldName(one.name, one.valid_from, one.valid_until) for one in old)


def aliases(names: Iterable[UnitName]) -> str:
    """As a table writes them, in one order."""
    return "; ".join(sorted(one.name for one in names if one.kind == NameKind.ALIAS))


def _written(names: Iterable[OldName]) -> str:
    return "; ".join(sorted(f"{one.name}{_borne(one)}" for one in names))


def _borne(one: OldName) -> str:
    if one.valid_until is None:
        return ""
    last = _day(one.valid_until - timedelta(days=1))
    return f" ({_day(one.valid_from)} - {last})" if one.valid_from else f" (đến {last})"


def keep_upload(filename: str, content: bytes, actor: Actor, now: datetime) -> UnitImport:
    """Keep an uploaded table until it is confirmed; an earlier one of the same person is dropped."""
    db.session.execute(delete(UnitImport).where(UnitImport.staff_id == actor.id))
    pending = UnitImport(staff_id=actor.id, filename=filename[:200], content=content, uploaded_at=now)
    db.session.add(pending)
    db.session.flush()
    return pending


def drop_upload(pending: UnitImport) -> None:
    """Forget an uploaded table, taken in or not."""
    db.session.delete(pending)


def take_in(table: UnitTable, by: tuple[int | None, str], day: date, now: datetime) -> Difference:
    """Take every row of a table in, all of them or none; repeating it changes nothing."""
    tree = _tree(table, day)
    change = _compare(table, tree)
    _insert_new(change.new, tree.units)
    for item in change.changed:
        _apply(item, tree)
    lineage.settle()
    rows = [*change.new, *(item.row for item in change.changed)]
    _put_headcounts(rows, tree, day, Said(IMPORTED, by=by[1]), now)
    if not change.nothing:
        detail = f"{len(change.new)} đơn vị mới, {len(change.changed)} đơn vị thay đổi"
        history.record(by, "unit:import", ("unit", 0, "Cây đơn vị"), now, detail)
    return change


def _put_headcounts(rows: Iterable[Row], tree: Tree, day: date, said: Said, now: datetime) -> None:
    fresh: Numbers = {}
    for row in rows:
        for kind in HeadcountKind:
            key, number = (tree.units[row.code].id, kind), getattr(row, kind)
            if number is not None and row.closed_from is None and number != tree.numbers.get(key):
                fresh[key] = number
    headcount_actions.put(fresh, day, said, now)


def _apply(change: Change, tree: Tree) -> None:
    row, unit = change.row, tree.units[change.row.code]
    after = {field: value for field, _before, value in change.differences}
    unit.name = after.get(Column.NAME, unit.name)
    unit.kind = after.get(Column.KIND, unit.kind)
    unit.block = after.get(Column.BLOCK, unit.block)
    unit.closed_at = _midnight(row.closed_from)
    if Column.OLD_NAMES in after or Column.ALIASES in after:
        kinds = [kind for kind, column in _KINDS_OF_NAMES if column in after]
        db.session.execute(delete(UnitName).where(UnitName.unit_id == unit.id, UnitName.kind.in_(kinds)))
        said = [line for line in _name_lines(row, unit.id) if line["kind"] in kinds]
        kept = {one.name for one in tree.names.get(unit.id, []) if one.kind not in kinds}
        _insert_names([line for line in said if line["name"] not in kept])
    if after.keys() & {Column.NAME, Column.OLD_NAMES, Column.ALIASES}:
        set_keys(unit)
    if Column.PARENT in after:
        move(unit, tree.units.get(row.parent))


_KINDS_OF_NAMES = ((NameKind.OLD, Column.OLD_NAMES), (NameKind.ALIAS, Column.ALIASES))


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), VIETNAM) if day else None


def _name_lines(row: Row, unit_id: int) -> list[dict[str, object]]:
    """What is stored of a row's other names; each once, and never the unit's own."""
    lines = {
        one.name: {"kind": NameKind.OLD, "valid_from": one.valid_from, "valid_until": one.valid_until}
        for one in row.old_names
    }
    for name in row.aliases:
        lines.setdefault(name, {"kind": NameKind.ALIAS, "valid_from": None, "valid_until": None})
    return [{"unit_id": unit_id, "name": name[:200], **line} for name, line in lines.items()]


def _insert_names(lines: list[dict[str, object]]) -> None:
    if lines:
        db.session.execute(insert(UnitName).returning(UnitName.id), lines)


def _insert_new(rows: Iterable[Row], existing: dict[str, Unit]) -> None:
    """Insert in bulk, parents first: ids are given here, because a path contains its own."""
    next_id = (db.session.scalar(select(func.max(Unit.id))) or 0) + 1
    places = {code: (unit.id, unit.path, unit.depth) for code, unit in existing.items()}
    lines: dict[str, dict[str, object]] = {}
    names: list[dict[str, object]] = []
    for unit_id, row in enumerate(rows, start=next_id):
        parent_id, path, depth = places.get(row.parent, (None, "/", -1))
        places[row.code] = (unit_id, f"{path}{unit_id}/", depth + 1)
        others = _name_lines(row, unit_id)
        names += others
        lines[row.code] = {
            "id": unit_id,
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "block": row.block,
            "parent_id": parent_id,
            "path": f"{path}{unit_id}/",
            "depth": depth + 1,
            "search_key": unit_search.stored_key(row.name, row.code, [str(one["name"]) for one in others]),
            "sort_key": vietnamese.sort_key(row.name),
            "closed_at": _midnight(row.closed_from),
        }
    if lines:
        table = cast(Table, Unit.__table__)
        # With RETURNING many rows go in as one statement: each statement changes the tree's stamp once.
        db.session.execute(insert(table).returning(table.c.id), list(lines.values()))
        import_queries.follow_ids(next_id + len(lines))
        existing |= queries.by_codes(lines.keys())
        _insert_names(names)
