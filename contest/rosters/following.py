"""Who is told which people of a list have come and which have not: the coordinator nearest to them, nobody above."""

from sqlalchemy import select

from contest.database import db
from contest.permissions import Role
from contest.rosters import queries
from contest.staff.models import StaffMember
from contest.units.models import Unit


def followed_below(contest_id: int, within: str) -> frozenset[int]:
    """Units on the lists of a subtree, by id, that a coordinator strictly below its top follows; two statements.

    A unit without a coordinator of its own is followed by the one above. A unit that is no more is followed by
    whoever answers for the unit that it went into.
    """
    statement = select(StaffMember.unit_id).join(Unit, Unit.id == StaffMember.unit_id)
    below = statement.where(
        StaffMember.role == Role.COORDINATOR,
        StaffMember.closed_at.is_(None),
        Unit.path.startswith(within, autoescape=True),
        Unit.path != within,
    )
    coordinated = {str(unit_id) for unit_id in db.session.scalars(below)}
    if not coordinated:
        return frozenset()
    listing = queries.listing_units(contest_id, within)
    return frozenset(unit.id for unit in listing if not coordinated.isdisjoint(_steps(unit, within)))


def _steps(unit: Unit, within: str) -> set[str]:
    """The ids on the way down from the top of a subtree to a unit, and to the one that carries it on."""
    ways = (way for way in (unit.path, unit.heir_path) if way and way.startswith(within))
    return {step for way in ways for step in way.removeprefix(within).split("/") if step}
