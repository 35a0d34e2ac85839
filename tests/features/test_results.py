"""From a closed round to a published sheet: drafting, reviewing, excluding, publishing."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest

from contest import chores
from contest.database import db, write_transaction
from contest.history import HistoryEntry
from contest.people import actions as people
from contest.people.models import Entry, Person
from contest.permissions import Role
from contest.results import queries
from contest.results.models import Exclusion, Sheet, Standing
from tests.conftest import NOW, counted_statements
from tests.taking_part import take_part

AFTER = {"days": 8}


@pytest.fixture
def closed(app, make, at):
    """A round that has closed with three people in the first block and one in the second, and been drafted."""
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX", prediction="people", attempts=2)
    unit = make.unit("Phường Sen Hồng", make.unit("Tỉnh An Bình"))
    school = make.unit("Trường Tiểu học Kim Đồng", unit)
    for name, score, seconds, predicted, where in (
        ("Nguyễn Văn An", 5, 100, "4", school),
        ("Trần Thị Bích", 5, 100, "6", unit),
        ("Lê Đình Cường", 3, 60, None, None),
    ):
        entry = make.entry(contest, name, where)
        take_part(make, round_, entry, score=score, seconds=seconds, prediction=predicted)
    hidden = make.entry(contest, "Phạm Thị Dung", block=2, publishes_name=False)
    take_part(make, round_, hidden, score=4)
    at(**AFTER)
    with app.app_context():
        chores.run_once()
    return round_


def standings(app, block=None):
    with app.app_context():
        sheet = db.session.query(Sheet).order_by(Sheet.version.desc()).first()
        rows = db.session.scalars(queries.standings(sheet.id)).all()
        return [(row.rank, row.name) for row in rows]


def attempt_of(app, name):
    with app.app_context():
        return db.session.query(Standing.attempt_id).filter(Standing.name == name).first()[0]


def publish(app, organiser, round_):
    with app.app_context():
        sheet_id = db.session.query(Sheet.id).filter_by(round_id=round_.id, state="draft").scalar()
    page = f"/desk/results/{round_.id}"
    return organiser.post(f"/desk/results/sheets/{sheet_id}/publish", page=page)


def exclude(app, organiser, round_, name, reason="Nhờ người khác làm bài thay"):
    page = f"/desk/results/{round_.id}"
    return organiser.post(f"{page}/exclude", page=page, attempt_id=attempt_of(app, name), reason=reason)


def test_a_closed_round_is_drafted_by_the_chain_of_the_contest(app, closed):
    with app.app_context():
        sheet = db.session.query(Sheet).one()
        assert (sheet.version, sheet.state, sheet.people, sheet.attempts) == (1, "draft", 4, 4)
        assert sheet.actual == "4"
        assert sheet.keys == "score,prediction,duration,handed_in"
        assert "dự đoán gần kết quả thực tế hơn" in sheet.rule_vi
        assert "predicted closer" in sheet.rule_en
    assert standings(app) == [
        (1, "Nguyễn Văn An"),
        (2, "Trần Thị Bích"),
        (3, "Lê Đình Cường"),
        (1, "Phạm T. D."),
    ]


def test_drafting_again_changes_nothing(app, closed):
    with app.app_context():
        chores.run_once()
        assert db.session.query(Sheet).count() == 1


def test_a_round_is_not_drafted_while_somebody_may_still_hand_in(app, make, at):
    contest = make.contest()
    round_ = make.round(contest, late_start="run", minutes=30)
    take_part(make, round_, make.entry(contest))
    late = round_.closes_at - round_.opens_at - timedelta(minutes=1)
    take_part(make, round_, make.entry(contest), after=late, handed_in=False)
    closes = (round_.closes_at - NOW) / timedelta(minutes=1)
    at(minutes=closes + 20)
    with app.app_context():
        chores.run_once()
        assert db.session.query(Sheet).count() == 0
    at(minutes=closes + 31)
    with app.app_context():
        chores.run_once()
        assert db.session.query(Sheet).one().people == 2


def test_people_out_of_competition_are_listed_without_a_rank(app, make, at):
    contest = make.contest()
    round_ = make.round(contest)
    take_part(make, round_, make.entry(contest, "Ban Tổ Chức", ranked=False))
    take_part(make, round_, make.entry(contest, "Nguyễn Văn An"), score=1)
    at(**AFTER)
    with app.app_context():
        chores.run_once()
    assert standings(app) == [(1, "Nguyễn Văn An"), (None, "Ban Tổ Chức")]


@pytest.mark.parametrize(
    ("target", "actual"),
    [("all_right_people", "2"), ("people", "3"), ("attempts", "3"), ("percentage", "66.6666666667")],
)
def test_the_number_to_be_predicted_is_computed_without_what_was_excluded(
    app, make, at, browser_for, target, actual
):
    contest = make.contest()
    round_ = make.round(contest, prediction=target)
    for name, score in (("Một", 5), ("Hai", 5), ("Ba", 2), ("Bốn Bị Loại", 5)):
        take_part(make, round_, make.entry(contest, name), score=score)
    at(**AFTER)
    with app.app_context():
        chores.run_once()
    exclude(app, browser_for(Role.ORGANISER), round_, "Bốn Bị Loại")
    with app.app_context():
        assert db.session.query(Sheet).filter_by(version=2).one().actual == actual


def test_nothing_is_public_before_publishing(app, closed, visitor):
    for path in ("/results/K7M2QX", "/results/K7M2QX.xlsx", "/results/K7M2QX.csv"):
        answer = visitor.get(path)
        assert answer.status == 404
        assert "Kết quả chưa công bố" in answer.text


def test_publishing_shows_the_podium_the_reason_and_the_rule(app, closed, visitor, browser_for):
    assert publish(app, browser_for(Role.ORGANISER), closed).status == 302
    page = visitor.get("/results/K7M2QX").words()
    assert "Nguyễn Văn An" in page
    assert "Trường Tiểu học Kim Đồng, Phường Sen Hồng" in page
    assert "cùng 5/5 câu đúng, dự đoán lệch 0 so với 2" in page
    assert "có kết quả cao hơn được xếp trên" in page
    assert "Mỗi người đếm một lần" in page
    other = visitor.get("/results/K7M2QX?block=nguoi-dan").words()
    assert "Phạm T. D." in other
    assert "Dung" not in other


def test_a_page_of_results_and_its_files_are_of_one_version_right_after_publishing(
    app, closed, visitor, browser_for
):
    organiser = browser_for(Role.ORGANISER)
    publish(app, organiser, closed)
    app.config["KEPT_SECONDS"] = 60.0
    try:
        page = visitor.get("/results/K7M2QX?again")
        exclude(app, organiser, closed, "Nguyễn Văn An")
        publish(app, organiser, closed)
        assert visitor.get("/results/K7M2QX?again").text == page.text
        address = re.search(r'href="(/results/K7M2QX.csv[^"]*)"', page.text)[1]
        assert "Nguyễn Văn An" in visitor.get(address).text
        assert "Nguyễn Văn An" not in visitor.get("/results/K7M2QX.csv").text
    finally:
        app.config["KEPT_SECONDS"] = 0.0


def test_a_masked_name_cannot_be_searched_for(app, closed, visitor, browser_for):
    publish(app, browser_for(Role.ORGANISER), closed)
    assert "Không tìm thấy ai" in visitor.get("/results/K7M2QX?block=nguoi-dan&q=dung").text
    assert "Phạm T. D." in visitor.get("/results/K7M2QX?block=nguoi-dan&q=pham").text
    assert "Lê Đình Cường" in visitor.get("/results/K7M2QX?q=CUONG").text


def test_an_exclusion_makes_a_new_version_and_keeps_the_old_one(app, closed, browser_for):
    organiser = browser_for(Role.ORGANISER)
    assert exclude(app, organiser, closed, "Nguyễn Văn An").status == 302
    assert standings(app)[:2] == [(1, "Trần Thị Bích"), (2, "Lê Đình Cường")]
    page = organiser.get(f"/desk/results/{closed.id}").words()
    assert "2 người lên hạng, 1 người xuống hạng hoặc ra khỏi bảng" in page
    assert "Loại 1 bài: Nhờ người khác làm bài thay" in page
    old = organiser.get(f"/desk/results/{closed.id}?version=1").words()
    assert "Nguyễn Văn An" in old
    with app.app_context():
        assert [sheet.state for sheet in db.session.query(Sheet).order_by(Sheet.version)] == [
            "replaced",
            "draft",
        ]
        assert db.session.query(Sheet).filter_by(version=2).one().people == 4
        history = db.session.query(HistoryEntry).filter(HistoryEntry.act.startswith("result:"))
        acts = [entry.act for entry in history.order_by(HistoryEntry.id)]
    assert acts == ["result:draft", "result:exclude"]


def test_an_exclusion_can_be_lifted(app, closed, browser_for):
    organiser, page = browser_for(Role.ORGANISER), f"/desk/results/{closed.id}"
    attempt_id = attempt_of(app, "Nguyễn Văn An")
    before = standings(app)
    exclude(app, organiser, closed, "Nguyễn Văn An")
    lifted = organiser.post(
        f"{page}/lift", page=page, attempt_id=attempt_id, reason="Đã xác minh là đúng người"
    )
    assert lifted.status == 302
    assert standings(app) == before
    with app.app_context():
        assert db.session.query(Exclusion).count() == 0
        assert db.session.query(Sheet).count() == 3


def test_whose_attempt_is_excluded_stands_with_their_next_one(app, make, at, browser_for):
    contest = make.contest()
    round_ = make.round(contest, attempts=2)
    an = make.entry(contest, "Nguyễn Văn An")
    take_part(make, round_, an, score=5)
    take_part(make, round_, an, score=2, after=timedelta(hours=1))
    take_part(make, round_, make.entry(contest, "Trần Thị Bích"), score=3)
    at(**AFTER)
    with app.app_context():
        chores.run_once()
    exclude(app, browser_for(Role.ORGANISER), round_, "Nguyễn Văn An")
    assert standings(app) == [(1, "Trần Thị Bích"), (2, "Nguyễn Văn An")]


@pytest.mark.parametrize("reason", ["", "vì"])
def test_an_exclusion_needs_a_reason(app, closed, browser_for, reason):
    answer = exclude(app, browser_for(Role.ORGANISER), closed, "Nguyễn Văn An", reason)
    assert answer.status == 422
    assert "Lý do" in answer.text
    with app.app_context():
        assert db.session.query(Exclusion).count() == 0


def test_excluding_twice_is_refused_and_changes_nothing(app, closed, browser_for):
    organiser = browser_for(Role.ORGANISER)
    exclude(app, organiser, closed, "Nguyễn Văn An")
    again = exclude(app, organiser, closed, "Nguyễn Văn An")
    assert (again.status, "đã bị loại trước đó" in again.text) == (409, True)
    with app.app_context():
        assert db.session.query(Sheet).count() == 2


def test_an_attempt_of_another_round_or_a_round_without_a_sheet_cannot_be_excluded(
    app, make, closed, browser_for
):
    organiser = browser_for(Role.ORGANISER)
    contest = make.contest("khac")
    open_round = make.round(contest, closes=timedelta(days=30))
    other = take_part(make, open_round, make.entry(contest))
    page = f"/desk/results/{closed.id}"
    stranger = organiser.post(f"{page}/exclude", page=page, attempt_id=other.id, reason="không đúng đợt")
    assert stranger.status == 404
    early = organiser.post(
        f"/desk/results/{open_round.id}/exclude", page=page, attempt_id=other.id, reason="chưa đóng mà"
    )
    assert (early.status, "chưa có bảng kết quả" in early.text) == (409, True)
    with app.app_context():
        assert db.session.query(Exclusion).count() == 0


def test_a_later_publication_replaces_the_first_and_both_can_be_read(app, closed, visitor, browser_for):
    organiser = browser_for(Role.ORGANISER)
    publish(app, organiser, closed)
    exclude(app, organiser, closed, "Nguyễn Văn An")
    assert "Nguyễn Văn An" in visitor.get("/results/K7M2QX").text
    assert "Đã công bố, có bản mới chờ công bố" in organiser.get("/desk/results").text
    publish(app, organiser, closed)
    now_public = visitor.get("/results/K7M2QX").words()
    assert "Nguyễn Văn An" not in now_public
    assert "Bản công bố lần 2, thay bản lúc" in now_public
    assert "Loại 1 bài: Nhờ người khác làm bài thay" in now_public
    first = visitor.get("/results/K7M2QX?version=1").words()
    assert "Nguyễn Văn An" in first
    assert "Bản này đã được thay" in first


def test_a_version_that_was_never_published_stays_inside(app, closed, visitor, browser_for):
    organiser = browser_for(Role.ORGANISER)
    exclude(app, organiser, closed, "Nguyễn Văn An")
    publish(app, organiser, closed)
    assert visitor.get("/results/K7M2QX?version=1").status == 404
    assert "Nguyễn Văn An" not in visitor.get("/results/K7M2QX").text


def test_publishing_twice_is_refused(app, closed, browser_for):
    organiser = browser_for(Role.ORGANISER)
    publish(app, organiser, closed)
    with app.app_context():
        sheet_id = db.session.query(Sheet.id).scalar()
    answer = organiser.post(f"/desk/results/sheets/{sheet_id}/publish", page=f"/desk/results/{closed.id}")
    assert (answer.status, "Chỉ công bố được bản dự thảo" in answer.text) == (409, True)


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.VIEWER, 200), (Role.AUTHOR, 403), (Role.REVIEWER, 403)], ids=str
)
def test_who_may_look_at_drafts(app, closed, browser_for, role, sees):
    assert browser_for(role).get(f"/desk/results/{closed.id}").status == sees


def test_a_viewer_looks_but_decides_nothing(app, closed, browser_for):
    viewer = browser_for(Role.VIEWER)
    page = viewer.get(f"/desk/results/{closed.id}").text
    assert ("Loại bài" in page, "Công bố bản này" in page) == (False, False)
    assert exclude(app, viewer, closed, "Nguyễn Văn An").status == 403
    assert publish(app, viewer, closed).status == 403


def test_impossibly_fast_attempts_are_pointed_out_but_not_judged(app, make, at, browser_for):
    contest = make.contest()
    round_ = make.round(contest)
    take_part(make, round_, make.entry(contest, "Nguyễn Văn Nhanh"), seconds=6)
    take_part(make, round_, make.entry(contest, "Nguyễn Văn Vừa"), seconds=60)
    at(**AFTER)
    with app.app_context():
        chores.run_once()
    organiser = browser_for(Role.ORGANISER)
    page = organiser.get(f"/desk/results/{round_.id}").words()
    assert "1 dòng cần chú ý trong 200 dòng đầu" in page
    alone = organiser.get(f"/desk/results/{round_.id}?look=1").words()
    assert ("Nguyễn Văn Nhanh" in alone, "Nguyễn Văn Vừa" in alone) == (True, False)
    assert "Dưới 2 giây mỗi câu" in alone


def test_the_workbook_has_a_page_per_block_and_runs_no_formula(app, make, at, visitor, browser_for):
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX", prediction="people")
    take_part(make, round_, make.entry(contest, "=HYPERLINK(1)"), seconds=75, prediction="25980")
    take_part(make, round_, make.entry(contest, "Lê Thị Bình", block=2))
    at(**AFTER)
    with app.app_context():
        chores.run_once()
    publish(app, browser_for(Role.ORGANISER), round_)
    book = openpyxl.load_workbook(io.BytesIO(visitor.client.get("/results/K7M2QX.xlsx").data))
    assert book.sheetnames == ["Cán bộ, công chức, viên chức", "Người dân"]
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    header = next(index for index, row in enumerate(rows) if row[0] == "Hạng")
    line = rows[header + 1]
    assert line[:2] == [1, "=HYPERLINK(1)"]
    assert book.worksheets[0].cell(header + 2, 2).data_type == "s"
    assert line[5:7] == [25980, 25978]
    csv = visitor.client.get("/results/K7M2QX.csv").data
    assert csv.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1)" in csv.decode("utf-8-sig")


def test_the_public_page_costs_few_statements_however_many_took_part(app, make, at, visitor, browser_for):
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX")
    for number in range(60):
        take_part(make, round_, make.entry(contest, f"Nguyễn Văn {number}"), seconds=20 + number)
    at(**AFTER)
    with app.app_context():
        chores.run_once()
    publish(app, browser_for(Role.ORGANISER), round_)
    with counted_statements(app) as statements:
        page = visitor.get("/results/K7M2QX")
    assert "60 người" in page.words()
    assert len(statements) <= 9


def test_results_are_shown_in_english_too(app, closed, visitor, browser_for):
    publish(app, browser_for(Role.ORGANISER), closed)
    page = visitor.get("/results/K7M2QX?lang=en").words()
    assert "both 5/5 right, prediction off by 0 against 2" in page
    assert "Whoever has the higher score is placed higher." in page


def test_whoever_is_erased_disappears_from_published_sheets_and_keeps_the_rank(
    app, closed, visitor, browser_for
):
    publish(app, browser_for(Role.ORGANISER), closed)
    with app.app_context():
        first = db.session.query(Standing).filter_by(position=1).order_by(Standing.block_id).first()
        name, entry_id = first.name, first.entry_id
    assert name in visitor.get(f"/results/{closed.code}").words()
    with app.app_context():
        with write_transaction():
            person_id = db.session.get(Entry, entry_id).person_id
            people.erase(db.session.get(Person, person_id), NOW)
        chores.run_once()
    words = visitor.get(f"/results/{closed.code}").words()
    assert name not in words
    assert "(đã xóa)" in words
