"""Every SELECT about participation: tallies as they are kept, the units they belong to, events."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from contest.contests.models import Block, Contest, Round
from contest.database import db
from contest.events.models import Door
from contest.participation.models import (
    BlockMeasure,
    ContestTally,
    DoorVisitor,
    HourTally,
    ScoreTally,
    StatisticsSetting,
    TallyState,
    UnitHourTally,
    UnitTally,
    VerifiedContestTally,
    VerifiedTally,
)
from contest.participation.seen_as import Seen, View, kind_by_name
from contest.participation.tree import Node
from contest.results.models import ItemAnalysis
from contest.rules.counting import Tally
from contest.units import change_queries
from contest.units import queries as units
from contest.units.models import HeadcountKind, Unit

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


def tallies(round_id: int, since: int = 0) -> list[TallyRow]:
    """All direct numbers of a round; only what has changed after version `since`."""
    rows = db.session.execute(
        select(UnitTally.unit_id, UnitTally.block_id, UnitTally.people, UnitTally.attempts).where(
            UnitTally.round_id == round_id, UnitTally.changed_in > since
        )
    )
    return [
        TallyRow(unit_id, block_id, Tally(people, attempts)) for unit_id, block_id, people, attempts in rows
    ]


def contest_tallies(contest_id: int, since: int = 0) -> list[TallyRow]:
    """All direct numbers of a contest: people once over all its rounds, attempts summed."""
    rows = db.session.execute(
        select(ContestTally.unit_id, ContestTally.block_id, ContestTally.people, ContestTally.attempts).where(
            ContestTally.contest_id == contest_id, ContestTally.changed_in > since
        )
    )
    return [
        TallyRow(unit_id, block_id, Tally(people, attempts)) for unit_id, block_id, people, attempts in rows
    ]


def verified(subject: tuple[str, int]) -> dict[int | None, dict[int, Tally]]:
    """Verified people of a round or contest (Subject.key) by block (None: all), then by unit.

    `attempts` says nothing here.
    """
    kind, subject_id = subject
    table = VerifiedTally if kind == "round" else VerifiedContestTally
    of = VerifiedTally.round_id if kind == "round" else VerifiedContestTally.contest_id
    statement = select(table.unit_id, table.block_id, table.people).where(of == subject_id, table.people > 0)
    found: dict[int | None, dict[int, Tally]] = {None: {}}
    for unit_id, own_block, people in db.session.execute(statement):
        for block_id in (own_block, None):
            units = found.setdefault(block_id, {})
            units[unit_id] = units.get(unit_id, Tally()) + Tally(people, people)
    return found


@dataclass(frozen=True)
class RoundState:
    """How often a round's numbers have changed, when it was last counted, and when its questions were analysed."""

    version: int
    counted_at: datetime | None
    analysed_at: datetime | None


def states(round_ids: Collection[int]) -> dict[int, RoundState]:
    """Of each round; one statement."""
    rows = db.session.execute(
        select(Round.id, TallyState.version, TallyState.counted_at, ItemAnalysis.computed_at)
        .outerjoin(TallyState, TallyState.round_id == Round.id)
        .outerjoin(ItemAnalysis, ItemAnalysis.round_id == Round.id)
        .where(Round.id.in_(round_ids))
    )
    return {row[0]: RoundState(row[1] or 0, row[2], row[3]) for row in rows}


def scores(round_ids: Collection[int]) -> dict[int, dict[int, dict[tuple[int, int], int]]]:
    """Per round and block: how many people have which score out of how many questions."""
    found: dict[int, dict[int, dict[tuple[int, int], int]]] = {}
    columns = ScoreTally.round_id, ScoreTally.block_id, ScoreTally.score, ScoreTally.out_of, ScoreTally.people
    statement = select(*columns).where(ScoreTally.round_id.in_(round_ids), ScoreTally.people > 0)
    for round_id, block_id, score, out_of, people in db.session.execute(statement):
        found.setdefault(round_id, {}).setdefault(block_id, {})[score, out_of] = people
    return found


def hours(round_ids: Collection[int]) -> dict[int, list[tuple[datetime, int]]]:
    """Per round: attempts per hour in which anything was handed in, in order."""
    found: dict[int, list[tuple[datetime, int]]] = {}
    statement = select(HourTally.round_id, HourTally.hour, HourTally.attempts).where(
        HourTally.round_id.in_(round_ids), HourTally.attempts > 0
    )
    for round_id, hour, attempts in db.session.execute(statement.order_by(HourTally.hour)):
        found.setdefault(round_id, []).append((hour, attempts))
    return found


