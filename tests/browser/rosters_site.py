"""Staff lists for the small contest: people listed, found, waiting to be confirmed, and a file on its way in."""

import io
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from contest import jobs
from contest.database import db
from contest.duplicates import due as duplicates
from contest.duplicates.models import DuplicatePair
from contest.jobs import JobState, Wanted
from contest.people.models import Entry
from contest.rosters import due, passes, working
from contest.rosters.models import Pass, RosterUpload
from contest.units.models import Unit
from tests.browser.small_site import Filling

LIST = """STT;Mã cán bộ;Họ và tên;Ngày sinh;Số điện thoại;Phòng ban;Số CCCD
1;00012;Nguyễn Thị Hồng Ánh;08/03/1990;0900000001;Văn phòng Hội đồng nhân dân và Ủy ban nhân dân;0
2;00013;Trần Văn Bình;1985;0900000002;Trung tâm Phục vụ hành chính công;0
3;00014;Lê Đình Cường;31/12/1979;;Phòng Kinh tế, Hạ tầng và Đô thị;0
4;15;Huyền Tôn Nữ Thị Nguyệt Quế;01/01/1975;0900000004;;0
"""
CHANGED = (
    LIST.replace("0900000002", "0900000022").replace("01/01/1975", "45/13/1975").replace("3;00014", "3;14")
)


@dataclass(frozen=True)
class RosterSite:
    """What the example addresses of lists name."""

    upload_id: int
    job_id: int
    secret: str
    pair_id: int


def fill(filling: Filling) -> RosterSite:
    """Take a list in for the ward, match it with who entered, and leave a changed file in preview."""
    path = f"/desk/rosters/{filling.contest.id}/upload"
    assert _sent(filling, path, LIST) == 302
    preview = f"/desk/rosters/files/{filling.newest(RosterUpload.id)}"
    assert filling.organiser.post(f"{preview}/confirm", page=preview).status == 302
    with filling.app.app_context():
        due.seek_new(filling.make.now)
    assert _sent(filling, path, CHANGED) == 302
    upload_id = filling.newest(RosterUpload.id)
    return RosterSite(upload_id, _long_work(filling, filling.make.now), _pass(filling), _pair(filling))


def _pair(filling: Filling) -> int:
    """Somebody who entered twice with one phone."""
    with filling.app.app_context():
        unit = db.session.scalar(select(Unit).where(Unit.code == "EVERY1"))
    for _ in range(2):
        entry = filling.make.entry(filling.contest, "Huyền Tôn Nữ Thị Nguyệt Quế", unit)
        with filling.make.writing():
            db.session.get_one(Entry, entry.id).phone = "0900000077"
    with filling.app.app_context():
        duplicates.find_new(filling.make.now)
        return db.session.scalars(select(DuplicatePair.id).order_by(DuplicatePair.id.desc())).first() or 0


def _sent(filling: Filling, path: str, content: str) -> int:
    file = (io.BytesIO(content.encode()), "Danh sách cán bộ phường Sen Hồng năm 2026.csv")
    return filling.sent(path, path, unit="EVERY1", file=file)


def _pass(filling: Filling) -> str:
    """The secret of somebody's pass, once passes for the list were printed."""
    page = f"/desk/rosters/{filling.contest.id}"
    assert filling.sent(f"{page}/passes", page) == 200
    row_id = filling.newest(Pass.row_id)
    return passes.token(row_id, 1, str(filling.app.secret_key).encode())


def _long_work(filling: Filling, now: datetime) -> int:
    """A long list whose reading came to nothing; the page says why."""
    with filling.make.writing():
        staff_id = db.session.scalar(select(RosterUpload.staff_id))
        job = jobs.ask_for(Wanted(working.READ, 0, filling.contest.id), now, (staff_id, "Ban tổ chức"))
        job.state, job.finished_at = JobState.FAILED, now
        job.error_vi, job.error_en = "Tệp bị hỏng.", "The file is damaged."
        db.session.flush()
        return job.id
