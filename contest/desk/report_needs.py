"""What reports ask of whom: to send one's own, to decide on those of units below, to remind who is late."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from contest.clock import VIETNAM
from contest.desk.needs import Need
from contest.language import _
from contest.permissions import Actor
from contest.reports import progress_queries, queries
from contest.reports.models import Report
from contest.reports.progress_queries import Progress
from contest.reports.queries import CallLine
from contest.rules import reporting
from contest.rules.reporting import State
from contest.units.models import Unit

# A deadline longer ago is looked up on the page of reports.
REMEMBERED = timedelta(days=30)
PRESSING = timedelta(hours=48)


def of_reports(actor: Actor, own: Unit | None, now: datetime) -> Iterable[Need]:
    """Everything about reports that waits for this person; at most six statements."""
    lines = queries.calls_due(now - REMEMBERED)
    if not lines:
        return
    if own is not None:
        mine = queries.reports_of_unit(own.id, [line.call.id for line in lines])
        first = reporting.first_level(*queries.tops())
        for line in lines:
            report = mine.get(line.call.id)
            if report or reporting.is_asked(own.depth, first, line.call.levels):
                yield from _of_own(line, report, own, now)
    yield from _of_waiting(queries.count_awaiting(actor.unit_path))
    over = [line for line in lines if line.call.due_at < now]
    for one in progress_queries.progress(over, actor.unit_path, actor.unit_id):
        yield from _of_missing(one)


def _at(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def _of_own(line: CallLine, report: Report | None, own: Unit, now: datetime) -> Iterable[Need]:
    state = State(report.state) if report is not None else None
    if not reporting.is_written(state):
        return
    said = {"name": line.call.name, "at": _at(line.call.due_at)}
    values = {"call_id": line.call.id, "unit_id": own.id}
    if state is State.RETURNED:
        text, kind = _("“%(name)s” được trả lại để sửa.", name=line.call.name), "now"
    elif line.call.due_at < now:
        text, kind = _("“%(name)s” chưa gửi, đã quá hạn lúc %(at)s.", **said), "now"
    else:
        text = _("“%(name)s” cần gửi trước %(at)s.", **said)
        kind = "now" if line.call.due_at - now < PRESSING else "soon"
    yield Need(kind, text, _("Mở báo cáo"), "reports.unit.show", values)


def _of_waiting(count: int) -> Iterable[Need]:
    if count:
        text = _("%(count)s báo cáo của đơn vị dưới chờ duyệt.", count=count)
        yield Need("now", text, _("Xem và duyệt"), "reports.index")


def _of_missing(one: Progress) -> Iterable[Need]:
    values: dict[str, object] = {"call_id": one.line.call.id}
    if one.missing:
        text = _(
            "“%(name)s”: %(count)s trên %(asked)s đơn vị quá hạn chưa gửi.",
            name=one.line.call.name,
            count=one.missing,
            asked=one.asked,
        )
        yield Need("now", text, _("Xem và nhắc"), "reports.reminders.show", values)
    if one.late:
        text = _("“%(name)s”: %(count)s đơn vị gửi muộn.", name=one.line.call.name, count=one.late)
        yield Need("soon", text, _("Xem"), "reports.call", values | {"show": "late"})
