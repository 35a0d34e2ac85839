"""The numbers of a round or a contest at one moment: what every page, file and answer about them is made of.

A process keeps the newest snapshot and the tree under it. Whether they still hold is one small statement each
(`units.tree_stamp`, versions of TallyState); where they do not, only rows changed since then are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from contest.clock import VIETNAM
from contest.contests import queries as contests
from contest.contests.models import Contest, Round
from contest.participation import queries, seen_as
from contest.participation.figures import Figures, side_by_side
from contest.participation.holding import Held
from contest.participation.measuring import Ground
from contest.participation.queries import RoundState, TallyRow
from contest.participation.seen_as import AS_IT_WAS, Seen, View
from contest.participation.tree import Sums, Tree, summed
from contest.results import topic_queries
from contest.results.item_queries import TopicLine
from contest.rules.counting import Tally
from contest.rules.unit_changes import Heirs
from contest.units import change_queries, tree_stamp
from contest.units import queries as units
from contest.units.models import HeadcountKind

# By block (None: all), then by unit (0: free individuals).
Direct = Mapping[int | None, Mapping[int, Tally]]
# By block (None: all): a unit, and how many people and attempts it has more.
Grown = dict[int | None, list[tuple[int, int, int]]]
# A round's scores by block: how many people had so many right out of so many.
Scores = Mapping[int, dict[tuple[int, int], int]]


@dataclass(frozen=True)
class Subject:
    """What numbers are of: one round, or (`round` None) a contest with all its published rounds."""

    contest: Contest
    rounds: tuple[Round, ...]
    round: Round | None

    @property
    def name(self) -> str:
        return self.round.name if self.round else self.contest.name

    @property
    def code(self) -> str:
        return self.round.code if self.round else self.contest.code

    @property
    def key(self) -> tuple[str, int]:
        """What tells this subject from others."""
        return ("round", self.round.id) if self.round else ("contest", self.contest.id)

    def day(self, now: datetime) -> date:
        """The day whose headcounts hold: today, or the day of the last closing."""
        closing = max((one.closes_at for one in self.rounds), default=now)
        return min(now, closing).astimezone(VIETNAM).date()


def of_round(round_: Round) -> Subject:
    """A round as a subject of numbers."""
    return Subject(contests.contest_of(round_), (round_,), round_)


def of_contest(contest: Contest) -> Subject:
    """A contest over all its published rounds."""
    return Subject(contest, tuple(contests.rounds_of(contest.id)), None)


@dataclass(frozen=True)
class Snapshot:
    """Everything counted of a subject. `states`: per round; scores, hours and topics too.

    `sums`, `grounds` and `made` are filled as somebody asks: for each block (None: all) and measure once.
    """

    tree: Tree
    tree_stamp: int | None
    headcounts: Mapping[tuple[int, str], int]
    day: date
    states: Mapping[int, RoundState]
    direct: Direct
    scores: Mapping[int, Scores]
    hours: Mapping[int, list[tuple[datetime, int]]]
    topics: Mapping[int, list[TopicLine]]
    sums: dict[int | None, Sums]
    heirs: Sequence[Heirs] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    grounds: dict[Seen, Ground] = field(default_factory=dict)
    made: dict[tuple[int | None, HeadcountKind | None, Seen], Figures] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """Grows with every change of the numbers."""
        return sum(state.version for state in self.states.values())

    @property
    def counted_at(self) -> datetime | None:
        """When the numbers last changed; None before anything was counted."""
        return max((one.counted_at for one in self.states.values() if one.counted_at), default=None)

    def figures(self, block_id: int | None, measure: HeadcountKind | None, seen: Seen = AS_IT_WAS) -> Figures:
        """Every unit's figure, of one block or of all, each measured by its kind or all by one measure."""
        seen = self._plain(seen)
        found = self.made.get((block_id, measure, seen))
        if found is None:
            found = self.made[block_id, measure, seen] = self._figures(block_id, measure, seen)
        return found

    def summed(self, block_id: int | None, seen: Seen = AS_IT_WAS) -> Sums:
        """People and attempts alone: no rates."""
        return self._sums(block_id, self._plain(seen).view == View.NOW)

    def _plain(self, seen: Seen) -> Seen:
        """There is one way to see where no unit has changed."""
        return seen if self.heirs or self.names else replace(seen, view=View.THEN)

    def _figures(self, block_id: int | None, measure: HeadcountKind | None, seen: Seen) -> Figures:
        now = seen.view == View.NOW
        tree, sums = self.tree if now else seen_as.named(self.tree, self.names), self._sums(block_id, now)
        chosen = seen.of_block(block_id) or measure or seen.main
        seen = replace(seen, main=chosen)
        if seen.beside and block_id is None:
            kinds = sorted({*seen.beside, *(seen.kind_for(node.kind) for node in tree.nodes)})
            plain = Seen(seen.view)
            by_kind = {
                kind: self._ground(replace(plain, main=kind)).measured(partial(self._people, seen=seen))
                for kind in kinds
            }
            return side_by_side(tree, sums, by_kind, seen.kind_for, seen.beside)

        def people(kind: HeadcountKind) -> list[int]:
            blocks = None if chosen or block_id is not None else seen.against(kind)
            return sums.people if blocks is None else self._added(blocks, now)

        return Figures(tree, sums, self._ground(seen).measured(people), seen.kind_for)

    def _people(self, kind: HeadcountKind, seen: Seen) -> list[int]:
        """By place, whose rate of this kind it is."""
        blocks, loose = seen.blocks_of(kind)
        now = seen.view == View.NOW
        found, more = self._added(blocks, now), self._added(loose, now)
        if loose:
            theirs = {one: seen.kind_for(one) == kind for one in {node.kind for node in self.tree.nodes}}
            return [
                own + (extra if theirs[node.kind] else 0)
                for own, extra, node in zip(found, more, self.tree.nodes, strict=True)
            ]
        return found

    def _added(self, block_ids: list[int], now: bool) -> list[int]:
        """By place, the people of some blocks."""
        columns = [self._sums(one, now).people for one in block_ids]
        return [sum(parts) for parts in zip(*columns, strict=True)] if columns else [0] * len(self.tree.nodes)

    def _ground(self, seen: Seen) -> Ground:
        if seen not in self.grounds:
            heads = self.headcounts
            if seen.view == View.NOW:
                heads = seen_as.headcounts_now(heads, self.heirs, self.day)
            carried = seen_as.carried(self.tree, () if seen.view == View.NOW else self.heirs, self.day)
            self.grounds[seen] = Ground.of(self.tree, heads, seen.kind_for, carried)
        return self.grounds[seen]

    def _sums(self, block_id: int | None, now: bool) -> Sums:
        if now and self.heirs:
            return summed(self.tree, seen_as.moved(self.direct.get(block_id, {}), self.heirs))
        if block_id not in self.sums:
            self.sums[block_id] = summed(self.tree, self.direct.get(block_id, {}))
        return self.sums[block_id]


