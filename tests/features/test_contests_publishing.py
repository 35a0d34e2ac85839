"""Publishing a round: what keeps it back, the numbered papers, and what may change afterwards."""

import time

import pytest
from sqlalchemy import func, select

from contest.banks.models import Question
from contest.contests import publishing, queries, settings_queries
from contest.contests.models import PaperQuestion, Round
from contest.database import db
from contest.permissions import Role
from contest.rules.drawing import draw_papers
from tests.conftest import Browser, counted_statements
from tests.setting_up import ROUND, new_contest, new_round, ready, with_rules


@pytest.fixture
def stored(app):
    """Asks the tables, in a context that ends before the next page is opened."""

    def ask(question, *values):
        with app.app_context():
            return question(*values)

    return ask


@pytest.fixture
def organiser(browser_for) -> Browser:
    return browser_for(Role.ORGANISER)


def publish(organiser: Browser, contest: str, round_: str):
    return organiser.post(f"{round_}/publish", page=contest)


def test_a_round_is_published_with_its_papers_and_then_public(organiser, visitor, make, stored):
    contest, round_ = ready(organiser, make.bank(10).id)
    assert visitor.get("/contests/tim-hieu-cai-cach-hanh-chinh-nam-2026").status == 404
    words = organiser.get(contest).words()
    assert "6 mã đề, mỗi đề 5 câu, được lập ngay" in words
    assert publish(organiser, contest, round_).status == 302
    assert stored(queries.round_for_staff, 1).published_at is not None
    assert stored(queries.papers_count, 1) == 6
    assert stored(db.session.scalar, select(func.count()).select_from(PaperQuestion)) == 30
    page = visitor.get("/contests/tim-hieu-cai-cach-hanh-chinh-nam-2026").words()
    assert "Tuần 1" in page
    assert "Sắp mở" in page


def test_the_recorded_seed_draws_the_same_papers_again(organiser, make, app):
    contest, round_ = ready(organiser, make.bank(10).id)
    publish(organiser, contest, round_)
    with app.app_context():
        round_ = queries.round_for_staff(1)
        plan = settings_queries.plan(round_, round_.opens_at)
        orders = db.session.scalars(
            select(PaperQuestion.choice_order)
            .where(PaperQuestion.paper_id == queries.paper(1, 3).id)
            .order_by(PaperQuestion.position)
        ).all()
    again = draw_papers(plan.candidates, plan.recipe, 6, round_.seed or "", True)
    assert orders == [",".join(map(str, slot.choice_order)) for slot in again[2].slots]


@pytest.mark.parametrize(
    ("questions", "changed", "sentence"),
    [
        (10, {"questions": "11"}, "Thiếu 1 câu"),
        (
            10,
            {"closes_at": "04/10/2026 08:00", "opens_at": "01/10/2026 08:00"},
            "Thời gian của đợt thi đã qua",
        ),
        (10, {"papers_wanted": "1"}, "lượt sau sẽ gặp lại đề cũ"),
    ],
)
def test_a_round_that_cannot_run_is_not_published(organiser, make, questions, changed, sentence):
    contest, round_ = ready(organiser, make.bank(questions).id, **changed)
    page = organiser.get(contest).words()
    assert sentence in page
    assert "Chưa công bố được đợt thi này" in page
    answer = publish(organiser, contest, round_)
    assert (answer.status, sentence in answer.words()) == (409, True)


def test_without_rules_nothing_opens(organiser, make):
    contest = new_contest(organiser)
    round_ = new_round(organiser, contest, make.bank(10).id)
    answer = publish(organiser, contest, round_)
    assert (answer.status, "Chưa có thể lệ" in answer.words()) == (409, True)
    with_rules(organiser, contest)
    assert publish(organiser, contest, round_).status == 302


def test_questions_not_yet_approved_do_not_count(organiser, make):
    contest, round_ = ready(organiser, make.bank(10, state="proposed").id)
    answer = publish(organiser, contest, round_)
    assert "ngân hàng có 0 câu dùng được" in answer.words()


def test_a_question_without_key_is_named(organiser, make, app):
    bank = make.bank(10)
    with make.writing():
        version = db.session.scalar(select(Question.id).where(Question.number == 7))
        db.session.execute(
            db.text("UPDATE choices SET is_right = false WHERE version_id = :id"), {"id": version}
        )
    contest, round_ = ready(organiser, bank.id)
    assert "1 câu dùng được chưa có đáp án (câu số 7)" in publish(organiser, contest, round_).words()


def test_a_published_round_keeps_everything_but_its_closing(organiser, make, stored):
    contest, round_ = ready(organiser, make.bank(10).id)
    publish(organiser, contest, round_)
    page = organiser.get(round_).words()
    assert "chỉ có thể lùi giờ đóng" in page
    fields = ROUND | {"bank_id": "1", "minutes": "99"}
    assert organiser.post(round_, page=contest, **fields).status == 422
    assert organiser.post(f"{round_}/delete", page=contest).status == 409
    assert organiser.get(f"{round_}/recipe").status == 409
    assert publish(organiser, contest, round_).status == 409
    assert stored(queries.round_for_staff, 1).minutes == 10
    earlier = organiser.post(f"{round_}/extend", page=round_, closes_at="17/10/2026 08:00")
    assert (earlier.status, "chỉ có thể lùi giờ đóng" in earlier.words()) == (409, True)
    assert organiser.post(f"{round_}/extend", page=round_, closes_at="20/10/2026 17:00").status == 302
    assert stored(queries.round_for_staff, 1).closes_at.isoformat() == "2026-10-20T10:00:00+00:00"


