"""Practice: for anybody, without limit, with the answer at once; and never with what a round still keeps secret."""

import re
from datetime import timedelta
from itertools import permutations

import pytest

from contest.attempts.models import Attempt
from contest.banks.models import Choice, Question, QuestionTag, QuestionVersion
from contest.database import db
from contest.learning.models import PracticePart, PracticeSet
from contest.people.models import Person
from contest.permissions import Role
from contest.results.models import Participant
from contest.rules.grading import Kind
from tests.conftest import Browser, counted_statements
from tests.features.test_kinds import db_bank, editor, written  # noqa: F401  fixture
from tests.features.test_people import rows
from tests.taking_part import take_part

SECRETS = ("Giải thích của câu", "Nghị quyết số 76")


def practice_set(make, contest, bank, *, opened: bool = True, per_go: int = 10, **parts: str) -> str:
    """A set of this bank; gives its address."""
    with make.writing():
        made = PracticeSet(
            contest_id=contest.id,
            bank_id=bank.id,
            name="Cả ngân hàng",
            per_go=per_go,
            created_at=make.now,
            opened_at=make.now if opened else None,
        )
        make.add(made)
        for kind, value in parts.items():
            make.add(PracticePart(set_id=made.id, kind=kind, value=value))
    return f"/practice/{made.id}"


@pytest.fixture
def contest(make):
    return make.contest()


def asked_on(page) -> str:
    found = re.search(r"Câu hỏi số (\d+)\?", page.text)
    return found[1] if found else ""


def answer(browser: Browser, path: str, **fields: object):
    """Answer the question at this address."""
    page = browser.get(path)
    version = re.search(r'name="version" value="(\d+)"', page.text)
    action = re.search(r'action="(/practice/[^"]+)"', page.text)
    assert version is not None and action is not None, page.words()
    return browser.post(action[1].replace("&amp;", "&"), page=path, version=version[1], **fields)


def test_a_stranger_practises_as_often_as_they_like_and_nothing_is_kept(app, make, visitor, contest):
    link = practice_set(make, contest, make.bank(5), per_go=3)
    assert 'href="/contests/tim-hieu-cchc/practice"' in visitor.get("/contests/tim-hieu-cchc").text
    assert f'href="{link}"' in visitor.get("/contests/tim-hieu-cchc/practice").text
    for _go in range(2):
        path = visitor.get(link).location
        seen = []
        for number in (1, 2, 3):
            page = visitor.get(path)
            assert [secret for secret in SECRETS if secret in page.text] == []
            asked = asked_on(page)
            seen.append(asked)
            right = (int(asked) - 1) % 4 + 1
            letter = re.search(rf'value="([A-D])".{{0,200}}?Phương án {asked}\.{right}<', page.text, re.S)
            done = answer(visitor, path, **{f"answer-{number}": letter[1]})
            assert done.status == 200
            assert f"Giải thích của câu {asked}." in done.text
            assert "Nghị quyết số 76/NQ-CP" in done.text
            assert "Bạn đã chọn" in done.words() or "bạn đã chọn" in done.words()
            path = re.search(r'href="(/practice/[^"]+)"', done.text)[1].replace("&amp;", "&")
        assert len(set(seen)) == 3
        assert "3 / 3" in visitor.get(path).words()
    assert (rows(app, Attempt), rows(app, Person)) == ([], [])
    with app.app_context():
        assert db.session.query(Participant).count() == 0


def test_a_wrong_answer_and_none_are_told_with_the_right_one(make, visitor, contest):
    link = practice_set(make, contest, make.bank(1))
    path = visitor.get(link).location
    page = visitor.get(path)
    letter = re.search(r'value="([A-D])".{0,200}?Phương án 1\.3<', page.text, re.S)[1]
    wrong = answer(visitor, path, **{"answer-1": letter})
    assert "chưa đúng" in wrong.words() and "Đáp án đúng" in wrong.words()
    nothing = answer(visitor, path)
    assert (nothing.status, "Hãy chọn hoặc gõ câu trả lời" in nothing.words()) == (422, True)
    assert [secret for secret in SECRETS if secret in nothing.text] == []
    shown = answer(visitor, path, go="show")
    assert "bỏ trống" in shown.words() and "Giải thích của câu 1." in shown.text
    assert answer(visitor, path, **{"answer-1": "Z"}).status == 422


