"""What each question was worth: worked out after closing, again with a new sheet, and shown to the board."""

import random
import statistics
from datetime import timedelta

import pytest
from sqlalchemy import update

from contest import chores
from contest.attempts.models import Answer, Attempt
from contest.banks.models import Choice, Question, QuestionVersion
from contest.contests.models import Paper, PaperQuestion
from contest.database import db
from contest.permissions import Role
from contest.results import item_actions
from contest.results.models import ItemAnalysis, ItemChoice, ItemStatistic, Sheet
from tests.conftest import NOW, counted_statements
from tests.taking_part import take_part

AFTER = {"days": 8}
# Six people, five questions, as worked out by hand in the tests of the rule.
BY_HAND = ["11111", "11110", "11100", "11000", "10000", "01010"]


def sit(make, round_, entry, marks, paper=1):
    """One attempt: "1" right, "0" the next choice, "-" blank; each question takes ten seconds and its number."""
    attempt = take_part(make, round_, entry, score=marks.count("1"), out_of=len(marks))
    with make.writing():
        paper_id = db.session.query(Paper.id).filter_by(round_id=round_.id, number=paper).scalar()
        db.session.execute(update(Attempt).where(Attempt.id == attempt.id).values(paper_id=paper_id))
        moment = attempt.started_at
        for position, mark in enumerate(marks, start=1):
            moment += timedelta(seconds=10 + position)
            if mark == "-":
                continue
            right = (position - 1) % 4
            make.add(
                Answer(
                    attempt_id=attempt.id,
                    position=position,
                    response=str(right if mark == "1" else (right + 1) % 4),
                    revision=1,
                    saved_at=moment,
                )
            )
    return attempt


def close(app, at):
    at(**AFTER)
    with app.app_context():
        chores.run_once()


def figures(app):
    """Every stored figure, question by question in the order of the bank."""
    with app.app_context():
        rows = (
            db.session.query(ItemStatistic, Question.number)
            .join(QuestionVersion, QuestionVersion.id == ItemStatistic.version_id)
            .join(Question, Question.id == QuestionVersion.question_id)
            .order_by(Question.number)
        )
        return {number: statistic for statistic, number in rows}


def analysis(app):
    with app.app_context():
        return db.session.query(ItemAnalysis).one()


@pytest.fixture
def by_hand(app, make, at):
    """A closed round with the six people of the example."""
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX")
    for n, marks in enumerate(BY_HAND):
        sit(make, round_, make.entry(contest, f"Nguyễn Văn {n}"), marks, paper=1 + n % 3)
    close(app, at)
    return round_


def test_a_closed_round_is_worked_out_like_the_example_by_hand(app, by_hand):
    found = figures(app)
    assert [one.right for one in found.values()] == [5, 5, 3, 3, 1]
    assert [round(one.facility, 4) for one in found.values()] == [0.8333, 0.8333, 0.5, 0.5, 0.1667]
    assert [round(one.discrimination, 2) for one in found.values()] == [0, 38.73, 70.71, 30.15, 53.94]
    whole = analysis(app)
    assert (whole.people, whole.same_questions, round(whole.alpha, 5)) == (6, True, 61.53846)
    assert whole.computed_at == NOW + timedelta(**AFTER)


def test_each_choice_and_the_usual_time_are_counted(app, by_hand):
    assert [one.median_seconds for one in figures(app).values()] == [11, 12, 13, 14, 15]
    with app.app_context():
        version_id = db.session.query(QuestionVersion.id).filter_by(text="Câu hỏi số 4?").scalar()
        rows = db.session.query(ItemChoice).filter_by(version_id=version_id).order_by(ItemChoice.position)
        assert [(row.position, row.taken) for row in rows] == [(0, 3), (3, 3)]


def test_working_out_again_changes_nothing(app, by_hand, at):
    before = analysis(app).computed_at
    at(days=9)
    with app.app_context():
        item_actions.analyse_closed(NOW + timedelta(days=9))
    assert analysis(app).computed_at == before
    assert len(figures(app)) == 5


