"""Every kind of question: from the bank's form to numbered papers, a phone's answer, marks and the own paper."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask

from contest.attempts import paper_queries
from contest.attempts.models import Answer as StoredAnswer
from contest.attempts.models import Attempt
from contest.banks.models import Bank, Question, QuestionVersion
from contest.contests import publishing
from contest.contests.models import Round
from contest.database import db
from contest.permissions import Role
from contest.rules import drawing
from contest.rules.grading import Kind
from tests.conftest import Browser
from tests.features.test_attempts import Phone
from tests.making import Make


@dataclass(frozen=True)
class Typed:
    """A question as its author types it: rows of (text, match, right)."""

    kind: Kind
    rows: tuple[tuple[str, str, bool], ...]
    more: dict[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        sent = {"kind": self.kind.value, "text": f"Câu {self.kind}?", "approve": "1", **self.more}
        for place, (text, match, right) in enumerate(self.rows):
            sent |= {f"choices-{place}-text": text, f"choices-{place}-match": match}
            sent |= {f"choices-{place}-right": "y"} if right else {}
        return sent


def plain(*texts: str, right: str = "") -> tuple[tuple[str, str, bool], ...]:
    return tuple((text, "", text in right.split("|")) for text in texts)


STEPS = ("Tiếp nhận", "Thẩm định", "Trình ký", "Trả kết quả")
QUESTIONS = {
    Kind.SINGLE: Typed(Kind.SINGLE, plain("Sáu", "Năm", "Bảy", right="Sáu")),
    Kind.TRUE_FALSE: Typed(Kind.TRUE_FALSE, plain("Đúng", "Sai", right="Sai")),
    Kind.MULTIPLE: Typed(
        Kind.MULTIPLE, plain("Thể chế", "Tài chính công", "Thể thao", right="Thể chế|Tài chính công"),
        {"partial": "y"},
    ),
    Kind.SHORT_TEXT: Typed(Kind.SHORT_TEXT, plain("UBND xã", "xã")),
    Kind.NUMBER: Typed(Kind.NUMBER, plain("25.980"), {"tolerance": "10"}),
    Kind.ORDERING: Typed(Kind.ORDERING, plain(*STEPS), {"partial": "y"}),
    Kind.MATCHING: Typed(
        Kind.MATCHING,
        (("Khai sinh", "Ủy ban xã", False), ("Căn cước", "Công an", False), ("", "Tòa án", False)),
        {"partial": "y"},
    ),
}  # fmt: skip
# Written as the texts chosen: (right, partly right or None, wrong).
ANSWERS = {
    Kind.SINGLE: ("Sáu", None, "Năm"),
    Kind.TRUE_FALSE: ("Sai", None, "Đúng"),
    Kind.MULTIPLE: ("Thể chế|Tài chính công", "Thể chế", "Thể thao"),
    Kind.SHORT_TEXT: ("  uỷ ban nhân dân XÃ ", None, "tỉnh"),
    Kind.NUMBER: ("25.985", None, "25.991"),
    Kind.ORDERING: ("|".join(STEPS), "|".join((*STEPS[:2], STEPS[3], STEPS[2])), "|".join(STEPS[1:] + STEPS[:1])),
    Kind.MATCHING: ("Khai sinh=Ủy ban xã|Căn cước=Công an", "Khai sinh=Ủy ban xã", "Khai sinh=Tòa án"),
}  # fmt: skip

SAID = {
    "right": "đúng",
    "partial": "đúng một phần, 50% số điểm của câu",
    "wrong": "chưa đúng",
    "blank": "bỏ trống",
}


@pytest.fixture
def editor(browser_for) -> Browser:
    browser: Browser = browser_for(Role.ADMINISTRATOR)
    return browser


def written(editor: Browser, make: Make, kind: Kind) -> int:
    """A bank with one question of the kind, approved; gives the bank's id."""
    bank = make.bank(questions=0)
    path = f"/desk/banks/{bank.id}/questions/new"
    answer = editor.post(path, **QUESTIONS[kind].fields())
    assert answer.status == 302, answer.words()
    return bank.id


def published(app: Flask, make: Make, bank_id: int, papers: int = 3) -> Round:
    """A round that is open now, its papers drawn by the rule from everything in the bank."""
    with app.app_context():
        rows = publishing.banks.candidates(bank_id)
        candidates = publishing.settings_queries.candidates(rows)
        drawn = drawing.draw_papers(
            candidates, [drawing.RecipeLine(len(rows))], papers, "hạt giống", shuffle_choices=True
        )
    round_ = make.round(make.contest(), db_bank(app, bank_id), questions=len(rows), papers=0, papers_wanted=papers,
                        closes=timedelta(hours=3))  # fmt: skip
    with make.writing():
        publishing._store(round_, drawn, {row.question_id: row.version_id for row in rows})
    return round_