def test_a_closed_round_is_not_opened_again(organiser, make, at):
    contest, round_ = ready(organiser, make.bank(10).id)
    publish(organiser, contest, round_)
    at(days=30)
    answer = organiser.post(f"{round_}/extend", page=contest, closes_at="20/12/2026 17:00")
    assert (answer.status, "đáp án có thể đã được xem" in answer.words()) == (409, True)


def test_the_address_and_the_ranking_stay_once_people_can_read_them(organiser, make, stored):
    contest, round_ = ready(organiser, make.bank(10).id)
    publish(organiser, contest, round_)
    page = organiser.get(f"{contest}/edit")
    assert "Đã khóa từ khi công bố" in page.text
    texts = {"name": "Tên mới", "label": "hoi_thi", "organiser": "Sở Nội vụ", "introduction": ""}
    fields = texts | {"personal_data_until": "31/12/2027", "code": "khac", "ranking": "fastest"}
    assert organiser.post(f"{contest}/edit", **fields).status == 302
    changed = stored(queries.contest_for_staff, 1)
    assert (changed.name, changed.label) == ("Tên mới", "hoi_thi")
    assert changed.code == "tim-hieu-cai-cach-hanh-chinh-nam-2026"
    assert [key.value for key in stored(queries.ranking_of, 1)] == [
        "score",
        "prediction",
        "duration",
        "handed_in",
    ]


def test_rules_changed_after_publishing_are_a_new_version_from_its_moment_on(organiser, visitor, make, at):
    contest, round_ = ready(organiser, make.bank(10).id)
    publish(organiser, contest, round_)
    late = organiser.post(f"{contest}/rules", text="Thể lệ mới.", effective_at="01/10/2026 08:00")
    assert (late.status, "từ bây giờ trở đi" in late.words()) == (422, True)
    organiser.post(f"{contest}/rules", text="Thể lệ mới.", effective_at="10/10/2026 08:00")
    address = "/contests/tim-hieu-cai-cach-hanh-chinh-nam-2026/rules"
    assert "Điều 10" in visitor.get(address).words()
    coming = visitor.get(f"{address}?version=2").words()
    assert "Đây không phải là bản đang có hiệu lực" in coming
    at(days=6)
    assert "Thể lệ mới." in visitor.get(address).words()
    assert "Điều 10" in visitor.get(f"{address}?version=1").words()
    assert visitor.get(f"{address}?version=9").status == 404


def test_consents_changed_after_publishing_keep_what_people_agreed_to(organiser, make, stored):
    contest, round_ = ready(organiser, make.bank(10).id)
    publish(organiser, contest, round_)
    fields = {"take_part-text": "Tôi đồng ý theo bản mới."}
    organiser.post(f"{contest}/consents/take_part", page=f"{contest}/rules", **fields)
    newest = {kind.value: (one.version, one.text) for kind, one in stored(queries.consent_texts, 1).items()}
    assert newest["take_part"] == (2, "Tôi đồng ý theo bản mới.")
    assert newest["publish"][0] == 1


def test_the_board_reads_any_paper_with_or_without_the_key(organiser, browser_for, make):
    contest, round_ = ready(organiser, make.bank(10).id)
    publish(organiser, contest, round_)
    plain = organiser.get(f"{round_}/papers/2").words()
    assert "Mã đề 2" in plain
    assert "Câu hỏi số" in plain
    assert "Đáp án đúng" not in plain
    assert "Nghị quyết số 76" not in plain
    assert organiser.get(f"{round_}/papers/2?key=1").words().count("Đáp án đúng") == 5
    assert organiser.get(f"{round_}/papers/7").status == 404
    assert browser_for(Role.VIEWER).get(f"{round_}/papers/2").status == 403


def test_a_bank_changed_while_papers_were_drawn_is_noticed(app, make, organiser):
    bank = make.bank(10)
    ready(organiser, bank.id)
    with app.test_request_context():
        round_ = queries.round_for_staff(1)
        draft = publishing.draw(round_, "seed", make.now)
    with make.writing():
        db.session.execute(db.text("UPDATE questions SET state = 'retired' WHERE number = 1"))
    actor = make.staff(Role.ORGANISER)
    with pytest.raises(publishing.Refusal, match="vừa được người khác sửa"), make.writing():
        publishing.publish(queries.round_for_writing(1), draft, make.now, actor)


def test_three_hundred_papers_of_thirty_questions_take_less_than_three_seconds(organiser, app, make):
    contest, round_ = ready(organiser, make.bank(120).id, questions="30", papers_wanted="300", minutes="30")
    began = time.monotonic()
    with counted_statements(app) as statements:
        assert publish(organiser, contest, round_).status == 302
    assert time.monotonic() - began < 3
    assert len(statements) < 80


def test_an_unpublished_round_can_be_deleted(organiser, make, stored):
    contest = new_contest(organiser)
    round_ = new_round(organiser, contest, make.bank(10).id)
    assert organiser.post(f"{round_}/delete", page=round_).status == 302
    assert stored(db.session.scalar, select(func.count()).select_from(Round)) == 0
