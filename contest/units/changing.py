"""What happens to units on a day: renamed, merged into another, split, closed; today, earlier or to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import delete

from contest import history
from contest.clock import VIETNAM
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor
from contest.rules.unit_changes import WHOLE, shared_out
from contest.units import (
    actions,
    change_queries,
    headcount_actions,
    headcount_queries,
    lineage,
    queries,
    shape_queries,
)
from contest.units.change_queries import Went
from contest.units.headcount_actions import Said
from contest.units.models import ChangeKind, Headcount, NameKind, Unit, UnitChange, UnitName, UnitSuccessor


@dataclass(frozen=True)
class Share:
    """A unit that another one goes into, its part of the headcount in hundredths of a percent, and the people."""

    unit: Unit
    share: int = WHOLE
    takes_people: bool = True


@dataclass(frozen=True)
class Wanted:
    """A change as somebody enters it. `name` only for a rename, `into` only for a merger or split."""

    kind: ChangeKind
    effective_on: date
    basis: str
    name: str = ""
    into: Sequence[Share] = field(default=())


def enter(unit: Unit, wanted: Wanted, today: date, actor: Actor, now: datetime) -> UnitChange:
    """Write a change down; carry it out at once unless its day is still to come. Raises Refusal."""
    check(unit, wanted)
    change = UnitChange(
        kind=wanted.kind,
        unit_id=unit.id,
        effective_on=wanted.effective_on,
        name=wanted.name,
        basis=wanted.basis,
        staff_id=actor.id,
        actor=actor.name[:200],
        entered_at=now,
    )
    db.session.add(change)
    db.session.flush()
    rows = [
        UnitSuccessor(
            change_id=change.id, unit_id=each.unit.id, share=each.share, takes_people=each.takes_people
        )
        for each in wanted.into
    ]
    db.session.add_all(rows)
    db.session.flush()
    if wanted.effective_on <= today:
        pairs = [(each.unit, row) for each, row in zip(wanted.into, rows, strict=True)]
        carry_out(Went(change, unit, pairs), now)
        lineage.settle()
    else:
        _record(change, unit, [each.unit for each in wanted.into], "unit:plan", now)
    return change


def check(unit: Unit, wanted: Wanted) -> None:
    """Refuse what would make no sense, saying what to do instead."""
    if unit.closed_at is not None:
        raise Refusal(_("“%(name)s” đã đóng. Hãy mở lại đơn vị trước.", name=unit.name))
    if wanted.kind == ChangeKind.RENAME:
        return
    waiting = [
        one
        for one in change_queries.of_unit(unit.id)
        if one.change.applied_at is None
        and one.change.unit_id == unit.id
        and one.change.kind != ChangeKind.RENAME
    ]
    if waiting:
        raise Refusal(
            _(
                "“%(name)s” đã có một thay đổi chờ đến ngày %(day)s. Hãy bỏ thay đổi đó trước.",
                name=unit.name,
                day=f"{waiting[0].change.effective_on:%d/%m/%Y}",
            )
        )
    _check_parts(unit, wanted)


def _check_parts(unit: Unit, wanted: Wanted) -> None:
    for each in wanted.into:
        if each.unit.closed_at is not None:
            raise Refusal(_("“%(name)s” đã đóng. Hãy chọn đơn vị đang dùng.", name=each.unit.name))
        if each.unit.path.startswith(unit.path):
            raise Refusal(
                _(
                    "“%(name)s” không thể nhập vào chính nó hay đơn vị nằm dưới nó. Hãy chọn đơn vị khác.",
                    name=unit.name,
                )
            )
    if wanted.kind != ChangeKind.MERGE and shape_queries.has_open_children(unit.id):
        raise Refusal(
            _("“%(name)s” còn đơn vị trực thuộc. Hãy chuyển hoặc đóng các đơn vị đó trước.", name=unit.name)
        )
    if wanted.kind == ChangeKind.SPLIT:
        if len({each.unit.id for each in wanted.into}) < max(2, len(wanted.into)):
            raise Refusal(
                _("Chia tách cần ít nhất hai đơn vị mới khác nhau. Hãy thêm các đơn vị đó vào cây trước.")
            )
        if sum(each.share for each in wanted.into) != WHOLE:
            raise Refusal(_("Các tỷ lệ số người cần cộng đúng 100 %. Hãy sửa lại các tỷ lệ."))


def carry_out(went: Went, now: datetime) -> None:
    """Make the tree say what was decided, from the day it was decided for."""
    change, unit = went.change, went.unit
    if change.kind == ChangeKind.RENAME:
        _rename(unit, change)
    else:
        _put_headcounts(went, now)
        _hand_names_on(went)
        for heir, row in went.into:
            if change.kind == ChangeKind.MERGE and row.takes_people:
                for child in shape_queries.open_children(unit.id):
                    actions.move(child, heir)
        unit.closed_at = midnight(change.effective_on)
    change.applied_at = now
    _record(change, unit, [heir for heir, _row in went.into], f"unit:{change.kind}", now)


def midnight(day: date | None) -> datetime | None:
    """When a day begins in Vietnam."""
    return datetime.combine(day, time(), VIETNAM) if day else None


@dataclass(frozen=True)
class Effect:
    """The headcount of one kind that a unit gets from another one on a day; `before` None: it had none."""

    heir: Unit
    kind: str
    day: date
    before: int | None
    after: int


def effects(unit: Unit, into: Sequence[tuple[Unit, int]], day: date) -> list[Effect]:
    """What becomes of the headcounts of those that a unit goes into, each with its share.

    A number that was first entered for a later day is not lost: both are summed from the first day with both.
    """
    # A unit that is closed goes into nobody: its people are no longer held against anything.
    mine = headcount_queries.headcounts(unit.id) if into else []
    found = []
    for kind in sorted({line.kind for line in mine}):
        held = _first_in_force(mine, kind, day)
        if held is None:
            continue
        parts = shared_out(held.number, [share for _heir, share in into])
        for (heir, _share), part in zip(into, parts, strict=True):
            when = max(day, held.valid_from)
            theirs = _first_in_force(headcount_queries.headcounts(heir.id), kind, when)
            so_far = theirs.number if theirs else None
            when = max(when, theirs.valid_from) if theirs else when
            found.append(Effect(heir, kind, when, so_far, (so_far or 0) + part))
    return found


def _first_in_force(lines: Sequence[Headcount], kind: str, day: date) -> Headcount | None:
    """The number in force on a day, else the first one after it."""
    counted = [line for line in lines if line.kind == kind and line.replaced_at is None]
    return headcount_queries.in_force(counted, day).get(kind) or next(reversed(counted), None)


def _put_headcounts(went: Went, now: datetime) -> None:
    change = went.change
    if not went.into:
        return
    made = effects(went.unit, [(heir, row.share) for heir, row in went.into], change.effective_on)
    merged = change.kind == ChangeKind.MERGE
    missing = {one.heir.name: None for one in made if merged and one.before is None}
    note = f"Chưa gồm số của {'; '.join(missing)}" if missing else ""
    basis = f" theo {change.basis}" if change.basis else ""
    said = Said(f"{'Sáp nhập' if merged else 'Chia tách'} {went.unit.name}{basis}", note, change.actor)
    for day in sorted({one.day for one in made}):
        numbers = {(one.heir.id, one.kind): one.after for one in made if one.day == day}
        headcount_actions.put(numbers, day, said, now)


def _rename(unit: Unit, change: UnitChange) -> None:
    since = [
        name.valid_until for name in queries.names_of({unit.id}).get(unit.id, []) if name.borne_by is None
    ]
    begun = max((day for day in since if day and day <= change.effective_on), default=None)
    actions.keep_name(unit, NameKind.OLD, unit.name, begun, change.effective_on)
    unit.name = change.name
    actions.set_keys(unit)


def _hand_names_on(went: Went) -> None:
    """Whoever looks for the unit that is gone finds those it went into."""
    names = [went.unit.name, *(one.name for one in queries.names_of({went.unit.id}).get(went.unit.id, []))]
    for heir, _row in went.into:
        for name in names:
            actions.keep_name(heir, NameKind.OLD, name, None, went.change.effective_on, borne_by=went.unit.id)
        actions.set_keys(heir)


def drop(change: UnitChange, actor: Actor, now: datetime) -> None:
    """Forget a change whose day has not come."""
    unit = queries.by_id(change.unit_id)
    _record(change, unit, [], "unit:drop_plan", now, actor)
    db.session.delete(change)


def reopen(unit: Unit, actor: Actor, now: datetime) -> None:
    """Put a closed unit back into lists; if it went into others, it no longer does. Their headcounts stay."""
    undo_end(unit)
    lineage.settle()
    history.record(actor.signature, "unit:reopen", ("unit", unit.id, unit.name), now)


def undo_end(unit: Unit) -> None:
    """The unit did not end as was written down; the headcounts of those it went into stay."""
    unit.closed_at = None
    ended = [change.id for change in change_queries.ended(unit.id)]
    heirs = change_queries.bearers(unit.id)
    db.session.execute(delete(UnitName).where(UnitName.borne_by == unit.id))
    db.session.execute(delete(UnitChange).where(UnitChange.id.in_(ended)))
    for heir in heirs:
        actions.set_keys(heir)


def carry_out_due(now: datetime) -> None:
    """The chore: what was entered beforehand happens on its day. What cannot is left for the board to see."""
    today = now.astimezone(VIETNAM).date()
    for change_id in [went.change.id for went in change_queries.due(today)]:
        try:
            with write_transaction():
                again = [went for went in change_queries.due(today) if went.change.id == change_id]
                for went in again:
                    check_still(went)
                    carry_out(went, now)
                lineage.settle()
        except Refusal:
            continue


def check_still(went: Went) -> None:
    """Refuse a change entered beforehand that the tree of today does not allow any more."""
    if went.unit.closed_at is not None:
        raise Refusal(_("“%(name)s” đã đóng. Hãy mở lại đơn vị trước.", name=went.unit.name))
    into = [Share(heir, row.share, row.takes_people) for heir, row in went.into]
    change = went.change
    _check_parts(
        went.unit, Wanted(ChangeKind(change.kind), change.effective_on, change.basis, change.name, into)
    )


def _record(
    change: UnitChange, unit: Unit, into: Iterable[Unit], act: str, now: datetime, actor: Actor | None = None
) -> None:
    by = actor.signature if actor else (change.staff_id, change.actor)
    names = [change.name] if change.name else [one.name for one in into]
    detail = " · ".join(filter(None, (f"từ {change.effective_on:%d/%m/%Y}", "; ".join(names), change.basis)))
    history.record(by, act, ("unit", unit.id, unit.name), now, detail)
