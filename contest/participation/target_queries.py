"""Every SELECT about what is wanted in a contest, and what has been reached of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from contest.contests.models import Contest
from contest.database import db
from contest.participation import snapshots
from contest.participation.asked import Asked
from contest.participation.figures import Figure
from contest.participation.overview import Overview, overview
from contest.participation.seen_as import View
from contest.participation.target_models import TargetTier, UnitTarget
from contest.rules import targets
from contest.rules.targets import Goal, Tier
from contest.units.models import Unit


def tiers(contest_id: int) -> list[Tier]:
    """The tiers of a contest, the smallest units first."""
    statement = select(TargetTier).where(TargetTier.contest_id == contest_id).order_by(TargetTier.from_size)
    return [Tier(row.from_size, row.share, row.people) for row in db.session.scalars(statement)]


def own_targets(contest_id: int) -> dict[int, int]:
    """How many people are wanted of single units, by unit id."""
    rows = db.session.scalars(select(UnitTarget).where(UnitTarget.contest_id == contest_id))
    return {row.unit_id: row.people for row in rows}


def named_targets(contest_id: int) -> list[tuple[Unit, int]]:
    """The units with a number of their own, in alphabetical order."""
    statement = select(Unit, UnitTarget.people).join(UnitTarget, UnitTarget.unit_id == Unit.id)
    rows = db.session.execute(statement.where(UnitTarget.contest_id == contest_id).order_by(Unit.sort_key))
    return [(unit, people) for unit, people in rows]


def targets_for(contest_id: int, rows: Iterable[Figure]) -> dict[int, Goal]:
    """What these units (figures of the whole contest) are to reach and have reached, by unit id; two statements.

    The size is the headcount the unit is measured by, and the people are those held against it.
    """
    levels, own = tiers(contest_id), own_targets(contest_id)
    return {row.unit.id: goal_of(row, levels, own) for row in rows}


def goal_of(row: Figure, levels: list[Tier], own: dict[int, int]) -> Goal:
    """What one unit is to reach and has reached."""
    size = row.rate.headcount
    people = row.rate.people if size else row.tally.people
    return Goal(targets.wanted(size, levels, own.get(row.unit.id)), people)


def progress(contest: Contest, asked: Asked, now: datetime, within: str | None = None) -> Overview:
    """The numbers of a whole contest that targets are held against, by the units of today.

    A unit that took another one in has that one's headcount, so it has its people too. Raises NotFound for what
    is not below `within`.
    """
    return overview(snapshots.of_contest(contest), replace(asked, view=View.NOW), now, within)
