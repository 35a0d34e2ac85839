"""Reminding the units whose reports are missing: whom, with which words, and not too often."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from contest import history, mail
from contest.contests.moments import spoken_end
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.mail import Draft
from contest.paging import Page, page_of
from contest.permissions import Actor
from contest.reports import progress_queries, queries
from contest.reports.queries import CallLine
from contest.rules import reporting
from contest.rules.reporting import Punctuality, State
from contest.staff.models import StaffMember
from contest.units.models import Unit

PURPOSE = "report:remind"
# Whoever was written to is not written to again for so long.
REST = timedelta(hours=12)
A_PORTION = 500


@dataclass(frozen=True)
class Coordinator:
    """Somebody who answers for a unit."""

    name: str
    email: str


@dataclass(frozen=True)
class Overdue:
    """A unit that has to report and has not: who answers for it, and when they were last reminded."""

    unit: Unit
    state: State | None
    punctuality: Punctuality
    coordinators: list[Coordinator]
    reminded_at: datetime | None


def overdue(line: CallLine, actor: Actor, now: datetime, wanted: str | None) -> Page[Overdue]:
    """A page of the units below one's own whose report is not there, by name; before the deadline too."""
    page = page_of(_not_there(line, actor), wanted)
    return Page(_overdue(line, page.rows, now), page.number, page.total, page.size)


def everybody_overdue(line: CallLine, actor: Actor, now: datetime) -> Iterator[Overdue]:
    """All of them, read in portions: for the file."""
    ids = list(db.session.scalars(_not_there(line, actor)))
    for start in range(0, len(ids), A_PORTION):
        yield from _overdue(line, ids[start : start + A_PORTION], now)


def _not_there(line: CallLine, actor: Actor) -> Select[int]:
    return progress_queries.not_there(line, actor.unit_path, actor.unit_id)


def _overdue(line: CallLine, unit_ids: Sequence[int], now: datetime) -> list[Overdue]:
    units = {one.id: one for one in db.session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))}
    reports = queries.reports_of(line.call.id, unit_ids)
    people, written = _coordinators(unit_ids), mail.written(PURPOSE, line.call.id, unit_ids)
    found = []
    for unit_id in unit_ids:
        report = reports.get(unit_id)
        state = State(report.state) if report is not None else None
        stands = reporting.punctuality(state, None, line.call.due_at, now)
        found.append(Overdue(units[unit_id], state, stands, people.get(unit_id, []), written.get(unit_id)))
    return found


def _coordinators(unit_ids: Sequence[int]) -> dict[int, list[Coordinator]]:
    found: dict[int, list[Coordinator]] = defaultdict(list)
    statement = select(StaffMember.unit_id, StaffMember.name, StaffMember.email).where(
        StaffMember.unit_id.in_(unit_ids), StaffMember.closed_at.is_(None)
    )
    for unit_id, name, email in db.session.execute(statement.order_by(StaffMember.id)):
        found[unit_id or 0].append(Coordinator(name, email))
    return found


def to_write_to(line: CallLine, actor: Actor, now: datetime) -> Select[int | None, str]:
    """Unit and address of every coordinator whose unit's report is not there and who was not written to lately."""
    rested = mail.written_since(PURPOSE, line.call.id, now - REST)
    return (
        select(StaffMember.unit_id, StaffMember.email)
        .where(
            StaffMember.unit_id.in_(_not_there(line, actor).order_by(None)),
            StaffMember.closed_at.is_(None),
            StaffMember.unit_id.not_in(rested),
        )
        .order_by(StaffMember.id)
    )


def count_to_write_to(line: CallLine, actor: Actor, now: datetime) -> int:
    """How many letters would go; one statement."""
    waiting = to_write_to(line, actor, now).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def message(line: CallLine, address: str) -> str:
    """The words to send on, by letter or by hand. In Vietnamese: coordinators of units read it."""
    about = line.round.name if line.round else "cả cuộc thi"
    return (
        "Kính gửi đầu mối đơn vị,\n\n"
        f"Báo cáo “{line.call.name}” ({about}, {line.contest.name}) của đơn vị chưa được gửi. "
        f"Hạn gửi: {spoken_end(line.call.due_at)}.\n\n"
        f"Mời đơn vị mở trang sau, xem số hệ thống đếm được, khai thêm các buổi thi ngoài hệ thống nếu có rồi gửi:\n"
        f"{address}\n\n"
        f"Trân trọng,\n{line.contest.organiser}\n"
    )


def remind(line: CallLine, address: str, now: datetime, by: Actor) -> int:
    """Leave a letter for every coordinator who was not written to lately; returns how many letters."""
    if mail.smtp() is None:
        raise Refusal(_("Chưa cài máy chủ thư. Hãy chép lời nhắc hoặc tải danh sách để gửi bằng cách khác."))
    title, words = f"Nhắc gửi báo cáo: {line.call.name}", message(line, address)
    rows = db.session.execute(to_write_to(line, by, now))
    drafts = [Draft(unit_id, email, title, words) for unit_id, email in rows]
    if not drafts:
        raise Refusal(
            _(
                "Không có ai để nhắc: các đơn vị chưa có đầu mối, hoặc vừa được nhắc trong 12 giờ qua. Hãy gọi trực tiếp."
            )
        )
    mail.post(PURPOSE, line.call.id, drafts, now, by.signature)
    subject = ("report_call", line.call.id, line.call.name)
    history.record(by.signature, PURPOSE, subject, now, f"{len(drafts)} thư")
    return len(drafts)
