"""Every SELECT about participation: tallies as they are kept, the units they belong to, events."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from contest.contests.models import Contest, Round
from contest.database import db
from contest.events.models import Door
from contest.participation.figures import Node
from contest.participation.models import (
    ContestTally,
    DoorVisitor,
    HourTally,
    ScoreTally,
    TallyState,
    UnitHourTally,
    UnitTally,
)
from contest.rules.counting import Tally
from contest.units.models import Unit

# What to select of a unit for a Node, in its order.
_NODE: tuple[Any, ...] = (
    Unit.id,
    Unit.parent_id,
    Unit.path,
    Unit.depth,
    Unit.code,
    Unit.name,
    Unit.kind,
    Unit.search_key,
    Unit.sort_key,
    Unit.closed_at.is_not(None),
)


@dataclass(frozen=True)
class TallyRow:
    """People and attempts of a unit (0: free individuals) in a block."""

    unit_id: int
    block_id: int
    tally: Tally


@dataclass(frozen=True)
class RoundLine:
    """A published round with the numbers of the units one may see."""

    round: Round
    contest: Contest
    tally: Tally


def nodes(within: str | None = None) -> list[Node]:
    """Every unit of a subtree, closed ones too: what was handed in for them still counts."""
    statement = select(*_NODE)
    if within is not None:
        statement = statement.where(Unit.path.startswith(within, autoescape=True))
    return [Node(*row) for row in db.session.execute(statement)]


def tallies(round_id: int) -> list[TallyRow]:
    """All direct numbers of a round."""
    rows = db.session.execute(
        select(UnitTally.unit_id, UnitTally.block_id, UnitTally.people, UnitTally.attempts).where(
            UnitTally.round_id == round_id
        )
    )
    return [
        TallyRow(unit_id, block_id, Tally(people, attempts)) for unit_id, block_id, people, attempts in rows
    ]


def contest_tallies(contest_id: int) -> list[TallyRow]:
    """All direct numbers of a contest: people once over all its rounds, attempts summed."""
    rows = db.session.execute(
        select(ContestTally.unit_id, ContestTally.block_id, ContestTally.people, ContestTally.attempts).where(
            ContestTally.contest_id == contest_id
        )
    )
    return [
        TallyRow(unit_id, block_id, Tally(people, attempts)) for unit_id, block_id, people, attempts in rows
    ]


def scores(round_id: int) -> dict[int, Counter[tuple[int, int]]]:
    """Per block: how many people have which score out of how many questions."""
    found: dict[int, Counter[tuple[int, int]]] = {}
    for row in db.session.scalars(
        select(ScoreTally).where(ScoreTally.round_id == round_id, ScoreTally.people > 0)
    ):
        found.setdefault(row.block_id, Counter())[row.score, row.out_of] += row.people
    return found


def hours(round_id: int) -> list[tuple[datetime, int]]:
    """Attempts per hour in which anything was handed in, in order."""
    statement = (
        select(HourTally)
        .where(HourTally.round_id == round_id, HourTally.attempts > 0)
        .order_by(HourTally.hour)
    )
    return [(row.hour, row.attempts) for row in db.session.scalars(statement)]


def hours_within(round_ids: Collection[int], within: str) -> list[tuple[datetime, int]]:
    """Attempts per hour of some rounds in a subtree, in order; hours without any are left out."""
    statement = (
        select(UnitHourTally.hour, func.sum(UnitHourTally.attempts))
        .join(Unit, Unit.id == UnitHourTally.unit_id)
        .where(UnitHourTally.round_id.in_(round_ids), Unit.path.startswith(within, autoescape=True))
        .group_by(UnitHourTally.hour)
        .having(func.sum(UnitHourTally.attempts) > 0)
        .order_by(UnitHourTally.hour)
    )
    return [(hour, attempts) for hour, attempts in db.session.execute(statement)]


def counted_at(round_id: int) -> datetime | None:
    """When the numbers of a round last changed; None before anything was counted."""
    return db.session.scalar(select(TallyState.counted_at).where(TallyState.round_id == round_id))


def visitors(round_id: int) -> dict[int, Tally]:
    """People and attempts per event, each person once however many doors it has."""
    statement = (
        select(Door.event_id, func.count(DoorVisitor.person_id.distinct()), func.sum(DoorVisitor.attempts))
        .join(Door, Door.id == DoorVisitor.door_id)
        .where(Door.round_id == round_id, Door.event_id.is_not(None), DoorVisitor.attempts > 0)
        .group_by(Door.event_id)
    )
    return {
        event_id: Tally(people, attempts)
        for event_id, people, attempts in db.session.execute(statement)
        if event_id is not None
    }


def rounds(within: str | None) -> list[RoundLine]:
    """Every published round, the last to close first, with what the subtree has done in it."""
    totals = _totals(within).subquery()
    rows = db.session.execute(
        select(Round, Contest, totals.c.people, totals.c.attempts)
        .join(Contest, Contest.id == Round.contest_id)
        .outerjoin(totals, totals.c.round_id == Round.id)
        .where(Round.published_at.is_not(None))
        .order_by(Round.closes_at.desc(), Round.id)
    )
    return [
        RoundLine(round_, contest, Tally(people or 0, attempts or 0))
        for round_, contest, people, attempts in rows
    ]


def _totals(within: str | None) -> Select[int, int, int]:
    statement = select(
        UnitTally.round_id,
        func.sum(UnitTally.people).label("people"),
        func.sum(UnitTally.attempts).label("attempts"),
    ).group_by(UnitTally.round_id)
    if within is None:
        return statement
    return statement.join(Unit, Unit.id == UnitTally.unit_id).where(
        Unit.path.startswith(within, autoescape=True)
    )
