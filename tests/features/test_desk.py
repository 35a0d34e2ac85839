"""The first page after sign-in: each role sees what needs them now, in few statements."""

from datetime import date, timedelta

import pytest

from contest import chores
from contest.banks.models import BankImport, DraftFault, DraftQuestion
from contest.contests.models import Block, Round
from contest.database import db
from contest.participation.models import HourTally, ScoreTally, UnitTally
from contest.permissions import Role
from contest.results.models import Sheet
from tests.conftest import counted_statements
from tests.features.test_rosters_matching import add_entry, add_row
from tests.making import Make
from tests.taking_part import take_part


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.ADMINISTRATOR, "Nhập cây đơn vị"),
        (Role.ORGANISER, "Nhập cây đơn vị"),
        (Role.AUTHOR, "Tải ngân hàng câu hỏi lên"),
        (Role.REVIEWER, "Hiện không có việc nào chờ."),
        (Role.VIEWER, "Hiện không có đợt thi nào đang mở."),
    ],
)
def test_where_nothing_is_yet_each_role_is_offered_its_first_step(browser_for, role, offered):
    assert offered in browser_for(role).get("/desk").words()


def test_the_next_step_is_offered_once_the_one_before_is_taken(browser_for, make):
    browser = browser_for(Role.ORGANISER)
    make.unit(officials=10)
    assert "Tải ngân hàng câu hỏi lên" in browser.get("/desk").words()
    make.bank(questions=1)
    assert "Tạo cuộc thi" in browser.get("/desk").words()
    make.contest()
    words = browser.get("/desk").words()
    assert "Tạo cuộc thi" not in words
    assert "Hiện không có việc nào chờ." in words


def draft(make: Make, bank_id: int, name: str, severities: list[str], state: str = "waiting") -> None:
    """An imported file with one question for each severity of fault."""
    with make.writing():
        upload = BankImport(
            bank_id=bank_id,
            filename=name,
            format="docx",
            content=b"",
            uploaded_at=make.now,
            notes_vi="",
            notes_en="",
        )
        make.add(upload)
        for position, severity in enumerate(severities, start=1):
            empty = dict.fromkeys(
                ("place", "source", "text", "topic", "level", "citation", "explanation"), ""
            )
            question = DraftQuestion(
                import_id=upload.id,
                position=position,
                number=str(position),
                kind="single",
                state=state,
                **empty,
            )
            make.add(question)
            make.add(
                DraftFault(
                    draft_id=question.id,
                    kind="no_key",
                    severity=severity,
                    place="",
                    message_vi="",
                    message_en="",
                )
            )


def test_an_author_is_told_of_doubtful_questions_and_a_reviewer_of_those_to_approve(browser_for, make):
    bank = make.bank(questions=3, name="Ngân hàng 2026", state="proposed")
    draft(make, bank.id, "cau-hoi.docx", ["error", "error", "warning"])
    draft(make, bank.id, "xong.docx", ["error"], state="accepted")
    author, reviewer = browser_for(Role.AUTHOR).get("/desk"), browser_for(Role.REVIEWER).get("/desk")
    assert "2 câu cần xem lại trong tệp cau-hoi.docx." in author.words()
    assert "xong.docx" not in author.words()
    assert "chờ duyệt" not in author.words()
    assert "3 câu chờ duyệt trong “Ngân hàng 2026”." in reviewer.words()
    assert "cần xem lại" not in reviewer.words()


def test_a_round_that_opens_soon_without_being_published_is_the_organisers_business(browser_for, make):
    contest = make.contest()
    soon = {"opens": timedelta(hours=20), "closes": timedelta(days=8)}
    make.round(contest, **soon, name="Đợt A", published_at=None)
    make.round(contest, **soon, name="Đợt B")
    make.round(contest, opens=timedelta(days=3), closes=timedelta(days=8), name="Đợt C", published_at=None)
    words = browser_for(Role.ORGANISER).get("/desk").words()
    assert (
        "Đợt A của “Tìm hiểu cải cách hành chính năm 2026” mở lúc 05:00 06/10/2026 mà chưa công bố." in words
    )
    assert "Đợt B của “Tìm hiểu cải cách hành chính năm 2026” mở lúc 05:00 06/10/2026." in words
    assert "Đợt C" not in words
    assert "Đợt A" not in browser_for(Role.VIEWER).get("/desk").words()


def test_drafted_standings_wait_for_the_organiser(browser_for, make):
    round_ = make.round(opens=timedelta(days=-8), closes=timedelta(days=-1), name="Tuần 1")
    with make.writing():
        make.add(
            Sheet(
                round_id=round_.id,
                version=2,
                state="draft",
                drafted_at=make.now,
                reason="",
                rule_vi="",
                rule_en="",
                keys="score",
                people=0,
                attempts=0,
            )
        )
    expected = "Kết quả Tuần 1 của “Tìm hiểu cải cách hành chính năm 2026” (bản 2) chờ xem và công bố."
    assert expected in browser_for(Role.ORGANISER).get("/desk").words()
    assert expected not in browser_for(Role.VIEWER).get("/desk").words()