def db_bank(app: Flask, bank_id: int):
    with app.app_context():
        return db.session.get(Bank, bank_id)


def sitting(app: Flask, make: Make, round_: Round) -> tuple[Phone, paper_queries.ShownQuestion]:
    contest = type("C", (), {"id": round_.contest_id})
    phone = Phone(app, make.entry(contest).person_id)
    phone.start(round_.code)
    with app.app_context():
        attempt = db.session.query(Attempt).filter_by(token=phone.token).one()
        return phone, paper_queries.content(attempt.paper_id).questions[0]


def in_letters(question: paper_queries.ShownQuestion, texts: str) -> str:
    """What the phone sends for the texts somebody chose on this paper."""
    if not question.choices:
        return texts
    letter = {choice.text: choice.label for choice in question.choices}
    number = {left.text: left.label for left in question.lefts}
    parts = [part.partition("=") for part in texts.split("|")]
    return ",".join(f"{number[left]}-{letter[right]}" if right else letter[left] for left, _, right in parts)


@pytest.mark.parametrize(
    ("kind", "how", "texts"),
    [
        (kind, how, texts)
        for kind, answers in ANSWERS.items()
        for how, texts in zip(("right", "partial", "wrong", "blank"), (*answers, ""), strict=True)
        if texts is not None
    ],
)
def test_a_question_goes_from_the_form_to_the_mark(app, make, at, editor, kind, how, texts):
    round_ = published(app, make, written(editor, make, kind))
    phone, question = sitting(app, make, round_)
    assert question.kind is kind
    if texts:
        sent = in_letters(question, texts)
        assert phone.taps((1, sent, 1)).status_code == 200
        assert phone.answers() == {
            1: " ".join(sent.split()) if kind is not Kind.NUMBER else sent.replace(".", "")
        }
    words = phone.get(f"/attempts/{phone.token}/review").words()
    assert ("Bạn đã trả lời tất cả các câu." in words) == bool(texts)
    phone.hand_in()
    with app.app_context():
        assert db.session.query(Attempt).filter_by(token=phone.token).one().score == (how == "right")
    at(hours=4)
    own = phone.get(f"/attempts/{phone.token}/paper").words()
    assert f"Câu 1 {SAID[how]}" in own


@pytest.mark.parametrize("kind", [Kind.ORDERING, Kind.MATCHING])
def test_nothing_that_is_shown_tells_how_things_are_put(app, make, editor, kind):
    round_ = published(app, make, written(editor, make, kind), papers=12)
    with app.app_context():
        for number in range(1, 13):
            paper = publishing.queries.paper(round_.id, number)
            (question,) = paper_queries.content(paper.id).questions
            places = [choice.place for choice in question.choices]
            assert kind is Kind.MATCHING or places != sorted(places)
    phone, _ = sitting(app, make, round_)
    page = phone.get(f"/attempts/{phone.token}").text
    assert not re.search(r'(value|data-[a-z]+)="\d+-\d+"', page)


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (Kind.MULTIPLE, "A,A"),
        (Kind.MULTIPLE, "Z"),
        (Kind.NUMBER, "vài"),
        (Kind.ORDERING, "A,B"),
        (Kind.ORDERING, "A,B,C,C"),
        (Kind.MATCHING, "1-Z"),
        (Kind.MATCHING, "9-A"),
        (Kind.MATCHING, "1-A,1-B"),
        (Kind.MATCHING, "A"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_with_what_to_do(app, make, editor, kind, sent):
    phone, _ = sitting(app, make, published(app, make, written(editor, make, kind)))
    answer = phone.taps((1, sent, 1))
    assert answer.status_code == 409
    assert "Hãy" in answer.get_json()["error"]
    with app.app_context():
        assert db.session.query(StoredAnswer).count() == 0


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.MULTIPLE, ["A", "B"]),
        (Kind.SHORT_TEXT, ["xã"]),
        (Kind.NUMBER, ["25,5"]),
        (Kind.ORDERING, ["C", "A", "D", "B"]),
        (Kind.MATCHING, ["1-B", "", "2-A"]),
    ],
)
def test_without_a_script_the_plain_form_answers_and_takes_back(app, make, editor, kind, fields):
    phone, _ = sitting(app, make, published(app, make, written(editor, make, kind)))
    path = f"/attempts/{phone.token}"
    page = phone.get(path).text
    assert 'name="answer-1"' in page and 'name="shown"' in page
    body = {"position": "1", "revision": "0", "shown": "1", "go": "next", "answer-1": fields}
    assert phone.post(path, **body).status == 302
    assert phone.answers() == {1: ",".join(filter(None, fields))}
    again = phone.get(path).text
    assert again.count("checked") + again.count(" selected") + again.count(f'value="{fields[0]}"') > 0
    phone.post(path, position="1", revision="1", shown="1", go="next")
    assert phone.answers() == {1: ""}