# By the address of the database: a program may look into more than one.
_trees: Held[str, tuple[int | None, Tree]] = Held(4)
_headcounts: Held[tuple[str, int | None, date], Mapping[tuple[int, str], int]] = Held(8)
_snapshots: Held[tuple[str, str, int], Snapshot] = Held(40)


def forget() -> None:
    """Forget everything kept: only tests empty tables under a running program."""
    for kept in (_trees, _headcounts, _snapshots):
        kept.held.clear()


def read(subject: Subject, now: datetime) -> Snapshot:
    """The numbers as they are now; two statements where nothing has changed."""
    place, day = queries.database(), subject.day(now)
    # Stamps before what they stand for: what changes in between is then read once more, never missed.
    stamp = tree_stamp.current()
    states = queries.states([one.id for one in subject.rounds])
    held = _snapshots.get((place, *subject.key))
    if held is not None and (held.tree_stamp, held.states, held.day) == (stamp, states, day):
        return held
    tree, headcounts = _tree(place, stamp), _headcounts_of(place, stamp, day)
    direct, sums = _numbers(subject, held, states, tree)
    same, heirs = held is not None and held.states == states, change_queries.heirs()
    snapshot = Snapshot(
        tree=tree,
        tree_stamp=stamp,
        headcounts=headcounts,
        day=day,
        states=states,
        direct=direct,
        scores=held.scores if held and same else queries.scores(list(states)),
        hours=held.hours if held and same else queries.hours(list(states)),
        topics=held.topics if held and same else topic_queries.topics(list(states)),
        sums=sums,
        heirs=heirs,
        names=change_queries.names_on(day),
        grounds=held.grounds if held and _same_ground(held, tree, headcounts, heirs) else {},
    )
    return _snapshots.put((place, *subject.key), snapshot)