def test_a_go_is_the_same_again_at_its_address_and_another_has_another_order(make, visitor, contest):
    link = practice_set(make, contest, make.bank(12))
    first = [asked_on(visitor.get(f"{link}/mot/{number}")) for number in range(1, 11)]
    assert first == [asked_on(visitor.get(f"{link}/mot/{number}")) for number in range(1, 11)]
    assert first != [asked_on(visitor.get(f"{link}/hai/{number}")) for number in range(1, 11)]


@pytest.mark.parametrize(
    ("opens", "closes", "kept_back"),
    [
        (timedelta(days=1), timedelta(days=2), True),
        (timedelta(hours=-1), timedelta(hours=1), True),
        (timedelta(days=-2), timedelta(seconds=-1), True),
        (timedelta(days=-2), timedelta(minutes=-5), False),
    ],
    ids=["published, not open yet", "open", "closed a second ago", "closed"],
)
def test_a_question_on_a_paper_of_a_round_that_is_not_closed_is_kept_back(
    make, visitor, contest, opens, closes, kept_back
):
    bank = make.bank(6)
    make.round(contest, bank, questions=4, opens=opens, closes=closes)
    link = practice_set(make, contest, bank)
    seen = {asked_on(visitor.get(f"{link}/mot/{number}")) for number in range(1, 11)} - {""}
    assert seen == ({"5", "6"} if kept_back else {"1", "2", "3", "4", "5", "6"})


def test_it_is_kept_back_while_somebody_may_still_answer_after_the_closing(make, visitor, contest):
    bank = make.bank(6)
    round_ = make.round(contest, bank, questions=4, opens=timedelta(days=-2), closes=timedelta(minutes=-5))
    take_part(make, round_, make.entry(contest), after=timedelta(days=2, minutes=-10), handed_in=False)
    link = practice_set(make, contest, bank)
    assert {asked_on(visitor.get(f"{link}/mot/{number}")) for number in range(1, 11)} - {""} == {"5", "6"}


def test_the_same_words_in_another_bank_and_an_older_version_are_kept_back_too(app, make, visitor, contest):
    used, copied = make.bank(3), make.bank(5)
    make.round(contest, used, questions=3)
    with make.writing():
        # Question 1 of the used bank has been rewritten since: its paper still shows the old words.
        question = db.session.query(Question).filter_by(bank_id=used.id, number=1).one()
        old = db.session.query(QuestionVersion).filter_by(question_id=question.id).one()
        values = {name: getattr(old, name) for name in ("kind", "topic", "level", "citation", "explanation")}
        new = QuestionVersion(
            question_id=question.id,
            number=2,
            text="Câu hỏi số 99?",
            text_key="cau hoi so 99",
            search_key="",
            created_at=make.now,
            **values,
        )
        make.add(new)
        make.add(Choice(version_id=new.id, position=0, text="Một", right=True, pinned=False))
        make.add(Choice(version_id=new.id, position=1, text="Hai", right=False, pinned=False))
        question.version = 2
    link = practice_set(make, contest, used)
    refused = visitor.get(f"{link}/mot/1")
    assert (refused.status, "Lúc này chưa có câu nào để thi thử" in refused.words()) == (409, True)
    other = practice_set(make, contest, copied)
    assert {asked_on(visitor.get(f"{other}/mot/{number}")) for number in range(1, 6)} - {""} == {"4", "5"}


def test_a_question_that_goes_into_a_round_meanwhile_is_not_explained(make, visitor, contest):
    bank = make.bank(4)
    link = practice_set(make, contest, bank)
    path = f"{link}/mot/1"
    page = visitor.get(path)
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    make.round(contest, bank, questions=4)
    late = visitor.post(path, page="/return", version=version, go="show")
    assert (late.status, "vừa được dùng trong một đợt thi" in late.words()) == (409, True)
    assert [secret for secret in SECRETS if secret in late.text] == []


