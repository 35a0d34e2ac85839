"""How far calls have come, counted by the database: for first pages, where no single unit is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from contest.database import db
from contest.reports import queries
from contest.reports.models import Report, ReportCall
from contest.reports.queries import CallLine
from contest.rules import reporting
from contest.rules.reporting import State
from contest.units.models import Unit


@dataclass(frozen=True)
class Progress:
    """Of the units asked below one's own: how many there are, how many reports arrived, how many of them late."""

    line: CallLine
    asked: int
    arrived: int
    late: int

    @property
    def missing(self) -> int:
        return self.asked - self.arrived


def progress(lines: Sequence[CallLine], within: str | None) -> list[Progress]:
    """Of each call, in their order; three statements, however many. `within`: strictly below this unit."""
    if not lines:
        return []
    first = reporting.first_level(*queries.tops())
    per_depth, arrived = _units_per_depth(within), _arrived([line.call.id for line in lines], first, within)
    found = []
    for line in lines:
        depths = (depth for depth in per_depth if reporting.is_asked(depth, first, line.call.levels))
        asked = sum(per_depth[depth] for depth in depths)
        found.append(Progress(line, asked, *arrived.get(line.call.id, (0, 0))))
    return found


def _units_per_depth(within: str | None) -> dict[int, int]:
    statement = select(Unit.depth, func.count()).where(Unit.closed_at.is_(None)).group_by(Unit.depth)
    if within is not None:
        statement = statement.where(Unit.path.startswith(within, autoescape=True), Unit.path != within)
    return {depth: count for depth, count in db.session.execute(statement)}  # noqa: C416 -- rows are not pairs


def _arrived(call_ids: list[int], first: int, within: str | None) -> dict[int, tuple[int, int]]:
    late = func.count().filter(Report.first_sent_at > ReportCall.due_at)
    statement = (
        select(Report.call_id, func.count(), late)
        .join(ReportCall, ReportCall.id == Report.call_id)
        .join(Unit, Unit.id == Report.unit_id)
        .where(
            Report.call_id.in_(call_ids),
            Report.state.in_((State.SENT, State.APPROVED)),
            Unit.closed_at.is_(None),
            Unit.depth >= first,
            Unit.depth < first + ReportCall.levels,
        )
        .group_by(Report.call_id)
    )
    if within is not None:
        statement = statement.where(Unit.path.startswith(within, autoescape=True), Unit.path != within)
    return {call_id: (arrived, late) for call_id, arrived, late in db.session.execute(statement)}
