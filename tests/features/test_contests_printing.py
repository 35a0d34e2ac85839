"""Printing the numbered papers of a round as PDF, with and without their keys."""

import unicodedata

import pypdfium2
import pytest

from contest.contests import paper_queries
from contest.contests.paper_queries import PrintedChoice, PrintedQuestion
from contest.contests.printing import as_pdf
from contest.contests.queries import contest_of, round_for_staff
from contest.database import db
from contest.history import newest
from contest.permissions import Role
from contest.rules.grading import Kind
from tests.conftest import Browser
from tests.features.test_pictures import png, send
from tests.setting_up import ready


@pytest.fixture
def organiser(browser_for) -> Browser:
    return browser_for(Role.ORGANISER)


@pytest.fixture
def published(organiser, make) -> str:
    """The address of a published round with six papers of five questions."""
    contest, round_ = ready(organiser, make.bank(10).id)
    organiser.post(f"{round_}/publish", page=contest)
    return round_


def words_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    return [" ".join(unicodedata.normalize("NFC", page.replace("\u200b", "")).split()) for page in pages]


def printed(browser: Browser, round_: str, **asked: object) -> list[str]:
    answer = browser.client.get(f"{round_}/papers.pdf", query_string=asked)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    return words_of(answer.data)


def test_the_papers_asked_for_are_printed_one_after_the_other(organiser, published):
    pages = printed(organiser, published, first=2, last=3)
    assert ["Mã đề 2" in page for page in pages] == [True, False]
    assert all(f"Câu {number}." in page for page in pages for number in range(1, 6))
    assert len(printed(organiser, published)) == 6


def test_the_key_comes_only_on_request_and_is_written_into_the_history(app, organiser, published):
    assert not any("Bảng đáp án" in page for page in printed(organiser, published, first=1, last=1))
    with app.app_context():
        assert db.session.scalar(newest("round:print_keys")) is None
    *_, key = printed(organiser, published, first=1, last=2, key=1, columns=2, sides=2)
    assert "Bảng đáp án" in key
    with app.app_context():
        entry = db.session.scalar(newest("round:print_keys"))
        assert entry is not None
        assert (entry.subject_kind, entry.detail) == ("round", "1–2")


def test_the_printed_key_is_the_key_of_that_paper(app, organiser, published):
    *_, key = printed(organiser, published, first=4, last=4, key=1)
    with app.app_context():
        right = [question.key for question in paper_queries.printed(1, 4, with_key=True)]
    assert key.rpartition("Trả lời ")[2].split()[1::2] == right


def test_the_page_of_a_paper_offers_to_print_it(organiser, published):
    assert "In đề ra giấy" in organiser.get(f"{published}/papers/3").words()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first": 0}, "từ 1 đến 6"),
        ({"first": 5, "last": 4}, "từ 1 đến 6"),
        ({"first": 1, "last": 7}, "từ 1 đến 6"),
    ],
)
def test_papers_that_do_not_exist_are_refused_with_what_does(organiser, published, asked, sentence):
    answer = organiser.client.get(f"{published}/papers.pdf", query_string=asked)
    assert answer.status_code == 409
    assert sentence in answer.get_data(as_text=True)


def test_a_round_without_papers_and_other_people_get_none(organiser, browser_for, make):
    _, round_ = ready(organiser, make.bank(10).id)
    assert organiser.client.get(f"{round_}/papers.pdf").status_code == 404
    assert organiser.client.get("/desk/rounds/999/papers.pdf").status_code == 404
    assert browser_for(Role.VIEWER).client.get(f"{round_}/papers.pdf").status_code == 403


LETTERED = tuple(
    PrintedChoice(letter, text, False) for letter, text in zip("ABC", ("Một", "Hai", "Ba"), strict=True)
)


@pytest.mark.parametrize(
    ("kind", "choices", "lefts", "on_paper"),
    [
        (Kind.SINGLE, LETTERED, (), "Hỏi gì? A. Một B. Hai C. Ba —"),
        (Kind.ORDERING, LETTERED, (), "A. Một B. Hai C. Ba Trả lời: .."),
        (Kind.MATCHING, LETTERED, ("Bộ", "Xã"), "1. Bộ 2. Xã A. Một B. Hai C. Ba Trả lời: .."),
        (Kind.SHORT_TEXT, (), (), "Hỏi gì? Trả lời: .."),
    ],
)
def test_every_kind_of_question_is_printed_so_that_it_can_be_answered(
    app, organiser, published, kind, choices, lefts, on_paper
):
    asked = PrintedQuestion(1, "Hỏi gì?", "", "", "", choices, kind, lefts, "khóa")
    with app.test_request_context():
        round_ = round_for_staff(1)
        page, last = words_of(
            as_pdf(contest_of(round_), round_, {1: [asked]}, with_key=True, columns=1, two_sided=False)
        )
    assert on_paper in page
    assert "khóa" not in page
    assert last.endswith("1 khóa")


def test_the_picture_of_a_question_is_printed_with_it(app, organiser, make, browser_for):
    bank = make.bank(questions=0)
    send(browser_for(Role.ADMINISTRATOR), f"/desk/banks/{bank.id}/questions/new", png(80, 60))
    round_ = make.round(make.contest(), bank, questions=1, papers=2)
    answer = organiser.client.get(f"/desk/rounds/{round_.id}/papers.pdf")
    assert answer.status_code == 200
    document = pypdfium2.PdfDocument(answer.data)
    for page in document:
        (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=5)
        left, bottom, right, top = picture.get_bounds()
        grey = page.render().to_pil().getpixel((int(left + right) // 2, int(842 - (bottom + top) / 2)))
        assert all(abs(seen - 0x80) < 9 for seen in grey)
