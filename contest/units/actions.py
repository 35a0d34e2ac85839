"""What is done with units: take a table in, edit, move, close, enter a headcount."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.rules import vietnamese
from contest.rules.unit_tree import Column, Row, UnitTable
from contest.units import queries
from contest.units.models import Headcount, HeadcountKind, Unit, UnitImport

IMPORTED = "Tệp nhập"
# The field of a difference that says a closed unit would be opened again.
CLOSED = "closed"

# How many people, per (unit id, kind of headcount).
Numbers = dict[tuple[int, str], int]


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


def difference(table: UnitTable, day: date) -> Difference:
    """Compare a table with the tree as it stands; changes nothing."""
    return _compare(table, _named_in(table), queries.headcounts_on(day))


def _named_in(table: UnitTable) -> dict[str, Unit]:
    """The units that exist among those a table speaks of, by code."""
    return queries.by_codes({row.code for row in table.rows} | {row.parent for row in table.rows})


def _compare(table: UnitTable, existing: dict[str, Unit], numbers: Numbers) -> Difference:
    codes = {unit.id: unit.code for unit in existing.values()}
    missing = {unit.parent_id for unit in existing.values() if unit.parent_id} - codes.keys()
    codes |= {unit_id: unit.code for unit_id, unit in queries.by_ids(missing).items()}
    new, changed, unchanged = [], [], 0
    for row in table.rows:
        unit = existing.get(row.code)
        if unit is None:
            new.append(row)
            continue
        parent = codes[unit.parent_id] if unit.parent_id else ""
        differences = tuple(_differences(row, unit, parent, numbers, table.columns))
        if differences:
            changed.append(Change(row, unit.name, differences))
        else:
            unchanged += 1
    return Difference(tuple(new), tuple(changed), unchanged)


def _differences(
    row: Row, unit: Unit, parent: str, numbers: Numbers, columns: frozenset[Column]
) -> Iterable[tuple[str, str, str]]:
    """(field, before, after); what the table has no column for stays as it is."""
    if unit.closed_at is not None:
        yield CLOSED, "1", ""
    for column, before, after in (
        (Column.NAME, unit.name, row.name),
        (Column.PARENT, parent, row.parent),
        (Column.KIND, unit.kind, row.kind),
        (Column.BLOCK, unit.block, row.block),
    ):
        if column in columns and before != after:
            yield column, before, after
    for kind in HeadcountKind:
        after_number, before_number = getattr(row, kind), numbers.get((unit.id, kind))
        if after_number is not None and after_number != before_number:
            yield kind, "" if before_number is None else str(before_number), str(after_number)


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
    existing, numbers = _named_in(table), queries.headcounts_on(day)
    change = _compare(table, existing, numbers)
    _insert_new(change.new, existing)
    ids = {code: unit.id for code, unit in existing.items()}
    for item in change.changed:
        _apply(item, existing)
    rows = [*change.new, *(item.row for item in change.changed)]
    said: dict[tuple[int, str], int | None] = {
        (ids[row.code], kind): getattr(row, kind) for row in rows for kind in HeadcountKind
    }
    fresh = {key: number for key, number in said.items() if number is not None and number != numbers.get(key)}
    _put_headcounts(fresh, day, IMPORTED, now)
    if not change.nothing:
        detail = f"{len(change.new)} đơn vị mới, {len(change.changed)} đơn vị thay đổi"
        history.record(by, "unit:import", ("unit", 0, "Cây đơn vị"), now, detail)
    return change


def _apply(change: Change, existing: dict[str, Unit]) -> None:
    unit = existing[change.row.code]
    after = {field: value for field, _before, value in change.differences}
    unit.name = after.get(Column.NAME, unit.name)
    unit.kind = after.get(Column.KIND, unit.kind)
    unit.block = after.get(Column.BLOCK, unit.block)
    unit.closed_at = None
    _set_keys(unit)
    if Column.PARENT in after:
        move(unit, existing.get(change.row.parent))


def _insert_new(rows: Iterable[Row], existing: dict[str, Unit]) -> None:
    """Insert in bulk, parents first: ids are given here, because a path contains its own."""
    next_id = (db.session.scalar(select(func.max(Unit.id))) or 0) + 1
    places = {code: (unit.id, unit.path, unit.depth) for code, unit in existing.items()}
    lines: dict[str, dict[str, object]] = {}
    for unit_id, row in enumerate(rows, start=next_id):
        parent_id, path, depth = places.get(row.parent, (None, "/", -1))
        places[row.code] = (unit_id, f"{path}{unit_id}/", depth + 1)
        lines[row.code] = {
            "id": unit_id,
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "block": row.block,
            "parent_id": parent_id,
            "path": f"{path}{unit_id}/",
            "depth": depth + 1,
            "search_key": vietnamese.search_key(f"{row.name} {row.code}"),
            "sort_key": vietnamese.sort_key(row.name),
        }
    if lines:
        db.session.execute(insert(Unit), list(lines.values()))
        queries.follow_ids(next_id + len(lines))
        existing |= queries.by_codes(lines.keys())


def _put_headcounts(numbers: Numbers, day: date, source: str, now: datetime) -> None:
    """Enter numbers from a day on; a number already entered for that very day is corrected."""
    same_day = queries.headcounts_from(day, {unit_id for unit_id, _kind in numbers})
    values = {"source": source, "entered_at": now}
    fresh = []
    for (unit_id, kind), number in numbers.items():
        headcount = same_day.get((unit_id, kind))
        if headcount is None:
            line = {"unit_id": unit_id, "kind": kind, "valid_from": day, "number": number}
            fresh.append(line | values)
        else:
            headcount.number, headcount.source, headcount.entered_at = number, source, now
    if fresh:
        db.session.execute(insert(Headcount), fresh)


def enter_headcount(
    unit: Unit, kind: HeadcountKind, number: int, day: date, source: str, actor: Actor, now: datetime
) -> None:
    """A unit has so many people of a kind from a day on; earlier numbers stay as they were."""
    _put_headcounts({(unit.id, kind): number}, day, source, now)
    detail = f"{kind}: {number} từ {day:%d/%m/%Y} · {source}"
    history.record(actor.signature, "unit:headcount", ("unit", unit.id, unit.name), now, detail)


def _set_keys(unit: Unit) -> None:
    unit.search_key = vietnamese.search_key(f"{unit.name} {unit.code}")
    unit.sort_key = vietnamese.sort_key(unit.name)


def add(
    code: str, name: str, kind: str, block: str, parent: Unit | None, actor: Actor, now: datetime
) -> Unit:
    """Add one unit below another, or as a root."""
    unit = Unit(
        code=code,
        name=name,
        kind=kind,
        block=block,
        parent_id=parent.id if parent else None,
        path="/",
        depth=parent.depth + 1 if parent else 0,
        search_key="",
        sort_key="",
    )
    _set_keys(unit)
    db.session.add(unit)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refusal(_("Mã %(code)s đã dùng cho một đơn vị khác. Hãy chọn mã khác.", code=code)) from None
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    history.record(actor.signature, "unit:add", ("unit", unit.id, unit.name), now, code)
    return unit


def edit(
    unit: Unit, name: str, kind: str, block: str, parent: Unit | None, actor: Actor, now: datetime
) -> None:
    """Change what a unit is called, its kind, its block, or where it hangs."""
    above = queries.by_id(unit.parent_id).name if unit.parent_id else "–"
    before = f"{unit.name} · {unit.kind} · {unit.block} · {above}"
    unit.name, unit.kind, unit.block = name, kind, block
    _set_keys(unit)
    if unit.parent_id != (parent.id if parent else None):
        move(unit, parent)
    after = f"{name} · {kind} · {block} · {parent.name if parent else '–'}"
    if before != after:
        history.record(actor.signature, "unit:edit", ("unit", unit.id, name), now, f"{before} → {after}")


def move(unit: Unit, parent: Unit | None) -> None:
    """Hang a unit, with everything below it, onto another one."""
    if parent is not None and parent.path.startswith(unit.path):
        raise Refusal(
            _("“%(name)s” không thể thuộc một đơn vị nằm dưới nó. Hãy chọn cấp trên khác.", name=unit.name)
        )
    db.session.flush()
    old_path, deeper = unit.path, (parent.depth + 1 if parent else 0) - unit.depth
    new_path = f"{parent.path if parent else '/'}{unit.id}/"
    unit.parent_id = parent.id if parent else None
    db.session.flush()
    db.session.execute(
        update(Unit)
        .where(Unit.path.startswith(old_path, autoescape=True))
        .values(path=new_path + func.substr(Unit.path, len(old_path) + 1), depth=Unit.depth + deeper),
        execution_options={"synchronize_session": "fetch"},
    )


def close(unit: Unit, actor: Actor, now: datetime) -> None:
    """Take a unit out of lists; what was counted for it stays."""
    if queries.has_open_children(unit.id):
        raise Refusal(
            _("“%(name)s” còn đơn vị trực thuộc. Hãy chuyển hoặc đóng các đơn vị đó trước.", name=unit.name)
        )
    unit.closed_at = now
    history.record(actor.signature, "unit:close", ("unit", unit.id, unit.name), now)


def reopen(unit: Unit, actor: Actor, now: datetime) -> None:
    """Put a closed unit back into lists."""
    unit.closed_at = None
    history.record(actor.signature, "unit:reopen", ("unit", unit.id, unit.name), now)