@pytest.fixture
def open_round(make):
    """An open round; a department of 20 officials with an office below it, and a ward nobody has counted."""
    top = make.unit("Tỉnh", code="T00", kind="province")
    department = make.unit("Sở Nội vụ", top, code="S02", kind="department", officials=20)
    office = make.unit("Phòng Tổ chức", department, code="S02-1", kind="department", officials=8)
    ward = make.unit("Phường Sen Hồng", top, code="P01")
    round_ = make.round(opens=timedelta(hours=-1), closes=timedelta(days=6), name="Đợt mở")
    return {"department": department, "office": office, "ward": ward, "round": round_}


def tally(make: Make, round_id: int, unit_id: int, people: int, attempts: int) -> None:
    with make.writing():
        contest_id = db.session.get(Round, round_id).contest_id
        block_id = db.session.query(Block.id).filter_by(contest_id=contest_id, position=1).scalar()
        make.add(
            UnitTally(
                round_id=round_id,
                unit_id=unit_id,
                block_id=block_id,
                people=people,
                attempts=attempts,
                changed_in=1,
            )
        )
        # One score and one hour for each unit: the same people and attempts, as counting keeps them.
        make.add(ScoreTally(round_id=round_id, block_id=block_id, score=unit_id, out_of=99, people=people))
        make.add(HourTally(round_id=round_id, hour=make.now + timedelta(hours=unit_id), attempts=attempts))


def test_open_rounds_are_shown_with_their_people_and_attempts(browser_for, make, open_round):
    round_id = open_round["round"].id
    tally(make, round_id, open_round["department"].id, 5, 7)
    tally(make, round_id, open_round["ward"].id, 2, 2)
    tally(make, round_id, 0, 1, 1)
    words = browser_for(Role.ORGANISER).get("/desk").words()
    assert "Đợt mở Tìm hiểu cải cách hành chính năm 2026" in words
    assert "8 10 0 Tham gia Áp phích" in words


def test_a_coordinator_sees_only_their_own_people_and_the_rate(browser_for, make, open_round):
    round_id = open_round["round"].id
    tally(make, round_id, open_round["department"].id, 4, 6)
    tally(make, round_id, open_round["office"].id, 3, 3)
    tally(make, round_id, open_round["ward"].id, 2, 2)
    department = browser_for(Role.COORDINATOR, unit_id=open_round["department"].id).get("/desk").words()
    assert "Đơn vị của bạn: Sở Nội vụ" in department
    assert "người dự thi 7" in department
    assert "lượt thi 9" in department
    assert "tỷ lệ tham gia 35,00 % 7 trên 20 cán bộ" in department
    assert "chưa có số người nên" not in department
    ward = browser_for(Role.COORDINATOR, unit_id=open_round["ward"].id).get("/desk").words()
    assert "người dự thi 2" in ward
    assert "tỷ lệ tham gia – chưa có số người" in ward
    assert "1 đơn vị chưa có số người nên chưa tính được tỷ lệ." in ward


def test_a_coordinators_desk_agrees_with_the_page_of_participation_and_says_who_is_missing(
    app, browser_for, make
):
    contest = make.contest()
    round_ = make.round(contest, opens=timedelta(hours=-1), closes=timedelta(days=6), name="Đợt mở")
    ward = make.unit("Phường Sen Hồng", code="P01", officials=10, residents=200)
    people = [add_entry(make, contest, ward, f"Lê Thị {name}", phone=f"09000000{name}") for name in (11, 12)]
    people.append(make.entry(contest, unit=ward, block=2))
    for entry in people:
        take_part(make, round_, entry)
    for name in (11, 13, 14):
        add_row(make, contest, ward, f"Lê Thị {name}", phone=f"09000000{name}")
    add_row(make, contest, ward, "Lê Thị 12", birth_date=date(1990, 5, 1), birth_year=1990)
    with app.app_context():
        chores.run_once()
    browser = browser_for(Role.COORDINATOR, unit_id=ward.id)
    desk = browser.get("/desk").words()
    # One of two hundred residents, and two of ten officials.
    assert "người dự thi 3" in desk and "Tỷ lệ người dân 0,50 % 1 trên 200 người dân" in desk
    assert "Tỷ lệ cán bộ 20,00 % 2 trên 10 cán bộ" in desk
    assert "0,50 %" in browser.get(f"/desk/participation/{round_.id}").words()
    assert "đã đối chiếu với danh sách cán bộ 1" in desk
    assert "Chưa dự thi: 3 người" in desk
    assert "1 cặp người dự thi và người trong danh sách" in desk


