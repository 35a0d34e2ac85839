"""The reports of a call seen from one place in the tree: each unit's numbers, declared and counted, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contest.participation.figures import Figure, Tree
from contest.reports import queries
from contest.reports.models import Report
from contest.reports.queries import CallLine, CountRow
from contest.reports.seen import Seen, seen
from contest.rules import reporting
from contest.rules.counting import Tally
from contest.rules.report_check import Counted, Situation
from contest.rules.reporting import Covers, Line, Offline, Punctuality, State, Way

NOTHING_DECLARED: dict[Way, Offline] = {way: Offline() for way in Way}


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
    """A call seen from a subtree: every unit by id, parents before children."""

    line: CallLine
    seen: Seen
    units: dict[int, UnitSight]
    counts: dict[int, list[CountRow]]

    @property
    def asked(self) -> list[UnitSight]:
        """The units that have to report."""
        return [one for one in self.units.values() if one.asked]

    def below(self, unit_id: int) -> list[UnitSight]:
        """The units right below one, by name."""
        rows = (one for one in self.units.values() if one.figure.unit.parent_id == unit_id)
        return sorted(rows, key=lambda one: one.figure.unit.sort_key)


def sight(line: CallLine, within: str | None, now: datetime, draft_of: int | None = None) -> Sight:
    """The call as it stands. Only what was sent is added up, and the draft of the unit `draft_of`."""
    found = seen(line, now)
    places = _places(found.figures.tree, within)
    nodes = [found.figures.tree.nodes[place] for place in places]
    numbers = {found.figures.tree.nodes[place].id: found.figures.at(place) for place in places}
    reports, counts = queries.reports(line.call.id, within), queries.counts(line.call.id, within)
    lines = {
        unit_id: [_line(row) for row in rows]
        for unit_id, rows in counts.items()
        if unit_id == draft_of or not reporting.is_written(State(reports[unit_id].state))
    }
    parents = {node.id: node.parent_id for node in nodes}
    declared = reporting.roll_up_declared(lines, parents, {node.id: node.depth for node in nodes})
    first = reporting.first_level(*queries.tops())
    shown = {
        node.id: UnitSight(
            numbers[node.id],
            reports.get(node.id),
            not node.closed and reporting.is_asked(node.depth, first, line.call.levels),
            _punctuality(reports.get(node.id), line, now),
            declared.get(node.id, NOTHING_DECLARED),
        )
        for node in nodes
    }
    return Sight(line, found, shown, counts)


def _places(tree: Tree, within: str | None) -> Sequence[int]:
    """The places of a subtree, parents before children; of the whole tree for None."""
    if within is None:
        return range(len(tree.nodes))
    top = tree.by_id[int(within.strip("/").rpartition("/")[2])]
    return [top, *tree.below(top)]


def _line(row: CountRow) -> Line:
    tally = Tally(row.count.people, row.count.attempts)
    return Line(Way(row.count.way), tally, Covers(row.count.covers))


def _punctuality(report: Report | None, line: CallLine, now: datetime) -> Punctuality:
    state = State(report.state) if report is not None else None
    first = report.first_sent_at if report is not None else None
    return reporting.punctuality(state, first, line.call.due_at, now)


def situation(found: Sight, unit_id: int) -> Situation:
    """What a unit's report is checked against. The sight includes its draft."""
    shown, line = found.units[unit_id], found.line
    report = shown.report
    online = None
    if report is not None and report.online_people is not None:
        online = Tally(report.online_people, report.online_attempts or 0)
    return Situation(
        seen=shown.figure.tally,
        online=online,
        lines=[_counted(row) for row in found.counts.get(unit_id, [])],
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
        row.proof is not None,
    )