def test_an_exclusion_is_followed_by_figures_without_that_attempt(app, by_hand, browser_for):
    page = f"/desk/results/{by_hand.id}"
    organiser = browser_for(Role.ORGANISER)
    with app.app_context():
        all_right = db.session.query(Attempt.id).filter_by(score=5).scalar()
    excluded = organiser.post(
        f"{page}/exclude", page=page, attempt_id=all_right, reason="Nhờ người khác làm bài thay"
    )
    assert excluded.status == 302
    assert "đang được tính lại" in organiser.get(f"{page}/questions").text
    with app.app_context():
        chores.run_once()
        newest = db.session.query(Sheet.id).order_by(Sheet.version.desc()).first()[0]
    assert (analysis(app).people, analysis(app).sheet_id) == (5, newest)
    assert [one.right for one in figures(app).values()] == [4, 4, 2, 2, 0]
    assert "đang được tính lại" not in organiser.get(f"{page}/questions").text


def test_when_everybody_is_excluded_the_page_says_so(app, make, at, browser_for):
    contest = make.contest()
    round_ = make.round(contest)
    attempt = sit(make, round_, make.entry(contest), "11100")
    close(app, at)
    page = f"/desk/results/{round_.id}"
    organiser = browser_for(Role.ORGANISER)
    organiser.post(f"{page}/exclude", page=page, attempt_id=attempt.id, reason="Làm hộ người khác")
    with app.app_context():
        chores.run_once()
    assert (analysis(app).people, figures(app)) == (0, {})
    assert "Không còn bài nào để phân tích" in organiser.get(f"{page}/questions").text


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_stored_figures_equal_a_recount_from_the_raw_answers(app, make, at, seed):
    chance = random.Random(seed)
    contest = make.contest()
    round_ = make.round(contest, bank=make.bank(10), questions=5, papers=2)
    _give_paper_two_other_questions(make, round_)
    for n in range(40):
        skill = chance.random()
        marks = "".join(
            "-" if chance.random() < 0.1 else "1" if chance.random() < skill else "0" for _ in range(5)
        )
        sit(make, round_, make.entry(contest, f"Người {n}"), marks, paper=chance.choice([1, 2]))
    close(app, at)
    assert not analysis(app).same_questions
    assert analysis(app).alpha is None
    recounted = _recount(app)
    stored = figures(app)
    assert set(stored) == set(recounted)
    for number, (shown, right, blank, index) in recounted.items():
        one = stored[number]
        assert (one.shown, one.right, one.blank) == (shown, right, blank)
        assert one.facility == pytest.approx(right / shown)
        assert one.discrimination == (None if index is None else pytest.approx(index, abs=1e-6))


def _give_paper_two_other_questions(make, round_):
    """Paper 2 takes its last three questions from the rest of the bank (same key, four further on)."""
    with make.writing():
        paper_id = db.session.query(Paper.id).filter_by(round_id=round_.id, number=2).scalar()
        versions = dict(
            db.session.query(Question.number, QuestionVersion.id).join(
                QuestionVersion, QuestionVersion.question_id == Question.id
            )
        )
        for position in (3, 4, 5):
            db.session.query(PaperQuestion).filter_by(paper_id=paper_id, position=position).update(
                {"version_id": versions[position + 4]}
            )


def _recount(app):
    """number -> (shown, right, blank, discrimination against the total), from answers and keys alone."""
    with app.app_context():
        keys = dict(db.session.query(Choice.version_id, Choice.position).filter(Choice.right))
        numbers = dict(
            db.session.query(QuestionVersion.id, Question.number).join(
                Question, Question.id == QuestionVersion.question_id
            )
        )
        columns: dict[int, list[tuple[int, int, bool]]] = {}
        for attempt in db.session.query(Attempt).all():
            given = dict(db.session.query(Answer.position, Answer.response).filter_by(attempt_id=attempt.id))
            paper = db.session.query(PaperQuestion).filter_by(paper_id=attempt.paper_id).all()
            marks = {
                one.version_id: int(given.get(one.position) == str(keys[one.version_id])) for one in paper
            }
            for one in paper:
                columns.setdefault(numbers[one.version_id], []).append(
                    (marks[one.version_id], sum(marks.values()), one.position not in given)
                )
    found = {}
    for number, rows in columns.items():
        marks, totals = [row[0] for row in rows], [row[1] for row in rows]
        differ = len(set(marks)) > 1 and len(set(totals)) > 1
        index = 100 * statistics.correlation(marks, totals) if differ else None
        found[number] = (len(rows), sum(marks), sum(row[2] for row in rows), index)
    return found


