"""The reports of a call seen from one place in the tree: each unit's numbers, declared and counted, side by side.

A sight holds what is summed along the tree. The units themselves are put together when a page shows them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contest.participation.figures import Figure
from contest.participation.tree import Node, Tree
from contest.reports import count_queries, queries
from contest.reports.count_queries import CountRow
from contest.reports.models import Report
from contest.reports.queries import CallLine
from contest.reports.seen import Seen, seen
from contest.rules import reporting
from contest.rules.counting import Tally
from contest.rules.report_check import Counted, Situation
from contest.rules.reporting import Covers, Line, Offline, Punctuality, State, Way


@dataclass(frozen=True)
class UnitSight:
    """A unit in a call. `figure` is the system's, with all below; `offline` what was declared, by way."""

    figure: Figure
    report: Report | None
    asked: bool
    punctuality: Punctuality
    offline: Mapping[Way, Offline]

    @property
    def state(self) -> State | None:
        """None where nobody has begun."""
        return State(self.report.state) if self.report is not None else None

    @property
    def declared(self) -> Tally:
        """People and attempts of all offline ways, each unit's counted once."""
        return sum((one.total for one in self.offline.values()), Tally())

    @property
    def people(self) -> int:
        """Seen online and declared offline."""
        return self.figure.tally.people + self.declared.people

    @property
    def unsettled(self) -> bool:
        """Whether it and a unit below declared the same way and nobody said if they are the same people."""
        return any(one.unsettled for one in self.offline.values())


@dataclass(frozen=True)
class Sight:
    """A call seen from a subtree (`within`; None: everything) at a moment.

    `tops` are the places of the units at its top, `first` the depth at which units begin to report, `declared`
    what was declared along the tree, by unit and way; units that nothing was declared for or below are not in it.
    """

    line: CallLine
    now: datetime
    seen: Seen
    within: str | None
    tops: tuple[int, ...]
    first: int
    declared: Mapping[int, Mapping[Way, Offline]]

    @property
    def tree(self) -> Tree:
        """Every unit, level by level."""
        return self.seen.figures.tree

    def node(self, place: int) -> Node:
        """The unit that stands there."""
        return self.tree.nodes[place]

    def place(self, unit_id: int) -> int | None:
        """Where a unit stands; None for one that is not to be seen from here."""
        found = self.tree.by_id.get(unit_id)
        return found if found is not None and self.node(found).path.startswith(self.within or "/") else None

    def asks(self, node: Node) -> bool:
        """Whether this unit has to report."""
        return not node.closed and reporting.is_asked(node.depth, self.first, self.line.call.levels)

    def offline(self, place: int) -> Mapping[Way, Offline]:
        """What was declared for a unit and those below it."""
        return self.declared.get(self.node(place).id, reporting.NOTHING)

    def shown(self, place: int) -> bool:
        """A unit that is no more is listed for what was handed in or declared for it."""
        return self.seen.figures.shown(place) or self.node(place).id in self.declared

    def at(self, place: int, report: Report | None) -> UnitSight:
        """A unit with its report."""
        node, due_at = self.node(place), self.line.call.due_at
        state = State(report.state) if report is not None else None
        first = report.first_sent_at if report is not None else None
        return UnitSight(
            self.seen.figures.at(place),
            report,
            self.asks(node),
            reporting.punctuality(state, first, due_at, self.now),
            self.offline(place),
        )


def sight(line: CallLine, within: str | None, now: datetime, draft_of: int | None = None) -> Sight:
    """The call as it stands. Only what was sent is added up, and the draft of the unit `draft_of`."""
    found = seen(line, now)
    tree, first = found.figures.tree, reporting.first_level(*queries.tops())
    tops = tree.roots if within is None else (tree.by_id[int(within.strip("/").rpartition("/")[2])],)
    lines = count_queries.sums(line.call.id, within, draft_of)
    return Sight(line, now, found, within, tops, first, _rolled_up(tree, lines, within or "/"))


def _rolled_up(tree: Tree, lines: Mapping[int, Sequence[Line]], within: str) -> dict[int, dict[Way, Offline]]:
    """Sums along the tree, up to the top of the subtree; costs what was declared."""
    parents: dict[int, int | None] = {}
    depths: dict[int, int] = {}
    for unit_id in lines:
        at: int | None = unit_id
        while at is not None and at not in parents:
            node = tree.nodes[tree.by_id[at]]
            above = node.parent_id if len(node.path) > len(within) else None
            parents[at], depths[at] = above, node.depth
            at = above
    return reporting.roll_up_declared(lines, parents, depths)


def of_places(found: Sight, places: Sequence[int]) -> list[UnitSight]:
    """The units that stand there, in this order, with their reports: what a page of a list shows."""
    ids = [found.node(place).id for place in places]
    reports = queries.reports_of(found.line.call.id, ids)
    return [found.at(place, reports.get(unit_id)) for place, unit_id in zip(places, ids, strict=True)]


def of_units(found: Sight, unit_ids: Collection[int]) -> list[UnitSight]:
    """The same by ids; what is not to be seen is left out."""
    places = (found.place(unit_id) for unit_id in unit_ids)
    return of_places(found, [place for place in places if place is not None])


def of_unit(found: Sight, unit_id: int) -> UnitSight:
    """One unit; raises KeyError for one that is not to be seen."""
    return found.at(found.tree.by_id[unit_id], queries.report(found.line.call.id, unit_id))


def everybody(found: Sight) -> Iterator[UnitSight]:
    """Every unit, parents before children: for a file or a frozen report."""
    reports = queries.reports(found.line.call.id, found.within)
    for place in _all_places(found):
        yield found.at(place, reports.get(found.node(place).id))


def _all_places(found: Sight) -> Iterable[int]:
    if found.within is None:
        return range(len(found.tree.nodes))
    return [one for top in found.tops for one in (top, *found.tree.below(top))]


def situation(found: Sight, unit_id: int) -> Situation:
    """What a unit's report is checked against. The sight includes its draft."""
    shown, line = of_unit(found, unit_id), found.line
    report = shown.report
    online = None
    if report is not None and report.online_people is not None:
        online = Tally(report.online_people, report.online_attempts or 0)
    return Situation(
        seen=shown.figure.tally,
        online=online,
        lines=[_counted(row) for row in count_queries.of_unit(line.call.id, unit_id)],
        offline=shown.declared,
        below={way: one.below for way, one in shown.offline.items()},
        headcount=shown.figure.rate.headcount,
        last=queries.last_people(line, unit_id),
        first_day=found.seen.first_day,
        last_day=found.seen.last_day,
    )


def _counted(row: CountRow) -> Counted:
    count = row.count
    return Counted(
        count.id,
        Way(count.way),
        count.held_on,
        Tally(count.people, count.attempts),
        Covers(count.covers),
        bool(row.proofs),
        count.repeated,
    )
