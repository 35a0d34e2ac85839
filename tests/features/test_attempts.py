"""The attempt through HTTP: start, answer, save, hand in, receipt; who sees what, and until when."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from itsdangerous import Signer

from contest.attempts import due
from contest.attempts.models import Answer as StoredAnswer
from contest.attempts.models import Attempt
from contest.contests.models import Contest, Round
from contest.database import db
from contest.people.models import Entry
from contest.permissions import Role
from contest.web import identity
from tests.conftest import Answer, Browser, counted_statements
from tests.making import Make


class Phone(Browser):
    """Somebody's phone in one contest."""

    def __init__(self, app: Flask, person_id: int) -> None:
        super().__init__(app.test_client())
        signer: Signer = app.extensions["device_signer"]
        self.client.set_cookie(identity.COOKIE, signer.sign(str(person_id)).decode())
        self.token = self.form_token = ""

    def start(self, code: str) -> str:
        """Press the button; gives the attempt's token."""
        answer = self.post(f"/rounds/{code}/start", page=f"/rounds/{code}")
        assert answer.status == 302, answer.words()
        self.token = answer.location.rpartition("/")[2]
        return self.token

    def taps(self, *answers: tuple[int, str, int], flagged: bool = False):
        """Send taps (position, letters, revision) as the script does."""
        sent = [
            {"position": position, "response": response, "revision": revision, "flagged": flagged}
            for position, response, revision in answers
        ]
        return self.client.post(f"/attempts/{self.token}/answers", json={"answers": sent})

    def state(self) -> dict:
        return self.client.get(f"/attempts/{self.token}/state").get_json()

    def answers(self) -> dict[int, str]:
        return {answer["position"]: answer["response"] for answer in self.state()["answers"]}

    def hand_in(self, **fields: str) -> Answer:
        """Press the last button; pressed twice it sends what the page held the first time."""
        page = self.get(f"/attempts/{self.token}/review").text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        self.form_token = found[1] if found else self.form_token
        body = {"csrf_token": self.form_token, **fields}
        return Answer(self.client.post(f"/attempts/{self.token}/hand-in", data=body))


@pytest.fixture
def contest(make: Make) -> Contest:
    return make.contest()


@pytest.fixture
def entry(make: Make, contest: Contest) -> Entry:
    return make.entry(contest)


@pytest.fixture
def round_(make: Make, contest: Contest) -> Round:
    """Open now, 5 questions, 30 minutes, one attempt."""
    return make.round(contest, code="SPRING", closes=timedelta(hours=3))


@pytest.fixture
def phone(app: Flask, entry: Entry, round_: Round) -> Phone:
    one = Phone(app, entry.person_id)
    one.start(round_.code)
    return one


def right_letters(app: Flask, token: str) -> dict[int, str]:
    """The key of this attempt's paper, in the letters it shows."""
    with app.app_context():
        attempt = db.session.query(Attempt).filter_by(token=token).one()
        number = db.session.execute(
            db.text("SELECT number FROM papers WHERE id = :id"), {"id": attempt.paper_id}
        ).scalar_one()
    # See Make.round: paper n shows the bank's choices rotated by n − 1; question q's right choice is q − 1.
    return {q: "ABCD"[((q - 1) % 4 - (number - 1)) % 4] for q in range(1, 6)}


def test_a_round_says_when_how_long_and_what_is_recorded(visitor, round_):
    words = visitor.get(f"/rounds/{round_.code}").words()
    assert "08:00 05/10/2026" in words
    assert "12:00 05/10/2026" in words
    assert re.search(r"phút 30 ", words)
    assert "Những gì được ghi lại" in words
    assert "Vào thi" in words


def test_starting_again_gives_back_the_same_attempt(app, entry, round_):
    phone = Phone(app, entry.person_id)
    assert phone.start(round_.code) == phone.start(round_.code)