def hours_within(round_id: int, within: str) -> list[tuple[datetime, int]]:
    """Attempts per hour of a round in a subtree as it is today, in order; hours without any are left out."""
    statement = (
        select(UnitHourTally.hour, func.sum(UnitHourTally.attempts))
        .join(Unit, Unit.id == UnitHourTally.unit_id)
        .where(UnitHourTally.round_id == round_id, _of_today(within))
        .group_by(UnitHourTally.hour)
        .having(func.sum(UnitHourTally.attempts) > 0)
        .order_by(UnitHourTally.hour)
    )
    return [(hour, attempts) for hour, attempts in db.session.execute(statement)]


def counted_at(round_id: int) -> datetime | None:
    """When the numbers of a round last changed; None before anything was counted."""
    return db.session.scalar(select(TallyState.counted_at).where(TallyState.round_id == round_id))


def database() -> str:
    """Which database is asked."""
    return str(db.engine.url)


def lowest_named(contest_id: int) -> int:
    """How many units with the lowest rates the public statistics name."""
    statement = select(StatisticsSetting.lowest).where(StatisticsSetting.contest_id == contest_id)
    return db.session.scalar(statement) or 0


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
    """Every published round, the last to close first, with what the subtree as it is today has done in it."""
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


def totals(round_ids: Collection[int]) -> dict[int, Tally]:
    """People and attempts of some rounds, everybody's."""
    summed = _totals(None).subquery()
    rows = db.session.execute(select(summed).where(summed.c.round_id.in_(round_ids)))
    return {round_id: Tally(int(people), int(attempts)) for round_id, people, attempts in rows}


def _totals(within: str | None) -> Select[int, int, int]:
    if within is None:
        # By scores and hours: the same numbers in a few hundred rows, however many units there are.
        people = select(ScoreTally.round_id, func.sum(ScoreTally.people).label("people"))
        by_score = people.group_by(ScoreTally.round_id).subquery()
        attempts = select(HourTally.round_id, func.sum(HourTally.attempts).label("attempts"))
        by_hour = attempts.group_by(HourTally.round_id).subquery()
        return select(by_hour.c.round_id, by_score.c.people, by_hour.c.attempts).join(
            by_score, by_score.c.round_id == by_hour.c.round_id
        )
    return (
        select(
            UnitTally.round_id,
            func.sum(UnitTally.people).label("people"),
            func.sum(UnitTally.attempts).label("attempts"),
        )
        .join(Unit, Unit.id == UnitTally.unit_id)
        .where(_of_today(within))
        .group_by(UnitTally.round_id)
    )


def _of_today(within: str) -> ColumnElement[bool]:
    """The condition that what was handed in for a unit counts in a subtree in the view of today (see seen_as.moved)."""
    inside = Unit.path.startswith(within, autoescape=True)
    heirs = change_queries.successors_on(date.max)
    paths = {unit_id: unit.path for unit_id, unit in units.by_ids({*heirs, *heirs.values()}).items()}
    own = {unit_id: paths[unit_id].startswith(within) for unit_id in heirs}
    then = {unit_id: paths[heir].startswith(within) for unit_id, heir in heirs.items()}
    came = sorted(unit_id for unit_id in heirs if then[unit_id] and not own[unit_id])
    went = sorted(unit_id for unit_id in heirs if own[unit_id] and not then[unit_id])
    return or_(and_(inside, Unit.id.not_in(went)), Unit.id.in_(came))


def main_kind(contest_id: int) -> HeadcountKind | None:
    """Of which headcount the board wants every unit's main rate; None: each unit by its kind."""
    statement = select(StatisticsSetting.main).where(StatisticsSetting.contest_id == contest_id)
    found = db.session.scalar(statement)
    return HeadcountKind(found) if found else None


def seen_as_set(contest_id: int, blocks: list[Block], view: View = View.THEN) -> Seen:
    """How the numbers of a contest with these blocks are to be seen; one statement.

    Whom each block's people are held against: as the board said, else by the name.
    """
    said, main = {}, None
    rows = (
        select(Block.id, BlockMeasure.kind, StatisticsSetting.main)
        .outerjoin(BlockMeasure, BlockMeasure.block_id == Block.id)
        .outerjoin(StatisticsSetting, StatisticsSetting.contest_id == Block.contest_id)
        .where(Block.contest_id == contest_id)
    )
    for block_id, kind, chosen in db.session.execute(rows):
        said[block_id], main = kind, HeadcountKind(chosen) if chosen else None
    return Seen(view, tuple((block.id, _kind_of(block, said.get(block.id))) for block in blocks), main)


def _kind_of(block: Block, said: str | None) -> HeadcountKind | None:
    if said is None:
        return kind_by_name(block.name)
    return HeadcountKind(said) if said else None
