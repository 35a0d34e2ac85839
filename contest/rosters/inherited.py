"""Lists of units that are no more: those a unit took over with the people, and those nobody has divided yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from contest.database import db
from contest.rosters.models import RosterRow
from contest.units import lineage
from contest.units.models import Unit


@dataclass(frozen=True)
class Inherited:
    """A unit that is no more, the first day on which it was not, and how many people its list has."""

    unit: Unit
    since: date | None
    listed: int


def taken_over(contest_id: int, within: str | None) -> list[Inherited]:
    """Lists that belong to a subtree since other units went into it; nothing for who sees every unit anyway."""
    return _with_lists(contest_id, lineage.carried_on(within) if within else [])


def undivided(contest_id: int, within: str | None) -> list[Inherited]:
    """Lists of units that were split into this subtree and others while nobody has said who belongs where.

    Only how long they are is told: whose names are on them is known to the unit above.
    """
    return _with_lists(contest_id, lineage.shared_into(within) if within else [])


def _with_lists(contest_id: int, units: list[Unit]) -> list[Inherited]:
    if not units:
        return []
    statement = (
        select(RosterRow.unit_id, func.count())
        .join(Unit, Unit.id == RosterRow.unit_id)
        .where(RosterRow.contest_id == contest_id, Unit.closed_at.is_not(None))
        .group_by(RosterRow.unit_id)
    )
    counts = dict(db.session.execute(statement).all())
    return [
        Inherited(unit, lineage.closed_from(unit), counts[unit.id]) for unit in units if counts.get(unit.id)
    ]