def test_topics_levels_and_tags_choose(app, make, visitor, contest):
    bank = make.bank(8)
    with make.writing():
        for question in db.session.query(Question).filter(Question.bank_id == bank.id, Question.number <= 3):
            make.add(QuestionTag(question_id=question.id, tag="ôn tập"))
    odd = practice_set(make, contest, bank, topic="Thể chế")
    assert {asked_on(visitor.get(f"{odd}/mot/{number}")) for number in range(1, 9)} - {""} == {*"1357"}
    both = practice_set(make, contest, bank, topic="Thể chế", tag="ôn tập", level="Nhận biết")
    assert {asked_on(visitor.get(f"{both}/mot/{number}")) for number in range(1, 9)} - {""} == {*"13"}


def test_only_approved_questions_and_only_open_sets(make, visitor, contest):
    closed = practice_set(make, contest, make.bank(2), opened=False)
    assert visitor.get(closed).status == 404
    assert visitor.get(f"{closed}/mot/1").status == 404
    proposed = practice_set(make, contest, make.bank(2, state="proposed"))
    assert visitor.get(f"{proposed}/mot/1").status == 409


RIGHT = {
    Kind.SHORT_TEXT: ["ubnd XÃ"],
    Kind.NUMBER: ["25 985"],
}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_practised_by_a_plain_form(app, make, editor, visitor, contest, kind):  # noqa: F811
    link = practice_set(make, contest, db_bank(app, written(editor, make, kind)))
    path = f"{link}/mot/1"
    page = visitor.get(path).text
    letters = sorted(set(re.findall(r'<option>([A-Z])</option>|class="ring">([A-Z])<', page)))
    letters = sorted({one or other for one, other in letters})
    pairs = re.findall(r'<option value="(\d-[A-Z])"', page)
    tries = {
        Kind.ORDERING: [list(each) for each in permutations(letters)],
        Kind.MATCHING: [[one, two] for one in pairs for two in pairs if one[0] < two[0]],
        Kind.MULTIPLE: [[one, two] for one in letters for two in letters if one < two],
    }
    for sent in tries.get(kind, [[one] for one in RIGHT.get(kind, letters)]):
        done = answer(visitor, path, **{"answer-1": sent})
        assert done.status == 200, (sent, done.words())
        if re.search(r'class="badge done">.*?đúng</span></h1>', done.text, re.S):
            return
    raise AssertionError(f"no answer to {kind} was right")


def test_practice_asks_the_database_little(app, make, visitor, contest):
    bank = make.bank(40)
    make.round(contest, bank, questions=20)
    link = practice_set(make, contest, bank)
    visitor.get(f"{link}/mot/1")
    with counted_statements(app) as seen:
        visitor.get(f"{link}/mot/1")
    assert len(seen) <= 9, seen


def test_an_organiser_makes_a_set_and_opens_it(app, make, browser_for, visitor, contest):
    bank = make.bank(8)
    make.round(contest, bank, questions=4)
    desk, page = browser_for(Role.ORGANISER), f"/desk/contests/{contest.id}/learning"
    assert "Chưa có trang đọc nào" in desk.get(page).words()
    made = desk.post(f"/desk/contests/{contest.id}/practice", page=page, name="Ôn tập", bank_id=str(bank.id))
    assert desk.post(made.location, name="Ôn tập thể chế", per_go="5", topic=["Thể chế"]).status == 302
    words = desk.get(made.location).words()
    assert "2 câu đang nằm trong đề đã công bố" in words
    link = f"/practice/{made.location.rpartition('/')[2]}"
    assert visitor.get(link).status == 404
    assert desk.post(f"{made.location}/state", page=made.location, act="open").status == 302
    assert {asked_on(visitor.get(f"{link}/mot/{number}")) for number in range(1, 6)} - {""} == {"5", "7"}
    assert "Ôn tập thể chế" in desk.get(page).words()
    assert desk.post(f"{made.location}/state", page=made.location, act="close").status == 302
    assert visitor.get(link).status == 404
