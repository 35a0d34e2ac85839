"""What is done with units: take a table in, edit, move, close, enter a headcount."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.rules import vietnamese
from contest.rules.unit_tree import Row, UnitTable
from contest.units import queries
from contest.units.models import Headcount, HeadcountKind, Unit, UnitImport

IMPORTED = "Tệp nhập"


@dataclass(frozen=True)
class Change:
    """One unit that a table would change: what differs, as (field, before, after)."""

    row: Row
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
    existing = queries.by_codes({row.code for row in table.rows} | {row.parent for row in table.rows})
    by_id = {unit.id: unit for unit in existing.values()}
    missing = {unit.parent_id for unit in existing.values() if unit.parent_id} - by_id.keys()
    by_id |= queries.by_ids(missing)
    numbers = queries.headcounts_on(day)
    new, changed, unchanged = [], [], 0
    for row in table.rows:
        unit = existing.get(row.code)
        if unit is None:
            new.append(row)
            continue
        parent = by_id[unit.parent_id].code if unit.parent_id else ""
        differences = tuple(_differences(row, unit, parent, numbers))
        if differences:
            changed.append(Change(row, differences))
        else:
            unchanged += 1
    return Difference(tuple(new), tuple(changed), unchanged)


def _differences(
    row: Row, unit: Unit, parent: str, numbers: dict[tuple[int, str], int]
) -> Iterable[tuple[str, str, str]]:
    for name, before, after in (
        ("name", unit.name, row.name),
        ("parent", parent, row.parent),
        ("kind", unit.kind, row.kind),
        ("block", unit.block, row.block),
    ):
        if before != after:
            yield name, before, after
    for kind in HeadcountKind:
        after_number = getattr(row, kind)
        before_number = numbers.get((unit.id, kind))
        if after_number is not None and after_number != before_number:
            yield kind, "" if before_number is None else str(before_number), str(after_number)


def keep_upload(filename: str, content: bytes, actor: Actor, now: datetime) -> UnitImport:
    """Keep an uploaded table until it is confirmed."""
    pending = UnitImport(staff_id=actor.id, filename=filename[:200], content=content, uploaded_at=now)
    db.session.add(pending)
    db.session.flush()
    return pending


def take_in(table: UnitTable, by: tuple[int | None, str], day: date, now: datetime) -> Difference:
    """Take every row of a table in, all of them or none; repeating it changes nothing."""
    change = difference(table, day)
    changed_rows = [item.row for item in change.changed]
    existing = queries.by_codes({row.code for row in table.rows} | {row.parent for row in table.rows})
    _insert_new(change.new, existing)
    for row in changed_rows:
        unit = existing[row.code]
        unit.name, unit.kind, unit.block = row.name, row.kind, row.block
        _set_keys(unit)
        parent = existing.get(row.parent)
        if unit.parent_id != (parent.id if parent else None):
            move(unit, parent)
    _enter_headcounts([*change.new, *changed_rows], existing, day, now)
    if not change.nothing:
        detail = f"{len(change.new)} đơn vị mới, {len(change.changed)} đơn vị thay đổi"
        history.record(by, "unit:import", ("unit", 0, "Cây đơn vị"), now, detail)
    return change


def _insert_new(rows: Iterable[Row], existing: dict[str, Unit]) -> None:
    """Insert level by level in bulk: ids are given here, because a path contains its own."""
    next_id = (db.session.scalar(select(func.max(Unit.id))) or 0) + 1
    lines: dict[str, dict[str, object]] = {}
    for unit_id, row in enumerate(rows, start=next_id):
        parent = existing.get(row.parent)
        above = lines.get(row.parent) or (
            {"id": parent.id, "path": parent.path, "depth": parent.depth} if parent else None
        )
        lines[row.code] = {
            "id": unit_id,
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "block": row.block,
            "parent_id": above["id"] if above else None,
            "path": f"{above['path'] if above else '/'}{unit_id}/",
            "depth": int(str(above["depth"])) + 1 if above else 0,
            "search_key": vietnamese.search_key(f"{row.name} {row.code}"),
            "sort_key": vietnamese.sort_key(row.name),
        }
    if lines:
        db.session.execute(insert(Unit), list(lines.values()))
        queries.follow_ids(next_id + len(lines))
        existing |= queries.by_codes(lines.keys())


def _enter_headcounts(rows: Iterable[Row], units: dict[str, Unit], day: date, now: datetime) -> None:
    numbers = queries.headcounts_on(day)
    for row in rows:
        unit = units[row.code]
        for kind in HeadcountKind:
            number = getattr(row, kind)
            if number is not None and numbers.get((unit.id, kind)) != number:
                _put_headcount(unit.id, kind, number, day, IMPORTED, now)


def _put_headcount(
    unit_id: int, kind: HeadcountKind, number: int, day: date, source: str, now: datetime
) -> None:
    same_day = db.session.scalar(
        select(Headcount).where(
            Headcount.unit_id == unit_id, Headcount.kind == kind, Headcount.valid_from == day
        )
    )
    if same_day is None:
        same_day = Headcount(unit_id=unit_id, kind=kind, valid_from=day)
        db.session.add(same_day)
    same_day.number, same_day.source, same_day.entered_at = number, source, now


def enter_headcount(
    unit: Unit, kind: HeadcountKind, number: int, day: date, source: str, actor: Actor, now: datetime
) -> None:
    """A unit has so many people of a kind from a day on; earlier numbers stay as they were."""
    _put_headcount(unit.id, kind, number, day, source, now)
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
    before = f"{unit.name} · {unit.kind} · {unit.block}"
    unit.name, unit.kind, unit.block = name, kind, block
    _set_keys(unit)
    if unit.parent_id != (parent.id if parent else None):
        move(unit, parent)
    detail = f"{before} → {name} · {kind} · {block}"
    history.record(actor.signature, "unit:edit", ("unit", unit.id, unit.name), now, detail)


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
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()


def close(unit: Unit, actor: Actor, now: datetime) -> None:
    """Take a unit out of lists; what was counted for it stays."""
    if queries.has_open_children(unit.id):
        raise Refusal(
            _("“%(name)s” còn đơn vị trực thuộc. Hãy chuyển hoặc đóng các đơn vị đó trước.", name=unit.name)
        )
    unit.closed_at = now
    history.record(actor.signature, "unit:close", ("unit", unit.id, unit.name), now)
