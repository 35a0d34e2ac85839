"""How far calls have come, counted and listed by the database: a page costs what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from contest.database import db
from contest.reports import queries
from contest.reports.models import Report, ReportCall
from contest.reports.queries import CallLine
from contest.rules import reporting
from contest.rules.reporting import Punctuality, State
from contest.units.models import Unit

ARRIVED = (State.SENT, State.APPROVED)


@dataclass(frozen=True)
class Progress:
    """Of the units asked: how many there are, how many reports arrived, were approved, came late."""

    line: CallLine
    asked: int
    arrived: int = 0
    approved: int = 0
    late: int = 0

    @property
    def missing(self) -> int:
        """How many reports are not there."""
        return self.asked - self.arrived

    def overdue(self, now: datetime) -> int:
        """How many are not there although their time is over."""
        return self.missing if now > self.line.call.due_at else 0


def progress(lines: Sequence[CallLine], within: str | None, own: int | None = None) -> list[Progress]:
    """Of each call, in their order; three statements, however many.

    `within`: the units of this subtree; `own`: without this unit, whose report is not its own affair.
    """
    if not lines:
        return []
    first = reporting.first_level(*queries.tops())
    scope = _scope(within, own)
    per_depth, arrived = _units_per_depth(scope), _arrived([line.call.id for line in lines], first, scope)
    found = []
    for line in lines:
        depths = (depth for depth in per_depth if reporting.is_asked(depth, first, line.call.levels))
        asked = sum(per_depth[depth] for depth in depths)
        found.append(Progress(line, asked, *arrived.get(line.call.id, (0, 0, 0))))
    return found


def listed(line: CallLine, show: str, within: str | None, own: int | None, now: datetime) -> Select[int]:
    """Ids of the units of a subtree that stand so (a State or a Punctuality), by name; `own` is left out."""
    call, passed = line.call, now > line.call.due_at
    there = Report.state.in_(ARRIVED)
    absent = and_(_is_asked(line), or_(Report.id.is_(None), ~there))
    nobody = Unit.id.is_(None)
    conditions: dict[str, ColumnElement[bool]] = {
        Punctuality.LATE: and_(there, Report.first_sent_at > call.due_at),
        Punctuality.MISSING: absent if passed else nobody,
        Punctuality.AWAITED: nobody if passed else absent,
    }
    wanted = conditions.get(show, Report.state == show)
    return _with_reports(line).where(wanted, *_scope(within, own)).order_by(Unit.sort_key, Unit.id)


def not_there(line: CallLine, within: str | None, own: int | None) -> Select[int]:
    """Ids of the units asked whose report is not there, whether its time is over or not, by name."""
    absent = or_(Report.id.is_(None), Report.state.not_in(ARRIVED))
    statement = _with_reports(line).where(_is_asked(line), absent, *_scope(within, own))
    return statement.order_by(Unit.sort_key, Unit.id)


def _with_reports(line: CallLine) -> Select[int]:
    of_call = and_(Report.unit_id == Unit.id, Report.call_id == line.call.id)
    return select(Unit.id).select_from(Unit).outerjoin(Report, of_call)


def _is_asked(line: CallLine) -> ColumnElement[bool]:
    first = reporting.first_level(*queries.tops())
    return and_(Unit.closed_at.is_(None), Unit.depth >= first, Unit.depth < first + line.call.levels)


def _scope(within: str | None, own: int | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if within is not None:
        found.append(Unit.path.startswith(within, autoescape=True))
    if own is not None:
        found.append(Unit.id != own)
    return found


def _units_per_depth(scope: Sequence[ColumnElement[bool]]) -> dict[int, int]:
    statement = select(Unit.depth, func.count()).where(Unit.closed_at.is_(None), *scope).group_by(Unit.depth)
    return {depth: count for depth, count in db.session.execute(statement)}  # noqa: C416 -- rows are not pairs


def _arrived(
    call_ids: list[int], first: int, scope: Sequence[ColumnElement[bool]]
) -> dict[int, tuple[int, int, int]]:
    signed_off = func.count().filter(Report.state == State.APPROVED)
    after_time = func.count().filter(Report.first_sent_at > ReportCall.due_at)
    statement = (
        select(Report.call_id, func.count(), signed_off, after_time)
        .join(ReportCall, ReportCall.id == Report.call_id)
        .join(Unit, Unit.id == Report.unit_id)
        .where(
            Report.call_id.in_(call_ids),
            Report.state.in_(ARRIVED),
            Unit.closed_at.is_(None),
            Unit.depth >= first,
            Unit.depth < first + ReportCall.levels,
            *scope,
        )
        .group_by(Report.call_id)
    )
    return {
        call_id: (there, approved, late) for call_id, there, approved, late in db.session.execute(statement)
    }