def _same_ground(
    held: Snapshot, tree: Tree, headcounts: Mapping[tuple[int, str], int], heirs: Sequence[Heirs]
) -> bool:
    return held.tree is tree and held.headcounts is headcounts and list(held.heirs) == list(heirs)


def _numbers(
    subject: Subject, held: Snapshot | None, states: Mapping[int, RoundState], tree: Tree
) -> tuple[Direct, dict[int | None, Sums]]:
    """Direct numbers and the sums made so far; only rows of later versions are read, where some are held."""
    if held is None or held.states.keys() != states.keys():
        return _all_rows(subject), {}
    new = _rows(subject, held.version) if held.states != states else []
    direct, grown = _with((held.direct, {}), new)
    if held.tree is not tree:
        return direct, {}
    sums = {
        block_id: sums.grown(tree, grown.get(block_id, ()), direct[block_id])
        for block_id, sums in held.sums.items()
        if block_id in direct
    }
    return direct, sums


def _tree(place: str, stamp: int | None) -> Tree:
    kept = _trees.get(place)
    if kept is not None and kept[0] == stamp and stamp is not None:
        return kept[1]
    return _trees.put(place, (stamp, Tree.of(queries.nodes())))[1]


def _headcounts_of(place: str, stamp: int | None, day: date) -> Mapping[tuple[int, str], int]:
    kept = _headcounts.get((place, stamp, day))
    return kept if kept is not None else _headcounts.put((place, stamp, day), units.headcounts_on(day))


def _all_rows(subject: Subject) -> Direct:
    """The direct numbers, by block and (under None) of all blocks."""
    return _with(({None: {}}, {}), _rows(subject, 0))[0]


def _rows(subject: Subject, since: int) -> list[TallyRow]:
    kind, subject_id = subject.key
    rows = queries.tallies if kind == "round" else queries.contest_tallies
    return rows(subject_id, since=since)


def _with(
    known: tuple[Direct, Grown], rows: Iterable[TallyRow]
) -> tuple[dict[int | None, dict[int, Tally]], Grown]:
    """Direct numbers with some rows put over them, and by how much each unit of each block has grown."""
    found = {block_id: dict(tallies) for block_id, tallies in known[0].items()}
    grown = known[1]
    everybody = found[None]
    for row in rows:
        mine = found.setdefault(row.block_id, {})
        before, all_before = mine.get(row.unit_id, Tally()), everybody.get(row.unit_id, Tally())
        people, attempts = row.tally.people - before.people, row.tally.attempts - before.attempts
        mine[row.unit_id] = row.tally
        everybody[row.unit_id] = Tally(all_before.people + people, all_before.attempts + attempts)
        for block_id in (row.block_id, None):
            grown.setdefault(block_id, []).append((row.unit_id, people, attempts))
    return found, grown
