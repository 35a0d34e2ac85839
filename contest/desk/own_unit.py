"""An open round as one unit takes part in it: its numbers, beside the round before and the units next to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contest.contests.models import Round
from contest.desk.queries import RoundLine
from contest.participation import absent_queries, unit_hours, verified
from contest.participation.asked import Asked
from contest.participation.figures import Figure, Figures, Order, ordered
from contest.participation.overview import overview
from contest.participation.seen_as import View
from contest.participation.tree import NOWHERE
from contest.participation.verified import Verified
from contest.rosters import following
from contest.rosters import queries as rosters
from contest.rules.targets import Goal
from contest.targets import goals as target_goals
from contest.targets import queries as target_queries
from contest.units.models import Unit

# The unit a coordinator answers for; None: the board, which answers for all.
OwnUnit = Unit | None
# Attempts of the unit hour by hour, by round.
ByRound = dict[int, unit_hours.Hours]

HOUR = timedelta(hours=1)
SHOWN_HOURS = 48
WEEK = timedelta(days=7)
# Of the units below, those with the least are named.
MOST_BELOW = 8
# Of the units side by side, the best few and one's own neighbours are shown.
BEST, NEXT_TO_OWN = 3, 1


@dataclass(frozen=True)
class Sister:
    """A unit under the same parent, measured by the same headcount, with its place by rate; `own`: who looks."""

    place: int
    figure: Figure
    own: bool


@dataclass(frozen=True)
class Below:
    """The units right below: how many there are, how many have nobody yet, and those with the least."""

    units: int
    nobody: int
    least: list[Figure]


@dataclass(frozen=True)
class Weeks:
    """Attempts of the whole contest in the last seven days, and in the seven before them."""

    this: int
    last: int


@dataclass(frozen=True)
class OwnRound:
    """One round. `before`: attempts of the unit at the same time of the round before (None: there was none).

    `hours`: attempts per hour up to now, hours without any among them. `absent`: people on the lists of the
    unit who have not yet taken part in this round; None: it has no list. `weeks`: None in the first week.
    `verified`: people known by the lists, None where nobody is.
    """

    line: RoundLine
    figure: Figure
    before: int | None
    sisters: list[Sister]
    of: int
    hours: list[tuple[datetime, int]]
    goal: Goal
    absent: int | None
    below: Below
    weeks: Weeks | None
    verified: Verified | None

    @property
    def place(self) -> int | None:
        """The unit's own place by rate."""
        return next((one.place for one in self.sisters if one.own), None)


def own_rounds(lines: Sequence[RoundLine], unit: Unit, now: datetime) -> list[OwnRound]:
    """The open rounds as this unit sees them."""
    return [_own_round(line, unit, now) for line in lines]


def _own_round(line: RoundLine, unit: Unit, now: datetime) -> OwnRound:
    # Whoever answers for a unit answers for those that went into it.
    seen = overview(line.round, Asked(view=View.NOW), now, unit.path)
    numbers = seen.figures
    place = numbers.tree.by_id[unit.id]
    sisters, of = _sisters(numbers, place)
    # Targets are for the whole contest, over all its rounds.
    progress = target_queries.progress(line.contest, Asked(), now, unit.path)
    whole, rounds = progress.figures, progress.subject.rounds
    rule = target_queries.rule_of(line.contest.id)
    hours = unit_hours.within(progress.snapshot, unit.path)
    absent = _absent(line, unit)
    return OwnRound(
        line=line,
        figure=numbers.at(place),
        before=_before(line.round, rounds, hours, now),
        sisters=sisters,
        of=of,
        hours=_hours(line.round, hours, now),
        goal=target_goals.goal(whole, rule, whole.tree.by_id[unit.id]),
        absent=absent,
        below=_below(numbers, place),
        weeks=_weeks(rounds, hours, now),
        verified=None if absent is None else verified.seen_from(seen),
    )


def _absent(line: RoundLine, unit: Unit) -> int | None:
    below = following.followed_below(line.contest.id, unit.path)
    if not absent_queries.count(rosters.listed(line.contest.id, unit.path, below)):
        return None
    return absent_queries.count(absent_queries.absent(line.contest.id, unit.path, line.round.id, below))


def _sisters(numbers: Figures, own: int) -> tuple[list[Sister], int]:
    parent = numbers.tree.parents[own]
    beside = numbers.tree.roots if parent == NOWHERE else numbers.tree.children[parent]
    # A commune among its residents and a department among its officials are no race.
    kind = numbers.kind_of(numbers.tree.nodes[own].kind)
    alike = [place for place in beside if numbers.kind_of(numbers.tree.nodes[place].kind) == kind]
    figures = ordered((numbers.at(place) for place in alike if numbers.shown(place)), Order.RATE)
    own_id = numbers.tree.nodes[own].id
    listed = [Sister(at, one, one.unit.id == own_id) for at, one in enumerate(figures, start=1)]
    mine = next((one.place for one in listed if one.own), 0)
    shown = [one for one in listed if one.place <= BEST or abs(one.place - mine) <= NEXT_TO_OWN]
    return shown, len(listed)


def _below(numbers: Figures, own: int) -> Below:
    figures = [numbers.at(place) for place in numbers.tree.children[own] if numbers.shown(place)]
    nobody = sum(not one.tally.people for one in figures)
    least = sorted(figures, key=lambda one: (one.rate.share or 0, one.tally.people, one.unit.sort_key))
    return Below(len(figures), nobody, least[:MOST_BELOW])


def _weeks(rounds: Sequence[Round], found: ByRound, now: datetime) -> Weeks | None:
    if not rounds or now < min(one.opens_at for one in rounds) + WEEK:
        return None
    hours = [one for of_round in found.values() for one in of_round]
    return Weeks(
        sum(count for hour, count in hours if now - WEEK < hour <= now),
        sum(count for hour, count in hours if now - 2 * WEEK < hour <= now - WEEK),
    )


def _before(round_: Round, rounds: Sequence[Round], found: ByRound, now: datetime) -> int | None:
    """Attempts of the unit in the round before, as long after its opening as now is after this one's."""
    earlier = [one for one in rounds if one.opens_at < round_.opens_at]
    if not earlier:
        return None
    last = max(earlier, key=lambda one: one.opens_at)
    until = last.opens_at + (now - round_.opens_at)
    return sum(count for hour, count in found[last.id] if hour < until)


def _hours(round_: Round, by_round: ByRound, now: datetime) -> list[tuple[datetime, int]]:
    last = min(now, round_.closes_at).replace(minute=0, second=0, microsecond=0)
    first = max(round_.opens_at.replace(minute=0, second=0, microsecond=0), last - (SHOWN_HOURS - 1) * HOUR)
    found = dict(by_round[round_.id])
    hours = int((last - first) / HOUR) + 1
    return [(first + n * HOUR, found.get(first + n * HOUR, 0)) for n in range(hours)]
