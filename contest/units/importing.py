"""Taking a table of units in: what it would change, shown first; then all of it or nothing."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, func, select

from contest import history
from contest.bulk import insert_rows
from contest.database import db
from contest.permissions import Actor
from contest.rules import unit_search, vietnamese
from contest.rules.unit_rows import Row, UnitTable
from contest.rules.unit_table_words import Column
from contest.units import (
    change_queries,
    changing,
    ending,
    headcount_actions,
    import_queries,
    lineage,
    queries,
    table_names,
)
from contest.units.actions import move, set_keys
from contest.units.comparing import Change, Difference, Tree, compare, new_numbers, tree_of
from contest.units.headcount_actions import Numbers, Said
from contest.units.models import NameKind, Unit, UnitImport, UnitName

IMPORTED = "Tệp nhập"


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
    tree = tree_of(table, day)
    change = compare(table, tree)
    in_use = {code for code, unit in tree.units.items() if unit.closed_at is None}
    _insert_new(change.new, tree.units)
    for item in change.changed:
        _apply(item, tree)
    ending.take(change.ended, tree, in_use, by, now)
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
        unit = tree.units[row.code]
        fresh |= {(unit.id, kind): number for kind, _before, number in new_numbers(row, unit, tree)}
    headcount_actions.put(fresh, day, said, now)


def _apply(change: Change, tree: Tree) -> None:
    row, unit = change.row, tree.units[change.row.code]
    after = {field: value for field, _before, value in change.differences}
    unit.name = after.get(Column.NAME, unit.name)
    unit.kind = after.get(Column.KIND, unit.kind)
    unit.block = after.get(Column.BLOCK, unit.block)
    if Column.CLOSED_FROM in after and unit.closed_at is not None and row.closed_from is None:
        changing.undo_end(unit)
    elif Column.CLOSED_FROM in after and unit.closed_at is not None and row.closed_from is not None:
        for ended in change_queries.ended(unit.id):
            ended.effective_on = row.closed_from
    if not row.successors:
        unit.closed_at = changing.midnight(row.closed_from)
    if Column.OLD_NAMES in after or Column.ALIASES in after:
        kinds = [kind for kind, column in _KINDS_OF_NAMES if column in after]
        own = (UnitName.unit_id == unit.id, UnitName.kind.in_(kinds), UnitName.borne_by.is_(None))
        db.session.execute(delete(UnitName).where(*own))
        said = [line for line in table_names.lines_of(row, unit.id) if line["kind"] in kinds]
        names = tree.names.get(unit.id, [])
        kept = {one.name for one in names if one.kind not in kinds} | table_names.handed_on(names)
        table_names.insert_lines([line for line in said if line["name"] not in kept])
    if after.keys() & {Column.NAME, Column.OLD_NAMES, Column.ALIASES}:
        set_keys(unit)
    if Column.PARENT in after:
        move(unit, tree.units.get(row.parent))


_KINDS_OF_NAMES = ((NameKind.OLD, Column.OLD_NAMES), (NameKind.ALIAS, Column.ALIASES))


def _insert_new(rows: Iterable[Row], existing: dict[str, Unit]) -> None:
    """Insert in bulk, parents first: ids are given here, because a path contains its own."""
    next_id = (db.session.scalar(select(func.max(Unit.id))) or 0) + 1
    places = {code: (unit.id, unit.path, unit.depth) for code, unit in existing.items()}
    lines: dict[str, dict[str, object]] = {}
    names: list[dict[str, object]] = []
    for unit_id, row in enumerate(rows, start=next_id):
        parent_id, path, depth = places.get(row.parent, (None, "/", -1))
        places[row.code] = (unit_id, f"{path}{unit_id}/", depth + 1)
        others = table_names.lines_of(row, unit_id)
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
            "closed_at": changing.midnight(row.closed_from),
        }
    if lines:
        insert_rows(Unit, list(lines.values()))
        import_queries.follow_ids(next_id + len(lines))
        existing |= queries.by_codes(lines.keys())
        table_names.insert_lines(names)