def test_a_tap_is_saved_at_once_and_comes_back_in_the_letters_of_the_paper(phone):
    answer = phone.taps((3, "B", 1))
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["saved"] == [{"position": 3, "revision": 1, "at": "09:00:00"}]
    assert body["refused"] == []
    assert body["seconds_left"] == 1800
    assert body["phase"] == "running"
    assert phone.answers() == {3: "B"}


def test_what_is_stored_is_the_position_in_the_bank(app, phone):
    letters = right_letters(app, phone.token)
    phone.taps(*((q, letter, 1) for q, letter in letters.items()))
    with app.app_context():
        stored = {row.position: row.response for row in db.session.query(StoredAnswer)}
    assert stored == {1: "0", 2: "1", 3: "2", 4: "3", 5: "0"}


def test_a_newer_answer_is_never_overwritten_and_the_stale_page_is_told(phone):
    phone.taps((1, "A", 5))
    answer = phone.taps((1, "C", 4))
    assert answer.status_code == 409
    refused = answer.get_json()["refused"][0]
    assert (refused["response"], refused["revision"]) == ("A", 5)
    assert "mới hơn" in refused["reason"]
    assert phone.answers() == {1: "A"}


def test_the_same_tap_sent_twice_is_acknowledged_twice(phone):
    assert phone.taps((1, "A", 1)).get_json()["saved"] == phone.taps((1, "A", 1)).get_json()["saved"]


def test_of_two_different_answers_with_one_revision_the_first_stays(phone):
    phone.taps((1, "A", 1))
    assert phone.taps((1, "B", 1)).status_code == 409
    assert phone.answers() == {1: "A"}


@pytest.mark.parametrize(
    ("first", "then", "held"),
    [
        # (device, letter, revision, the newest revision this device had seen stored)
        pytest.param(
            (7, "A", 1, 0), (8, "C", 5, 0), "A", id="tapped often without network, never saw the newer"
        ),
        pytest.param((7, "A", 1, 0), (8, "C", 2, 1), "C", id="saw it and changed it"),
        pytest.param((7, "A", 1, 0), (7, "C", 2, 0), "C", id="its own, whose acknowledgement was lost"),
        pytest.param((7, "A", 3, 0), (7, "C", 2, 0), "A", id="its own, overtaken on the way"),
        pytest.param((0, "A", 3, 2), (8, "C", 4, 2), "A", id="a plain form in between"),
    ],
)
def test_who_has_not_seen_an_answer_cannot_give_a_newer_one(phone, first, then, held):
    def send(device, letter, revision, replaces):
        answer = {"position": 1, "response": letter, "revision": revision, "replaces": replaces}
        body = {"device": device, "answers": [answer]}
        return phone.client.post(f"/attempts/{phone.token}/answers", json=body).get_json()

    assert send(*first)["refused"] == []
    answered = send(*then)
    assert phone.answers() == {1: held}
    assert [one["why"] for one in answered["refused"]] == ([] if held == then[1] else ["newer"])


def test_within_one_request_the_newest_wins(phone):
    body = phone.taps((1, "A", 1), (1, "B", 2)).get_json()
    assert [one["revision"] for one in body["saved"]] == [2]
    assert phone.answers() == {1: "B"}


def test_an_answer_can_be_taken_back_and_a_question_flagged(phone):
    phone.taps((1, "A", 1))
    phone.taps((1, "", 2), flagged=True)
    held = {"position": 1, "response": "", "revision": 2, "flagged": True, "at": "09:00:00"}
    assert phone.state()["answers"] == [held]


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 200), (1799, 200), (1800, 200), (1805, 200), (1805.001, 409), (86400, 409)]
)
def test_an_answer_is_taken_until_the_grace_is_over(phone, at, seconds, status):
    at(seconds=seconds)
    answer = phone.taps((1, "A", 1))
    assert answer.status_code == status
    if status == 409:
        assert answer.get_json()["error"] == "Đã hết giờ làm bài."