def test_typed_answers_are_marked_but_have_no_choices(app, make, at, browser_for):
    contest = make.contest()
    round_ = make.round(contest, questions=2, papers=1)
    with make.writing():
        version = db.session.query(QuestionVersion).filter_by(text="Câu hỏi số 1?").one()
        version.kind = "short_text"
        version_id = version.id
    attempt = sit(make, round_, make.entry(contest), "11")
    with make.writing():
        db.session.query(Answer).filter_by(attempt_id=attempt.id, position=1).update(
            {"response": "PHƯƠNG ÁN 1.1"}
        )
    close(app, at)
    assert figures(app)[1].right == 1
    with app.app_context():
        assert db.session.query(ItemChoice).filter_by(version_id=version_id).count() == 0
    assert "Câu hỏi số 1?" in browser_for(Role.ORGANISER).get(f"/desk/results/{round_.id}/questions").text


@pytest.fixture
def suspect(app, make, at):
    """A closed round of 24 people in which who knows more gets question 3 wrong; nobody finds question 5."""
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX")
    for n in range(24):
        sit(make, round_, make.entry(contest, f"Người {n}"), "11010" if n % 2 else "0-100")
    close(app, at)
    return round_


def test_a_question_that_those_who_know_get_wrong_is_said_to_have_a_doubtful_key(suspect, browser_for):
    page = browser_for(Role.ORGANISER).get(f"/desk/results/{suspect.id}/questions").words()
    assert "2 câu cần kiểm tra đáp án" in page
    first = page.index("Câu 3 50,0 % vừa −100,0 nghi sai đáp án".replace("−", "-"))
    assert first < page.index("Câu 1 50,0 % vừa 100,0 phân biệt tốt")
    assert "D · 50,0 % Phương án 3.4" in page
    assert "Câu 5 0,0 % khó – chưa đủ số liệu" in page
    assert "Thể chế 33,3 %" in page
    assert page.index("Thể chế 33,3 %") < page.index("Thủ tục 50,0 %")


def test_the_table_can_begin_with_the_hardest_question(suspect, browser_for):
    organiser = browser_for(Role.ORGANISER)
    for asked in ("order=facility", "order=facility&page=99"):
        page = organiser.get(f"/desk/results/{suspect.id}/questions?{asked}").words()
        assert page.index("Câu 5 0,0 %") < page.index("Câu 1 50,0 %")
    assert organiser.get(f"/desk/results/{suspect.id}/questions?order=khong&page=x").status == 200


