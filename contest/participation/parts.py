"""Parts of the numbers: by block, kind of unit, score, topic, day and hour."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from contest.clock import VIETNAM
from contest.contests.models import Block
from contest.participation.counts import Counts
from contest.participation.figures import Figures
from contest.participation.seen_as import Seen
from contest.participation.snapshots import Snapshot
from contest.participation.tallies import FREE
from contest.results import topic_queries
from contest.rules import counting
from contest.rules.counting import Bands, Tally
from contest.units.models import UnitKind


@dataclass(frozen=True)
class BlockFigure:
    """A block's people and attempts, and its share of all people in tenths of a percent."""

    block: Block
    tally: Tally
    tenths: int


@dataclass(frozen=True)
class BandFigure:
    """Score bands of a block; of everybody where `block` is None."""

    block: Block | None
    bands: Bands


@dataclass(frozen=True)
class KindFigure:
    """Units of one kind: how they took part with all below them, and what was handed in for themselves."""

    kind: str
    counts: Counts
    direct: Tally


@dataclass(frozen=True)
class TopicFigure:
    """A topic: its questions, the answers given to them, how many were right; shares of right and not, in tenths."""

    topic: str
    questions: int
    answers: int
    right: int
    known: int
    unknown: int


def blocks(
    snapshot: Snapshot, all_blocks: list[Block], places: list[int], whole: bool, seen: Seen
) -> list[BlockFigure]:
    """Each block within some subtrees; with people of no unit where the whole is seen."""
    sums = []
    for block in all_blocks:
        found = snapshot.summed(block.id, seen)
        free = found.direct.get(FREE, Tally()) if whole else Tally()
        sums.append(sum((found.tally(place) for place in places), free))
    tenths = counting.largest_remainder([tally.people for tally in sums])
    return [BlockFigure(*line) for line in zip(all_blocks, sums, tenths, strict=True)]


def bands(
    snapshot: Snapshot, all_blocks: list[Block], only: Block | None, round_ids: Collection[int]
) -> list[BandFigure]:
    """Of everybody and, where there are several, of each block; nothing while no round has closed."""
    if not round_ids:
        return []
    by_block: dict[int, Counter[tuple[int, int]]] = {}
    for round_id in round_ids:
        for block_id, scores in snapshot.scores.get(round_id, {}).items():
            by_block.setdefault(block_id, Counter()).update(scores)
    if only is not None:
        return [BandFigure(only, counting.bands(by_block.get(only.id, Counter())))]
    everybody = sum(by_block.values(), Counter[tuple[int, int]]())
    each = [
        BandFigure(block, counting.bands(by_block[block.id])) for block in all_blocks if block.id in by_block
    ]
    return [BandFigure(None, counting.bands(everybody)), *(each if len(each) > 1 else [])]


def topics(snapshot: Snapshot, round_ids: Iterable[int]) -> list[TopicFigure]:
    """What people know least, first."""
    found = topic_queries.together(snapshot.topics.get(round_id, []) for round_id in round_ids)
    figures = []
    for line in found:
        known, unknown = counting.largest_remainder((line.right, line.answers - line.right))
        figures.append(TopicFigure(line.topic, line.questions, line.answers, line.right, known, unknown))
    return figures


def days(snapshot: Snapshot) -> list[tuple[date, int]]:
    """Attempts per day in Vietnam, days without any in between included."""
    sums: Counter[date] = Counter()
    for hours in snapshot.hours.values():
        for hour, attempts in hours:
            sums[hour.astimezone(VIETNAM).date()] += attempts
    if not sums:
        return []
    first, last = min(sums).toordinal(), max(sums).toordinal()
    return [(day, sums[day]) for day in map(date.fromordinal, range(first, last + 1))]


def hours_of_day(snapshot: Snapshot) -> list[int]:
    """Attempts in each of the 24 hours of the day in Vietnam."""
    sums = [0] * 24
    for hours in snapshot.hours.values():
        for hour, attempts in hours:
            sums[hour.astimezone(VIETNAM).hour] += attempts
    return sums


def kinds(figures: Figures, seen_from: tuple[int, ...], below: list[int]) -> list[KindFigure]:
    """Each kind of unit that is there, in the order of kinds; worked out once per unit looked from."""
    kept = figures.kinds.get(seen_from)
    if kept is None:
        by_kind: dict[str, list[int]] = {}
        for one in below:
            by_kind.setdefault(figures.tree.nodes[one].kind, []).append(one)
        order = [kind for kind in UnitKind if kind in by_kind]
        kept = figures.kinds[seen_from] = [_kind(figures, kind, by_kind[kind]) for kind in order]
    return kept


def _kind(figures: Figures, kind: str, places: list[int]) -> KindFigure:
    people, rates = figures.sums.people, figures.measured
    direct, nodes = figures.sums.direct, figures.tree.nodes
    nobody = sum(people[one] == 0 for one in places)
    full = sum(rates.people[one] == rates.headcount[one] > 0 for one in places)
    over = figures.many_over(places)
    own_people = own_attempts = 0
    for one in places:
        tally = direct.get(nodes[one].id)
        if tally is not None:
            own_people += tally.people
            own_attempts += tally.attempts
    took_part = len(places) - nobody
    return KindFigure(
        kind,
        Counts(len(places), took_part, full, nobody, over),
        Tally(own_people, own_attempts),
    )