def test_an_answer_after_handing_in_is_refused_with_the_moment(phone, at):
    at(minutes=10)
    phone.hand_in()
    answer = phone.taps((1, "A", 1))
    assert (answer.status_code, answer.get_json()["error"]) == (409, "Bài này đã nộp lúc 09:10:00.")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"answers": 3}',
        b'{"answers": [{}]}',
        b'{"answers": [{"position": 1, "response": 7, "revision": 1}]}',
        b'{"answers": [{"position": "1", "response": "A", "revision": 1}]}',
        b'{"answers": [{"position": 1, "response": "A", "revision": 0}]}',
        b'{"answers": [{"position": 1, "response": "A", "revision": 99999999999}]}',
        b'{"answers": [{"position": 1, "response": "A", "revision": 1, "flagged": "yes"}]}',
        b'{"answers": [{"position": 1, "response": "A", "revision": 1, "replaces": -1}]}',
        b'{"device": "7", "answers": [{"position": 1, "response": "A", "revision": 1}]}',
        json.dumps({"answers": [{"position": 1, "response": "A" * 501, "revision": 1}]}).encode(),
        json.dumps({"answers": [{"position": 1, "response": "A", "revision": 1}] * 201}).encode(),
        b"[" * 100_000,
    ],
    ids=lambda body: body[:40].decode(),
)
def test_what_no_phone_sends_is_refused_politely(phone, body):
    answer = phone.client.post(f"/attempts/{phone.token}/answers", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "tải lại trang" in answer.get_json()["error"]


@pytest.mark.parametrize(("position", "response"), [(0, "A"), (6, "A"), (1, "E"), (1, "A,B"), (-1, "A")])
def test_an_answer_that_the_paper_does_not_have_is_refused(phone, position, response):
    answer = phone.taps((position, response, 1))
    assert answer.status_code == 409
    assert phone.answers() == {}


def test_a_stranger_finds_nothing_at_anybodys_attempt(app, make, contest, phone):
    stranger = Phone(app, make.entry(contest, "Trần Thị Bình").person_id)
    stranger.token = phone.token
    for path in ("", "/state", "/review", "/receipt"):
        assert stranger.get(f"/attempts/{phone.token}{path}").status == 404
    assert stranger.taps((1, "A", 1)).status_code == 404
    assert phone.answers() == {}


def test_saving_costs_two_statements(app, phone):
    phone.taps((1, "A", 1))
    with counted_statements(app) as statements:
        phone.taps(*((position, "B", 2) for position in range(1, 6)))
    assert len(statements) == 2


def test_the_plain_form_saves_and_goes_where_the_button_leads(phone):
    page = f"/attempts/{phone.token}"
    answer = phone.post(page, **{"position": "1", "revision": "0", "answer-1": "C", "go": "next"})
    assert answer.location.endswith("?q=2")
    assert phone.answers() == {1: "C"}
    answer = phone.post(page, **{"position": "5", "revision": "0", "answer-5": "A", "go": "review"})
    assert answer.location.endswith("/review")
    review = phone.follow(answer).words()
    assert "Còn 3 câu chưa trả lời" in review


def test_a_plain_form_from_an_old_tab_is_told_and_shows_the_newer_answer(phone):
    phone.taps((1, "A", 4))
    page = f"/attempts/{phone.token}"
    answer = phone.post(page, **{"position": "1", "revision": "2", "answer-1": "D", "go": "next"})
    assert answer.location.endswith("?q=1")
    assert "mới hơn" in phone.follow(answer).words()
    assert phone.answers() == {1: "A"}


def test_the_flag_of_the_plain_form_stays_on_the_question(phone):
    page = f"/attempts/{phone.token}"
    answer = phone.post(page, position="2", revision="0", go="flag")
    assert answer.location.endswith("?q=2")
    held = {"position": 2, "response": "", "revision": 1, "flagged": True, "at": "09:00:00"}
    assert phone.state()["answers"] == [held]


def test_the_page_brings_back_what_was_answered(phone):
    phone.taps((2, "D", 1))
    page = phone.get(f"/attempts/{phone.token}?q=2").text
    assert re.search(r'id="answer-2-D" value="D" checked', page)
    assert "Đã lưu 09:00:00" in page


def test_handing_in_marks_and_gives_the_same_receipt_twice(app, phone, at):
    letters = right_letters(app, phone.token)
    phone.taps((1, letters[1], 1), (2, letters[2], 1), (3, "ABCD".replace(letters[3], "")[0], 1))
    at(minutes=12, seconds=7)
    answer = phone.hand_in()
    assert answer.location.endswith("/receipt")
    receipt = phone.follow(answer).words()
    assert "2 / 5" in receipt
    assert "12:07" in receipt
    at(minutes=20)
    assert phone.follow(phone.hand_in()).words() == receipt


def test_handing_in_alone_is_enough(app, phone):
    letters = right_letters(app, phone.token)
    everything = [
        {"position": q, "response": letter, "revision": 1, "flagged": False} for q, letter in letters.items()
    ]
    phone.hand_in(answers=json.dumps({"answers": everything}))
    assert "5 / 5" in phone.get(f"/attempts/{phone.token}/receipt").words()


def test_after_the_time_the_receipt_comes_by_itself(phone, at):
    phone.taps((1, "A", 1))
    at(minutes=31)
    answer = phone.get(f"/attempts/{phone.token}")
    assert answer.location.endswith("/receipt")
    words = phone.follow(answer).words()
    assert "tự động" in words
    assert "30:00" in words


def test_the_chore_hands_in_what_was_left_open(app, phone, at):
    now = at(minutes=30, seconds=5)
    with app.app_context():
        due.hand_in_overdue(now)
    assert not phone.state()["handed_in"]
    now = at(minutes=30, seconds=6)
    with app.app_context():
        due.hand_in_overdue(now)
        attempt = db.session.query(Attempt).one()
        assert (attempt.handed_in_by, attempt.score, attempt.out_of) == ("clock", 0, 5)
        assert attempt.handed_in_at == attempt.deadline
        assert attempt.duration_seconds == 1800
    assert phone.state()["handed_in"]


def test_no_more_attempts_than_the_round_allows(phone, round_):
    phone.hand_in()
    answer = phone.client.post(f"/rounds/{round_.code}/start", data={"csrf_token": phone.form_token})
    assert answer.status_code == 409
    assert "đã dùng hết 1 lượt thi" in answer.get_data(as_text=True)
    assert "đã dùng hết lượt" in phone.get(f"/rounds/{round_.code}").words()


def test_a_second_attempt_gets_another_paper(app, make, contest, entry):
    round_ = make.round(contest, attempts=2)
    phone = Phone(app, entry.person_id)
    first = phone.start(round_.code)
    phone.hand_in()
    assert phone.start(round_.code) != first
    with app.app_context():
        assert len({attempt.paper_id for attempt in db.session.query(Attempt)}) == 2


def test_a_later_closing_gives_those_it_would_have_cut_their_minutes_back(app, make, browser_for):
    contest = make.contest()
    round_ = make.round(contest, closes=timedelta(minutes=10), minutes=30)
    cut = Phone(app, make.entry(contest).person_id)
    cut.start(round_.code)
    assert cut.get(f"/attempts/{cut.token}/state").json["seconds_left"] == 600
    organiser = browser_for(Role.ORGANISER)
    page = organiser.follow(
        organiser.post(
            f"/desk/rounds/{round_.id}/extend", page=f"/desk/rounds/{round_.id}", closes_at="05/10/2026 12:00"
        )
    )
    assert "1 bài đang làm được thêm giờ" in page.words()
    assert cut.get(f"/attempts/{cut.token}/state").json["seconds_left"] == 1800
