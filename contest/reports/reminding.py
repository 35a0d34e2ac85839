"""Reminding the units whose reports are missing: whom, with which words, and not too often."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from contest import history, mail
from contest.contests.moments import spoken_end
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.mail import Draft
from contest.permissions import Actor
from contest.reports import gathering
from contest.reports.gathering import UnitSight
from contest.reports.queries import CallLine
from contest.rules import reporting
from contest.staff.models import StaffMember

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

    sight: UnitSight
    coordinators: list[Coordinator]
    reminded_at: datetime | None

    def rests(self, now: datetime) -> bool:
        """Whether the last letter is too fresh for another."""
        return self.reminded_at is not None and now - self.reminded_at < REST


def overdue(line: CallLine, actor: Actor, now: datetime) -> list[Overdue]:
    """The units below one's own whose report is not there, by name; before the deadline too."""
    found = gathering.sight(line, actor.unit_path, now)
    missing = [
        one for one in found.asked if one.figure.unit.id != actor.unit_id and reporting.is_written(one.state)
    ]
    missing.sort(key=lambda one: one.figure.unit.sort_key)
    people = _coordinators([one.figure.unit.id for one in missing])
    written = mail.written(PURPOSE, line.call.id)
    return [
        Overdue(one, people.get(one.figure.unit.id, []), written.get(one.figure.unit.id)) for one in missing
    ]


def _coordinators(unit_ids: Collection[int]) -> dict[int, list[Coordinator]]:
    wanted = sorted(unit_ids)
    found: dict[int, list[Coordinator]] = defaultdict(list)
    for start in range(0, len(wanted), A_PORTION):
        statement = (
            select(StaffMember.unit_id, StaffMember.name, StaffMember.email)
            .where(
                StaffMember.unit_id.in_(wanted[start : start + A_PORTION]), StaffMember.closed_at.is_(None)
            )
            .order_by(StaffMember.id)
        )
        for unit_id, name, email in db.session.execute(statement):
            found[unit_id or 0].append(Coordinator(name, email))
    return found


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


def remind(line: CallLine, rows: Collection[Overdue], address: str, now: datetime, by: Actor) -> int:
    """Leave a letter for every coordinator who was not written to lately; returns how many letters."""
    if mail.smtp() is None:
        raise Refusal(_("Chưa cài máy chủ thư. Hãy chép lời nhắc hoặc tải danh sách để gửi bằng cách khác."))
    due = [row for row in rows if not row.rests(now)]
    drafts = [
        Draft(
            row.sight.figure.unit.id, one.email, f"Nhắc gửi báo cáo: {line.call.name}", message(line, address)
        )
        for row in due
        for one in row.coordinators
    ]
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
