"""Every SELECT about the headcounts of single units, with what was entered before."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import select

from contest.database import db
from contest.units.models import Headcount, UnitChange, UnitSuccessor
from contest.units.queries import A_PORTION


def headcounts(unit_id: int) -> list[Headcount]:
    """Every headcount ever entered for a unit, the newest of each kind first, those replaced behind theirs."""
    return list(
        db.session.scalars(
            select(Headcount)
            .where(Headcount.unit_id == unit_id)
            .order_by(Headcount.kind, Headcount.valid_from.desc(), Headcount.id.desc())
        )
    )


def in_force(history_of_unit: list[Headcount], day: date) -> dict[str, Headcount]:
    """Of a unit's headcounts (newest first), the one of each kind that counts on a day."""
    newest: dict[str, Headcount] = {}
    for headcount in history_of_unit:
        if headcount.valid_from <= day and headcount.replaced_at is None:
            newest.setdefault(headcount.kind, headcount)
    return newest


def headcounts_from(day: date, unit_ids: Collection[int]) -> dict[tuple[int, str], Headcount]:
    """The numbers that count from exactly this day, per (unit id, kind); asked for in portions."""
    wanted = sorted(unit_ids)
    found_numbers: dict[tuple[int, str], Headcount] = {}
    for start in range(0, len(wanted), A_PORTION):
        portion = wanted[start : start + A_PORTION]
        statement = select(Headcount).where(
            Headcount.valid_from == day, Headcount.unit_id.in_(portion), Headcount.replaced_at.is_(None)
        )
        found_numbers |= {(line.unit_id, line.kind): line for line in db.session.scalars(statement)}
    return found_numbers


def before_changes(unit_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """What units that others went into had before, per (unit id, kind), as far as nobody has entered a number since."""
    moments = _carried_out_into(unit_ids)
    last: dict[tuple[int, str], int] = {}
    found_numbers: dict[tuple[int, str], int] = {}
    for line in _in_order(moments.keys()):
        key = (line.unit_id, line.kind)
        if line.entered_at not in moments[line.unit_id]:
            last[key] = line.number
            found_numbers.pop(key, None)
        elif key in last:
            found_numbers[key] = last[key]
    return found_numbers


def _carried_out_into(unit_ids: Collection[int]) -> dict[int, set[datetime]]:
    """When something went into these units; numbers of that very moment were made by it."""
    wanted, moments = sorted(unit_ids), dict[int, set[datetime]]()
    for start in range(0, len(wanted), A_PORTION):
        statement = (
            select(UnitSuccessor.unit_id, UnitChange.applied_at)
            .join(UnitChange, UnitChange.id == UnitSuccessor.change_id)
            .where(UnitSuccessor.unit_id.in_(wanted[start : start + A_PORTION]))
        )
        for unit_id, applied_at in db.session.execute(statement):
            if applied_at is not None:
                moments.setdefault(unit_id, set()).add(applied_at)
    return moments


def _in_order(unit_ids: Collection[int]) -> Iterator[Headcount]:
    """Every number of these units in the order in which they were entered."""
    wanted = sorted(unit_ids)
    for start in range(0, len(wanted), A_PORTION):
        portion = select(Headcount).where(Headcount.unit_id.in_(wanted[start : start + A_PORTION]))
        yield from db.session.scalars(portion.order_by(Headcount.id))