def test_only_units_with_the_same_kind_of_headcount_stand_in_line(browser_for, make):
    contest = make.contest()
    round_ = make.round(contest, opens=timedelta(hours=-1), closes=timedelta(days=6), name="Đợt mở")
    top = make.unit("Tỉnh", code="T00", kind="province")
    lotus = make.unit("Phường Sen Hồng", top, code="P01", residents=200)
    make.unit("Xã Đông", top, code="X01", residents=300)
    department = make.unit("Sở Nội vụ", top, code="S02", kind="department", officials=20)
    tally(make, round_.id, department.id, 10, 10)
    words = browser_for(Role.COORDINATOR, unit_id=lotus.id).get("/desk").words()
    assert "1/2 thứ hạng" in words or "thứ hạng theo tỷ lệ 1/2" in words
    assert "Xã Đông" in words and "Sở Nội vụ" not in words


def test_units_without_a_headcount_are_counted_and_listed(browser_for, open_round):
    browser = browser_for(Role.ORGANISER)
    assert "1 đơn vị chưa có số người" in browser.get("/desk").words()
    words = browser.get("/desk/units?show=uncounted").words()
    assert "Phường Sen Hồng" in words
    assert "Sở Nội vụ" not in words


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_asks_the_database_little(browser_for, app, make, open_round, role):
    bank = make.bank(questions=2, state="proposed")
    draft(make, bank.id, "a.docx", ["error"])
    unit_id = open_round["department"].id if role is Role.COORDINATOR else None
    browser = browser_for(role, unit_id=unit_id)
    browser.get("/desk")  # what a process looks at only once it looks at now
    with counted_statements(app) as statements:
        assert browser.get("/desk").status == 200
    # A coordinator's page shows the unit's own numbers beside those of others, here all read for the first time.
    assert len(statements) <= (25 if role is Role.COORDINATOR else 14)


def test_a_coordinators_page_is_english_down_to_whom_a_rate_is_of(browser_for, make):
    make.round(make.contest(), opens=timedelta(hours=-1))
    ward = make.unit("Phường Sen Hồng", code="P01", kind="department", officials=10)
    browser = browser_for(Role.COORDINATOR, unit_id=ward.id)
    words = browser.get("/desk?lang=en").words()
    assert "0 of 10 officials" in words and "cán bộ" not in words


def test_the_first_page_speaks_english_too(browser_for, make, open_round):
    words = browser_for(Role.ORGANISER).get("/desk?lang=en").words()
    assert "Units without a headcount, so without a rate: 1." in words
    assert "Open rounds" in words


def test_a_coordinator_sees_what_is_below_and_this_week_against_the_last(app, browser_for, make):
    department = make.unit("Sở Y tế", code="S10", kind="department", officials=40)
    offices = [
        make.unit(name, department, kind="department", officials=10)
        for name in ("Bệnh viện", "Chi cục", "Trung tâm")
    ]
    contest = make.contest()
    round_ = make.round(contest, opens=timedelta(days=-10), closes=timedelta(days=4), attempts=9)
    entries = [make.entry(contest, unit=unit) for unit in offices[:2]]
    for entry, days in ((entries[0], 1), (entries[0], 2), (entries[0], 8), (entries[1], 9)):
        take_part(make, round_, entry, after=timedelta(days=days))
    with app.app_context():
        chores.run_once()
    words = browser_for(Role.COORDINATOR, unit_id=department.id).get("/desk").words()
    assert "lượt thi trong 7 ngày qua 2 7 ngày trước đó: 2 lượt, tính cả các đợt." in words
    assert "Đơn vị bên dưới 3 1 đơn vị chưa có ai dự thi." in words
    assert "Trung tâm 0 0 0,00 % Bệnh viện 1 3 10,00 % Chi cục 1 1 10,00 %" in words
    office = browser_for(Role.COORDINATOR, unit_id=offices[0].id).get("/desk").words()
    assert "Đơn vị bên dưới" not in office


def test_after_a_round_has_closed_its_coordinators_still_see_it(browser_for, make, at):
    ward = make.unit("Phường Sen Hồng", officials=20)
    make.round(opens=timedelta(days=-6), closes=timedelta(hours=-1), name="Đợt vừa đóng")
    browser = browser_for(Role.COORDINATOR, unit_id=ward.id)
    assert "Đợt vừa đóng" in browser.get("/desk").words()
    assert "Đã đóng lúc 08:00 05/10/2026." in browser.get("/desk").words()
    at(days=31)
    assert "Hiện không có đợt thi nào đang mở." in browser.get("/desk").words()
