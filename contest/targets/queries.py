"""Every SELECT about what is wanted in a contest, and what has been reached of it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from contest.contests.models import Contest
from contest.database import db
from contest.participation import snapshots
from contest.participation.asked import Asked
from contest.participation.overview import Overview, overview
from contest.participation.seen_as import View
from contest.rules.targets import Tier
from contest.targets.goals import BY_DEFAULT, TargetRule
from contest.targets.models import TargetKind, TargetTier, UnitTarget
from contest.units.models import Unit, UnitKind


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


def rule_of(contest_id: int) -> TargetRule:
    """Everything that is wanted in a contest; three statements."""
    kinds = db.session.scalars(select(TargetKind.kind).where(TargetKind.contest_id == contest_id))
    return TargetRule(tiers(contest_id), own_targets(contest_id), frozenset(kinds) or BY_DEFAULT)


def kinds_in_use() -> list[UnitKind]:
    """The kinds of units that the tree has, in their order."""
    there = set(db.session.scalars(select(Unit.kind).where(Unit.closed_at.is_(None)).distinct()))
    return [kind for kind in UnitKind if kind in there]


def progress(contest: Contest, asked: Asked, now: datetime, within: str | None = None) -> Overview:
    """The numbers of a whole contest that targets are held against, by the units of today.

    A unit that took another one in has that one's headcount, so it has its people too. Raises NotFound for what
    is not below `within`.
    """
    return overview(snapshots.of_contest(contest), replace(asked, view=View.NOW), now, within)
