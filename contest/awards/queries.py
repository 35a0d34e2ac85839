"""Every SELECT about awards for units, and what units have achieved in published results."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select

from contest.attempts.models import Attempt
from contest.awards.models import AwardLine, AwardScheme, AwardSheet
from contest.contests.models import Contest, Round
from contest.database import db
from contest.errors import NotFound
from contest.participation.asked import Asked
from contest.participation.overview import Overview
from contest.results.models import Sheet, SheetState, Standing
from contest.rules.collective import Entrant, Measure, Rule
from contest.targets import goals as target_goals
from contest.targets import queries as target_queries
from contest.units import change_queries
from contest.units.models import HeadcountKind

PRIZE_RANKS = 3

# Of which headcount rates are, see Figures.rule.
MainRate = tuple[HeadcountKind, HeadcountKind, HeadcountKind]


@dataclass
class Achieved:
    """What the ranked people of a unit have achieved: right of so many answers, and how many came first to third."""

    right: int = 0
    out_of: int = 0
    winners: list[int] = field(default_factory=lambda: [0] * PRIZE_RANKS)


def schemes(contest_id: int) -> list[AwardScheme]:
    """Every set of awards of a contest."""
    statement = select(AwardScheme).where(AwardScheme.contest_id == contest_id).order_by(AwardScheme.id)
    return list(db.session.scalars(statement))


def scheme(scheme_id: int, contest_id: int) -> AwardScheme:
    """A set of awards of this contest; raises NotFound."""
    found = db.session.get(AwardScheme, scheme_id)
    if found is None or found.contest_id != contest_id:
        raise NotFound
    return found


def sheets(scheme_id: int) -> list[AwardSheet]:
    """Every version, the newest first."""
    statement = select(AwardSheet).where(AwardSheet.scheme_id == scheme_id)
    return list(db.session.scalars(statement.order_by(AwardSheet.version.desc())))


def sheet_for_staff(sheet_id: int) -> tuple[AwardSheet, AwardScheme]:
    """Any version, with its set of awards; raises NotFound."""
    found = db.session.get(AwardSheet, sheet_id)
    if found is None:
        raise NotFound
    return found, db.session.get_one(AwardScheme, found.scheme_id)


def published(contest_id: int) -> list[AwardSheet]:
    """What everybody may see of a contest's awards, in the order in which they were set up."""
    statement = (
        select(AwardSheet)
        .join(AwardScheme, AwardScheme.id == AwardSheet.scheme_id)
        .where(AwardScheme.contest_id == contest_id, AwardSheet.state == SheetState.PUBLISHED)
    )
    return list(db.session.scalars(statement.order_by(AwardScheme.id)))


def lines(sheet_id: int) -> list[AwardLine]:
    """The lines of a table in order."""
    statement = select(AwardLine).where(AwardLine.sheet_id == sheet_id).order_by(AwardLine.position)
    return list(db.session.scalars(statement))


def rounds_published(contest_id: int) -> tuple[int, int]:
    """How many rounds of a contest have published results, and how many there are."""
    rounds = select(Round.id).where(Round.contest_id == contest_id, Round.published_at.is_not(None))
    done = select(func.count(Sheet.round_id.distinct())).where(
        Sheet.round_id.in_(rounds), Sheet.state == SheetState.PUBLISHED
    )
    every = select(func.count()).select_from(rounds.subquery())
    return db.session.scalar(done) or 0, db.session.scalar(every) or 0


def achieved(contest_id: int, block_id: int | None) -> dict[int, Achieved]:
    """By unit of today, from the published results of every round: answers and winners of the unit itself."""
    statement = (
        select(
            Attempt.unit_id,
            Standing.rank,
            func.sum(Standing.score),
            func.sum(Standing.out_of),
            func.count(),
        )
        .join(Attempt, Attempt.id == Standing.attempt_id)
        .join(Sheet, Sheet.id == Standing.sheet_id)
        .join(Round, Round.id == Sheet.round_id)
        .where(
            Round.contest_id == contest_id, Sheet.state == SheetState.PUBLISHED, Attempt.unit_id.is_not(None)
        )
        .group_by(Attempt.unit_id, Standing.rank)
    )
    if block_id is not None:
        statement = statement.where(Standing.block_id == block_id)
    heirs = change_queries.successors_on(date.max)
    found: dict[int, Achieved] = defaultdict(Achieved)
    for unit_id, rank, right, out_of, count in db.session.execute(statement):
        one = found[heirs.get(unit_id or 0, unit_id or 0)]
        one.right, one.out_of = one.right + int(right), one.out_of + int(out_of)
        if rank is not None and rank <= PRIZE_RANKS:
            one.winners[rank - 1] += count
    return found


def entrants(
    scheme: AwardScheme, contest: Contest, block_code: str, now: datetime
) -> tuple[list[tuple[Entrant, str]], MainRate]:
    """The units that compete, each with everything below it, and their names; and how they are measured."""
    numbers = target_queries.progress(contest, Asked(block=block_code), now)
    below = _with_all_below(numbers, achieved(contest.id, scheme.block_id))
    rule = target_queries.rule_of(contest.id)
    found = []
    for place in _places(numbers, scheme.unit_kinds):
        row, done = numbers.figures.at(place), below.get(place, Achieved())
        goal = target_goals.goal(numbers.figures, rule, place)
        measured = row.rate.people if row.rate.headcount else row.tally.people
        people = row.tally.people if scheme.measure == Measure.PEOPLE else measured
        winners = (done.winners[0], done.winners[1], done.winners[2])
        facts = (people, row.rate.headcount, done.right, done.out_of, winners, goal.wanted)
        found.append((Entrant(row.unit.id, *facts), row.unit.name))
    return found, numbers.figures.rule


def _places(numbers: Overview, kinds: str) -> list[int]:
    """Where the units that compete stand in the tree."""
    tree = numbers.figures.tree
    if not kinds:
        return [tree.by_id[row.unit.id] for row in numbers.children]
    chosen = set(kinds.split(","))
    return [
        place for place, node in enumerate(tree.nodes) if node.kind in chosen and numbers.figures.shown(place)
    ]


def _with_all_below(numbers: Overview, direct: Mapping[int, Achieved]) -> dict[int, Achieved]:
    """By place: what a unit and everything below it has achieved."""
    tree = numbers.figures.tree
    found: dict[int, Achieved] = defaultdict(Achieved)
    for unit_id, one in direct.items():
        start = tree.by_id.get(unit_id)
        for place in [] if start is None else [start, *tree.above(start)]:
            sums = found[place]
            sums.right, sums.out_of = sums.right + one.right, sums.out_of + one.out_of
            sums.winners = [a + b for a, b in zip(sums.winners, one.winners, strict=True)]
    return found


def rule_of(scheme: AwardScheme) -> Rule:
    """How a set of awards compares units."""
    return Rule(
        Measure(scheme.measure),
        scheme.floor,
        (scheme.first_points, scheme.second_points, scheme.third_points),
        (scheme.firsts, scheme.seconds, scheme.thirds, scheme.consolations),
    )