def test_an_ordering_left_half_done_says_what_is_missing(app, make, editor):
    phone, _ = sitting(app, make, published(app, make, written(editor, make, Kind.ORDERING)))
    path = f"/attempts/{phone.token}"
    answer = phone.post(
        path, position="1", revision="0", shown="1", go="next", **{"answer-1": ["A", "", "", "B"]}
    )
    assert "Hãy xếp đủ các mục, mỗi mục vào một vị trí." in phone.follow(answer).words()


@pytest.mark.parametrize(
    ("kind", "rows", "said"),
    [
        (Kind.NUMBER, plain("vài chục"), "Không hiểu số “vài chục”"),
        (Kind.NUMBER, plain("1", "2"), "1; 2"),
        (Kind.SHORT_TEXT, plain(" "), "Chưa có đáp án"),
        (Kind.ORDERING, plain("một"), "Chỉ có một phương án"),
        (
            Kind.MATCHING,
            (("a", "x", False), ("b", "", False), ("", "y", False)),
            "Phương án B chưa có nội dung",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_not_taken(make, editor, kind, rows, said):
    bank = make.bank(questions=0)
    answer = editor.post(f"/desk/banks/{bank.id}/questions/new", **Typed(kind, rows).fields())
    assert answer.status == 422
    assert said in answer.words()


@pytest.mark.parametrize("kind", Kind)
def test_editing_starts_from_what_is_stored_and_an_unchanged_question_is_no_new_version(
    app, make, editor, kind
):
    written(editor, make, kind)
    with app.app_context():
        question_id = db.session.query(Question.id).scalar()
    page = editor.get(f"/desk/questions/{question_id}/edit").text
    assert f'data-kind="{kind}"' in page
    unchanged = editor.post(f"/desk/questions/{question_id}/edit", seen="1", **QUESTIONS[kind].fields())
    assert unchanged.status == 422 and "Chưa có gì thay đổi" in unchanged.words()
    rows = (*QUESTIONS[kind].rows, ("Thêm một dòng", "Thêm vế", kind is Kind.MULTIPLE))
    if kind is Kind.NUMBER:
        rows = plain("26")
    changed = Typed(kind, rows, QUESTIONS[kind].more).fields()
    assert editor.post(f"/desk/questions/{question_id}/edit", seen="1", **changed).status == 302
    words = editor.get(f"/desk/questions/{question_id}").words()
    assert "Phiên bản 2" in words
    assert "26" in words if kind is Kind.NUMBER else "Thêm một dòng" in words
    with app.app_context():
        first, second = db.session.query(QuestionVersion).order_by(QuestionVersion.number)
        assert (first.kind, second.kind, second.partial) == (kind, kind, "partial" in QUESTIONS[kind].more)


def test_turning_the_part_marks_off_is_a_change_that_can_be_seen(app, make, editor):
    written(editor, make, Kind.ORDERING)
    with app.app_context():
        question_id = db.session.query(Question.id).scalar()
    whole = Typed(Kind.ORDERING, plain(*STEPS)).fields()
    assert editor.post(f"/desk/questions/{question_id}/edit", seen="1", **whole).status == 302
    assert "Đúng một phần được một phần điểm có không" in editor.get(f"/desk/questions/{question_id}").words()


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Kind.SHORT_TEXT, r"UBND xã; xã"),
        (Kind.NUMBER, r"25980 \(± 10\)"),
        (Kind.ORDERING, r"[A-D], [A-D], [A-D], [A-D]"),
        (Kind.MATCHING, r"1-[A-C], 2-[A-C]"),
    ],
)
def test_the_board_reads_a_paper_with_its_key_and_without(app, make, editor, kind, key):
    round_ = published(app, make, written(editor, make, kind))
    path = f"/desk/rounds/{round_.id}/papers/1"
    assert re.search(f"Đáp án: {key}", editor.get(f"{path}?key=1").words())
    without = editor.get(path).words()
    assert "Đáp án:" not in without and "25980" not in without and "UBND xã" not in without
