"""A small contest with something on every page: rounds over, open, to come and being written, and their people."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from contest import chores, jobs
from contest.attempts import handing_over
from contest.attempts.models import Answer, Attempt
from contest.banks import pictures, reading
from contest.banks.models import BankImport, DraftQuestion, Question, QuestionVersion
from contest.contests.models import Contest, Round
from contest.database import db
from contest.events.models import Door, Event, HelperLink
from contest.jobs import JobState, Wanted
from contest.learning.models import ReadingFile
from contest.people.models import Entry
from contest.people.words import UNNAMED
from contest.permissions import Role
from contest.reports.models import ReportCall, ReportCount, ReportEvidence
from contest.reports.snapshot_models import ReportSnapshot
from contest.results.models import Sheet
from contest.units import working as unit_work
from contest.units.models import UnitImport
from contest.web import identity
from tests.browser.every_page import Site
from tests.conftest import Browser
from tests.features.test_banks_drafts import FILE, upload, word
from tests.features.test_people import form_on
from tests.features.test_pictures import png
from tests.making import PASSWORD, Make
from tests.taking_part import take_part

if TYPE_CHECKING:
    from tests.browser.conftest import Server

UNITS = """Mã;Tên đơn vị;Mã cấp trên;Loại;Số cán bộ
EVERY9;Trường Trung học phổ thông Lý Thường Kiệt;EVERY;Trường học;86
EVERY1;Phường Sen Hồng Thượng;EVERY;Xã, phường;60
;Đơn vị thiếu mã;EVERY;Xã, phường;12
"""
PEOPLE = (
    "Nguyễn Thị Hồng Ánh",
    "Trần Văn Bình",
    "Lê Đình Cường",
    "Phạm Thùy Dung",
    "Đỗ Hữu Đạt",
    "Vũ Khánh Vân",
)
CARRIED = "the-link-to-a-browser."
EVENT = {
    "name": "Ngày hội công dân số phường Sen Hồng",
    "kind": "festival",
    "place": "Nhà văn hóa phường Sen Hồng",
    "starts_at": "20/11/2026 08:00",
    "ends_at": "20/11/2026 11:00",
    "host": "EVERY1",
}


class Filling:
    """Makes everything once, partly in the tables and partly through the organiser's pages."""

    def __init__(self, server: "Server") -> None:
        self.app: Flask = server.app
        self.make = Make(server.app, datetime.now(UTC))
        self.make.serial = server.make.serial
        self.province = self.make.unit("Tỉnh An Bình", kind="province", code="EVERY", officials=40)
        self.ward = self.make.unit(
            "Phường Sen Hồng", self.province, code="EVERY1", officials=52, residents=18400
        )
        self.make.unit("Xã Vĩnh Thái Hòa", self.province, code="EVERY2", officials=3)
        self.contest = self.make.contest("moi-trang")
        self.bank = self.make.bank(12, "Ngân hàng câu hỏi của mọi trang")
        self.organiser = self.signed_in(Role.ORGANISER)

    def signed_in(self, role: Role) -> Browser:
        """A staff member of this role, in a browser without a screen."""
        member = self.make.staff(role, unit_id=self.ward.id if role is Role.COORDINATOR else None)
        browser = Browser(self.app.test_client())
        assert browser.post("/sign-in", email=member.email, password=PASSWORD).status == 302
        return browser

    def rounds(self) -> tuple[Round, Round, Round, Round]:
        """One that is over, an open one, one to come, one that is being written."""
        day = timedelta(days=1)
        more = {"attempts": 2, "prediction": "people", "contest": self.contest, "bank": self.bank}
        past = self.make.round(code="DA2QUA", opens=-8 * day, closes=-day, name="Đợt 1", **more)
        running = self.make.round(code="DANGM2", name="Đợt 2", **more)
        coming = self.make.round(code="SAPM22", opens=day, closes=8 * day, name="Đợt 3", **more)
        draft = self.make.round(
            code="NHAP22",
            opens=9 * day,
            closes=16 * day,
            name="Đợt 4",
            papers=0,
            papers_wanted=300,
            published_at=None,
            **more,
        )
        return past, running, coming, draft

    def people(self, past: Round, running: Round) -> tuple[Attempt, Attempt, Attempt]:
        """People take part; gives the first one's two attempts, and one that is under way."""
        entries = [
            self.make.entry(self.contest, name, self.ward if n % 2 else self.province, block=1 + n % 2)
            for n, name in enumerate(PEOPLE)
        ]
        attempts = [
            take_part(
                self.make, past, entry, score=5 - n // 2, seconds=100 + n, prediction="6", unit=self.ward
            )
            for n, entry in enumerate(entries)
        ]
        just_now = take_part(
            self.make, running, entries[0], score=3, after=timedelta(minutes=40), prediction="7"
        )
        under_way = take_part(self.make, running, entries[1], after=timedelta(minutes=59), handed_in=False)
        for attempt in (attempts[0], under_way):
            self.answer(attempt)
        with self.make.writing():
            handing_over.offer(under_way, CARRIED, datetime.now(UTC))
        return attempts[0], just_now, under_way

    def answer(self, attempt: Attempt) -> None:
        """The first three questions, with what stands first."""
        with self.make.writing():
            for position in (1, 2, 3):
                values = {
                    "response": "0",
                    "revision": 1,
                    "flagged": position == 2,
                    "saved_at": attempt.started_at,
                }
                self.make.add(Answer(attempt_id=attempt.id, position=position, **values))

    def answering_first(self) -> tuple[Round, Attempt]:
        """A round whose people answer before they say who they are, and one of them who has not yet."""
        asked = {"birth_date": True, "phone": True, "address": False, "unit": False, "second_unit": False}
        contest = self.make.contest("lam-bai-truoc", fields=asked)
        with self.make.writing():
            db.session.get_one(Contest, contest.id).answer_first = True
        running = self.make.round(contest, self.bank, code="EVERY7", attempts=2)
        entry = self.make.entry(contest, UNNAMED, block=2, ranked=False, publishes_name=False)
        with self.make.writing():
            db.session.get_one(Entry, entry.id).anonymous = True
        attempt = take_part(self.make, running, entry, score=4)
        with self.make.writing():
            db.session.get_one(Attempt, attempt.id).anonymous = True
        return running, attempt

    def results(self, past: Round) -> None:
        """The standings of the round that is over, reviewed and published."""
        with self.app.app_context():
            chores.run_once()
            sheet_id = db.session.scalar(select(Sheet.id).where(Sheet.round_id == past.id))
        page = f"/desk/results/{past.id}"
        assert self.organiser.post(f"/desk/results/sheets/{sheet_id}/publish", page=page).status == 302

    def event(self, running: Round) -> None:
        """An event, and a poster for a unit."""
        page = f"/desk/events/rounds/{running.id}"
        assert self.organiser.post(f"{page}/new", **EVENT).status == 302
        assert self.sent(f"{page}/unit-posters", page, units="EVERY1") == 200

    def table(self, event_id: int) -> str:
        """A volunteer's table at the event, which is moved to now."""
        with self.make.writing():
            event = db.session.get_one(Event, event_id)
            event.starts_at, event.ends_at = self.make.now, self.make.now + timedelta(hours=3)
            link = HelperLink(
                token="a-table-of-every-page",
                event_id=event_id,
                label="Bàn 1, chị Lan",
                created_at=self.make.now,
            )
            self.make.add(link)
            return link.token

    def at_table(self, token: str, *, seated: bool) -> dict[str, str]:
        """The cookies of a tablet that stands on the table, with or without somebody at it."""
        tablet = Browser(self.app.test_client())
        tablet.post(f"/help/{token}/next", page=f"/help/{token}")
        if seated:
            path = f"/help/{token}/person"
            typed = {"name": "Nguyễn Thị Bảy", "birth_year": "1948", "unit": "EVERY1", "block": "1"}
            block = re.search(r'name="block"[^>]*value="(\d+)"', tablet.get(path).text)
            typed["block"] = block[1] if block else ""
            answer = tablet.post(path, take_part="y", **typed, **form_on(tablet, path))
            assert answer.status == 302, answer.words()
        held = ((name, tablet.client.get_cookie(name)) for name in ("hoi_thi", identity.COOKIE))
        return {name: cookie.value for name, cookie in held if cookie is not None}

    def learning(self) -> tuple[int, str, int, str]:
        """A reading page with a picture, and a set to practise on; gives ids and tokens of both."""
        desk = f"/desk/contests/{self.contest.id}/learning"
        text = "## Bộ phận Một cửa\n\nTiếp nhận và trả kết quả.\n\n![Sơ đồ](so-do.png)\n\n| Cấp | Nơi |\n|---|---|\n| Xã | Trung tâm |"
        made = self.organiser.post(
            f"{desk}/new", title="Cơ chế một cửa, một cửa liên thông", text=text, topics="Thủ tục"
        )
        page_id = int(made.location.rpartition("/")[2])
        page = f"/desk/learning/pages/{page_id}"
        assert self.sent(f"{page}/files", page, file=(io.BytesIO(png()), "Sơ đồ.png")) == 302
        assert self.organiser.post(f"{page}/state", page=page, act="publish").status == 302
        bank = self.make.bank(6, "Ngân hàng thi thử của mọi trang")
        with self.make.writing():
            # Words of its own: what reads like a question of a running round is kept back.
            versions = db.session.query(QuestionVersion).join(
                Question, Question.id == QuestionVersion.question_id
            )
            chosen = versions.filter(Question.bank_id == bank.id).all()
            for version in chosen:
                version.text_key = f"thi thử {version.text_key}"
            pictures.attach({chosen[0].id: pictures.keep(png(), self.make.now, None)})
            token = pictures.of_versions([chosen[0].id])[chosen[0].id].token
        made = self.organiser.post(
            f"/desk/contests/{self.contest.id}/practice",
            page=desk,
            name="Ôn tập trước giờ thi",
            bank_id=str(bank.id),
        )
        assert self.organiser.post(f"{made.location}/state", page=made.location, act="open").status == 302
        with self.app.app_context():
            file = db.session.query(ReadingFile).filter_by(page_id=page_id).one()
        return page_id, file.token, int(made.location.rpartition("/")[2]), token

    def files(self) -> None:
        """A question file and a table of units, both waiting to be looked at."""
        assert upload(self.organiser, self.bank.id, word(FILE)).status == 302
        page = "/desk/units/import"
        assert self.sent(page, page, file=(io.BytesIO(UNITS.encode()), "don-vi.csv")) == 302

    def long_work(self, import_id: int) -> int:
        """A large file whose reading came to nothing; the page says why."""
        with self.make.writing():
            job = jobs.ask_for(
                Wanted(reading.KIND, import_id, self.bank.id), self.make.now, (None, "Hệ thống")
            )
            job.state, job.finished_at = JobState.FAILED, self.make.now
            job.error_vi, job.error_en = "Tệp bị hỏng.", "The file is damaged."
            db.session.flush()
            return job.id

    def unit_work(self) -> int:
        """A large table of units that could not be taken in; the page says why."""
        with self.make.writing():
            staff_id = db.session.scalar(select(UnitImport.staff_id))
            job = jobs.ask_for(Wanted(unit_work.KIND, 0, 0), self.make.now, (staff_id, "Ban tổ chức"))
            job.state, job.finished_at = JobState.FAILED, self.make.now
            job.error_vi, job.error_en = "Tệp bị hỏng.", "The file is damaged."
            db.session.flush()
            return job.id

    def picture(self) -> str:
        """The token of a picture that a question of the bank shows."""
        with self.make.writing():
            version_id = self.newest_version()
            pictures.attach({version_id: pictures.keep(png(), self.make.now, None)})
            return pictures.of_versions([version_id])[version_id].token

    def newest_version(self) -> int:
        statement = (
            select(QuestionVersion.id)
            .join(Question, Question.id == QuestionVersion.question_id)
            .where(Question.bank_id == self.bank.id)
        )
        return db.session.scalars(statement.order_by(QuestionVersion.id.desc())).first() or 0

    def report(self, past: Round) -> int:
        """The organiser asks for a report; a ward declares a hall and has everything still to answer."""
        due = (self.make.now + timedelta(days=2)).strftime("%d/%m/%Y 17:00")
        fields = {"name": "Báo cáo kết quả tham gia đợt 1", "due_at": due, "levels": "1", "note": "Kèm ảnh."}
        subject = f"{self.contest.id}:{past.id}"
        answer = self.organiser.post("/desk/reports/new", subject=subject, **fields)
        page = f"{answer.location}/{self.ward.id}"
        hall = {"way": "hall", "held_on": "01/02/2026", "place": "Hội trường Ủy ban nhân dân phường Sen Hồng"}
        file = (io.BytesIO(b"%PDF-1.7"), "bien-ban-hoi-thi-phuong-sen-hong.pdf")
        assert self.sent(f"{page}/counts", page, people="1.200", evidence=file, **hall) == 302
        assert self.organiser.post(f"{answer.location}/freeze", page=answer.location).status == 302
        return self.newest(ReportCall.id)

    def sent(self, path: str, page: str, **fields: object) -> int:
        """Send the organiser's form that stands on `page`, with a file in it or with a file as its answer."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.organiser.get(page).text)
        body = {"csrf_token": token[1] if token else "", **fields}
        return self.organiser.client.post(path, data=body, content_type="multipart/form-data").status_code

    def award(self) -> int:
        """Awards for the communes of the contest, published."""
        page = f"/desk/awards/{self.contest.id}"
        fields = {
            "name": "Giải tập thể khối xã, phường",
            "measure": "points",
            "kinds": ["commune"],
            "block": "0",
        }
        numbers = (
            "firsts",
            "seconds",
            "thirds",
            "consolations",
            "first_points",
            "second_points",
            "third_points",
        )
        answer = self.organiser.post(page, **fields, **dict.fromkeys(numbers, "1"))
        assert answer.status == 302, answer.words()
        sheet = answer.location
        assert self.organiser.post(f"{sheet}/publish", page=sheet).status == 302
        return int(sheet.rpartition("/")[2])

    def invitation(self) -> str:
        """The secret of a link by which somebody makes an account."""
        fields = {"name": "Đặng Hữu Phúc", "email": "moi@example.vn", "role": "viewer", "unit": ""}
        answer = self.signed_in(Role.ADMINISTRATOR).post("/desk/staff", **fields)
        found = re.search(r"/invitations/([\w-]+)", answer.text)
        assert found, answer.words()
        return found[1]

    def newest(self, column: InstrumentedAttribute[int], *where: object) -> int:
        """The highest number in this column."""
        with self.app.app_context():
            found = db.session.scalar(select(column).where(*where).order_by(column.desc()).limit(1))  # type: ignore[arg-type]
        assert found is not None
        return found

    def site(self) -> Site:
        """Everything, and what it is called in addresses."""
        past, running, coming, draft = self.rounds()
        handed_in, just_now, under_way = self.people(past, running)
        self.results(past)
        self.event(running)
        self.files()
        answer_first, unnamed = self.answering_first()
        reading_id, reading_file, practice_id, practice_picture = self.learning()
        event_id = self.newest(Event.id)
        import_id = self.newest(BankImport.id)
        door_id = self.newest(Door.id, Door.event_id == event_id)
        with self.app.app_context():
            door_code = db.session.scalar(select(Door.code).where(Door.id == door_id))
        return Site(
            contest_id=self.contest.id,
            contest_code=self.contest.code,
            past=(past.id, past.code),
            open=(running.id, running.code),
            coming=(coming.id, coming.code),
            draft_id=draft.id,
            bank_id=self.bank.id,
            question_id=self.newest(Question.id, Question.bank_id == self.bank.id),
            import_id=import_id,
            doubtful_id=self.newest(DraftQuestion.id, DraftQuestion.import_id == import_id),
            event_id=event_id,
            table=self.table(event_id),
            reading_id=reading_id,
            reading_file=reading_file,
            practice_id=practice_id,
            practice_picture=practice_picture,
            door=(door_id, str(door_code)),
            unit_id=self.ward.id,
            unit_import_id=self.newest(UnitImport.id),
            unit_job_id=self.unit_work(),
            award_id=self.award(),
            invitation=self.invitation(),
            job_id=self.long_work(import_id),
            call_id=self.report(past),
            count_id=self.newest(ReportCount.id),
            evidence_id=self.newest(ReportEvidence.id),
            snapshot_id=self.newest(ReportSnapshot.id),
            picture=self.picture(),
            winner_id=handed_in.person_id,
            at_work_id=under_way.person_id,
            entry_id=handed_in.entry_id,
            handed_in=handed_in.token,
            just_handed_in=just_now.token,
            under_way=under_way.token,
            carried=CARRIED,
            answer_first=answer_first.code,
            unnamed_id=unnamed.person_id,
            unnamed_paper=unnamed.token,
        )
