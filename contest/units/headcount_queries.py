"""Every SELECT about the headcounts of single units, with what was entered before."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from contest.database import db
from contest.units.models import Headcount
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
