"""One's own paper after closing: answers, key, explanations, and nobody else's."""

from datetime import timedelta

import pytest

from contest.attempts.models import Answer
from contest.contests.models import Contest
from contest.database import db
from contest.web import identity
from tests.conftest import Browser
from tests.taking_part import take_part


@pytest.fixture
def taken(app, make):
    """A person who answered question 1 right, question 2 wrong, and left the rest blank."""
    contest = make.contest()
    round_ = make.round(contest, questions=3)
    entry = make.entry(contest)
    attempt = take_part(make, round_, entry, score=1, out_of=3)
    with make.writing():
        for position, response in ((1, "0"), (2, "0")):
            make.add(
                Answer(
                    attempt_id=attempt.id,
                    position=position,
                    response=response,
                    revision=1,
                    saved_at=attempt.started_at,
                )
            )
    return round_, entry, attempt


def device_of(app, entry):
    """A phone on which this person has entered."""
    browser = Browser(app.test_client())
    with app.test_request_context():
        signed = identity._signer().sign(str(entry.person_id)).decode()
    browser.client.set_cookie(identity.COOKIE, signed)
    return browser


def test_after_closing_everybody_sees_what_was_right_and_why(app, taken, at):
    _, entry, attempt = taken
    at(days=8)
    page = device_of(app, entry).get(f"/attempts/{attempt.token}/paper")
    words = page.words()
    assert "1/3" in words
    assert "Câu 1 đúng" in words
    assert "Câu 2 chưa đúng" in words
    assert "Câu 3 bỏ trống" in words
    assert "Đáp án đúng, bạn đã chọn" in words
    assert "Giải thích của câu 2." in words
    assert "Căn cứ: Nghị quyết số 76/NQ-CP" in words


def test_before_the_closing_nothing_of_the_key_is_shown(app, taken):
    _, entry, attempt = taken
    page = device_of(app, entry).get(f"/attempts/{attempt.token}/paper")
    assert page.status == 409
    assert "Đáp án và giải thích được mở sau khi đợt thi đóng" in page.text
    assert "Giải thích của câu" not in page.text


def test_the_key_waits_for_the_last_attempt_that_runs_past_the_closing(app, make, taken, at):
    round_, entry, attempt = taken
    late = round_.closes_at - round_.opens_at - timedelta(minutes=1)
    with make.writing():
        contest = db.session.get(Contest, round_.contest_id)
    other = make.entry(contest, "Người Sau Cùng")
    take_part(make, round_, other, after=late, handed_in=False)
    minutes = (round_.closes_at - make.now) / timedelta(minutes=1)
    device = device_of(app, entry)
    at(minutes=minutes + round_.minutes - 2)
    assert device.get(f"/attempts/{attempt.token}/paper").status == 409
    at(minutes=minutes + round_.minutes)
    assert device.get(f"/attempts/{attempt.token}/paper").status == 200


def test_an_attempt_that_is_still_being_marked_asks_for_a_minute(app, make, taken, at):
    round_, entry, _ = taken
    open_ = take_part(make, round_, entry, handed_in=False)
    at(days=8)
    page = device_of(app, entry).get(f"/attempts/{open_.token}/paper")
    assert (page.status, "Hãy tải lại trang sau một phút" in page.text) == (409, True)


def test_a_paper_is_only_for_the_person_who_wrote_it(app, make, taken, at, visitor):
    *_, attempt = taken
    at(days=8)
    stranger = make.entry(make.contest("khac"), "Người Lạ")
    assert device_of(app, stranger).get(f"/attempts/{attempt.token}/paper").status == 404
    assert visitor.get(f"/attempts/{attempt.token}/paper").status == 401