def test_a_wrong_choice_more_taken_than_the_key_is_pointed_out_where_the_index_hides_it(
    app, make, at, browser_for
):
    contest = make.contest()
    round_ = make.round(contest, bank=make.bank(10), questions=5, papers=2)
    _give_paper_two_other_questions(make, round_)
    for n in range(24):
        marks = {0: "11111", 1: "10100", 2: "10000", 3: "00000"}[n % 4]
        sit(make, round_, make.entry(contest, f"Người {n}"), marks, paper=1 + n // 12)
    close(app, at)
    assert figures(app)[2].discrimination > 0
    page = browser_for(Role.ORGANISER).get(f"/desk/results/{round_.id}/questions").words()
    assert "1 câu cần kiểm tra đáp án" in page
    assert page.count("nhiều hơn đáp án") == 2  # in the notice and beside question 2
    assert page.index("Câu 2 25,0 % vừa") < page.index("Câu 1 75,0 % vừa")
    assert "gồm chính câu đó" in page


def test_few_people_are_no_reason_to_suspect_a_key(app, make, at, browser_for):
    contest = make.contest()
    round_ = make.round(contest)
    for n in range(6):
        sit(make, round_, make.entry(contest, f"Người {n}"), "11010" if n % 2 else "00100")
    close(app, at)
    page = browser_for(Role.ORGANISER).get(f"/desk/results/{round_.id}/questions").words()
    assert "nghi sai đáp án" not in page
    assert "chưa đủ số liệu" in page


def test_before_there_are_figures_the_page_says_when_there_will_be(app, make, at, browser_for):
    contest = make.contest()
    round_ = make.round(contest)
    sit(make, round_, make.entry(contest), "11111")
    organiser = browser_for(Role.ORGANISER)
    address = f"/desk/results/{round_.id}/questions"
    assert "Chưa có số liệu về câu hỏi" in organiser.get(address).text
    close(app, at)
    with make.writing():
        db.session.query(ItemStatistic).delete()
        db.session.query(ItemAnalysis).delete()
    assert "Đang tính" in organiser.get(address).text
    assert organiser.get("/desk/results/999/questions").status == 404


def test_a_question_shows_every_round_that_used_it(app, make, suspect, browser_for):
    organiser = browser_for(Role.ORGANISER)
    with app.app_context():
        ids = dict(db.session.query(Question.number, Question.id))
    page = organiser.get(f"/desk/questions/{ids[3]}/use").words()
    assert "Đợt 1, Tìm hiểu cải cách hành chính năm 2026" in page
    assert "Có trong 3 mã đề" in page
    assert "C. Phương án 3.3 50,0 % Đáp án đúng, 12 người chọn" in page
    assert "D. Phương án 3.4 50,0 % 12 người chọn" in page
    assert "nghi sai đáp án" in page
    assert "phiên bản" not in page
    assert "12 người bỏ trống" in organiser.get(f"/desk/questions/{ids[2]}/use").words()


def test_figures_stay_with_the_version_people_saw(app, make, suspect, browser_for):
    with make.writing():
        question = db.session.query(Question).filter_by(number=3).one()
        old = db.session.query(QuestionVersion).filter_by(question_id=question.id).one()
        question.version, question_id = 2, question.id
        make.add(
            QuestionVersion(
                question_id=question.id,
                number=2,
                kind="single",
                text="Câu hỏi số 3, đã sửa?",
                topic=old.topic,
                level=old.level,
                citation="",
                explanation="",
                text_key="cau",
                search_key="cau",
                created_at=NOW,
            )
        )
    page = browser_for(Role.ORGANISER).get(f"/desk/questions/{question_id}/use").words()
    assert "Câu hỏi số 3, đã sửa?" in page
    assert "Khi đó câu này ở phiên bản 1; nay đã sửa." in page
    assert "C. Phương án 3.3" in page


def test_a_question_in_no_paper_or_an_open_round_says_what_will_come(app, make, browser_for):
    make.round(make.contest(), bank=make.bank(6), questions=5)
    organiser = browser_for(Role.ORGANISER)
    with app.app_context():
        ids = dict(db.session.query(Question.number, Question.id))
    assert "Câu này chưa có trong đề nào" in organiser.get(f"/desk/questions/{ids[6]}/use").text
    assert "Chưa có số liệu: đợt thi chưa đóng" in organiser.get(f"/desk/questions/{ids[1]}/use").text
    assert organiser.get("/desk/questions/99999/use").status == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.ORGANISER, 200),
        (Role.VIEWER, 403),
        (Role.AUTHOR, 403),
        (Role.REVIEWER, 403),
    ],
    ids=str,
)
def test_keys_are_seen_only_by_those_who_review_results(app, by_hand, browser_for, role, status):
    browser = browser_for(role)
    assert browser.get(f"/desk/results/{by_hand.id}/questions").status == status
    with app.app_context():
        question_id = db.session.query(Question.id).filter_by(number=1).scalar()
    assert browser.get(f"/desk/questions/{question_id}/use").status == status


def test_both_pages_speak_english(app, suspect, browser_for):
    organiser = browser_for(Role.ORGANISER)
    page = organiser.get(f"/desk/results/{suspect.id}/questions?lang=en").words()
    assert "Keys to check: 2" in page
    assert "50.0% medium -100.0 suspect key" in page
    with app.app_context():
        question_id = db.session.query(Question.id).filter_by(number=3).scalar()
    assert "On 3 papers" in organiser.get(f"/desk/questions/{question_id}/use?lang=en").words()


def test_the_table_costs_the_same_however_many_questions_it_has(app, suspect, browser_for):
    organiser = browser_for(Role.ORGANISER)
    with counted_statements(app) as seen:
        organiser.get(f"/desk/results/{suspect.id}/questions")
    assert len(seen) <= 10


def test_the_pages_are_reached_from_the_results_and_from_the_bank(app, by_hand, browser_for):
    organiser, author = browser_for(Role.ORGANISER), browser_for(Role.AUTHOR)
    address = f"/desk/results/{by_hand.id}"
    assert f'href="{address}/questions"' in organiser.get(address).text
    assert f'href="{address}/questions"' not in browser_for(Role.VIEWER).get(address).text
    with app.app_context():
        question_id = db.session.query(Question.id).filter_by(number=1).scalar()
    used = f'href="/desk/questions/{question_id}/use"'
    assert used in organiser.get(f"/desk/questions/{question_id}").text
    assert used not in author.get(f"/desk/questions/{question_id}").text
