"""Nothing a phone receives before the round has closed tells the key, and the prediction counts as read back."""

import io
import logging
import re
import zipfile
from datetime import timedelta
from itertools import product

import pytest
from werkzeug.routing import AnyConverter

from contest import clock
from contest.attempts import clock_actions
from contest.attempts.models import Attempt
from contest.banks.models import Choice, QuestionVersion
from contest.contests import queries as contests
from contest.database import db, write_transaction
from contest.permissions import Actor, Role
from contest.web.access import ACCESS
from tests.conftest import NOW, Browser
from tests.features.test_attempts import Phone, contest, entry, phone, round_  # noqa: F401  fixtures
from tests.test_access import example

SECRETS = ("Giải thích của câu", "Nghị quyết số 76", "MAT-KHAU-CUA-DAP-AN")


@pytest.fixture
def walked(app, phone):  # noqa: F811
    """Every answer of a whole attempt, headers included."""
    seen = []
    token = f"/attempts/{phone.token}"

    def look(response):
        seen.append(str(response.headers) + response.get_data(as_text=True))
        return response

    for path in (token, f"{token}?q=3", f"{token}/state", f"{token}/review", "/rounds/SPRING", "/me"):
        look(phone.client.get(path))
    look(phone.taps((1, "A", 1), (2, "B", 1)))
    look(phone.taps((1, "C", 1)))
    look(phone.taps((9, "A", 1)))
    page = phone.get(token).text
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        look(phone.client.get(address))
    seen.append(phone.hand_in().text)
    look(phone.taps((1, "A", 9)))
    for path in (f"{token}/receipt", token, f"{token}/paper", "/rounds/SPRING", "/results/SPRING"):
        look(phone.client.get(path))
    return seen


def test_no_answer_before_closing_holds_key_explanation_or_source(walked):
    assert len(walked) > 15
    for text in walked:
        assert [secret for secret in SECRETS if secret in text] == []


def everything(response) -> str:
    """Headers and body; a spreadsheet is opened."""
    body = response.get_data()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return str(response.headers) + body.decode(errors="replace")


def open_to_all(app, known):
    """Every address that a participant may ask for, with what is known of this round filled in."""
    for rule in app.url_map.iter_rules():
        to = getattr(app.view_functions[rule.endpoint], ACCESS).to
        if to == "staff" or "GET" not in (rule.methods or set()):
            continue
        several = {
            name: sorted(converter.items)
            for name, converter in rule._converters.items()
            if isinstance(converter, AnyConverter)
        }
        values = {name: known.get(name, example(rule, name)) for name in rule.arguments}
        for kinds in product(*several.values()):
            chosen = values | dict(zip(several, kinds, strict=True))
            yield app.url_map.bind("localhost").build(rule.endpoint, chosen)


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["running", "paused", "handed in", "last minute before the closing"])
def test_no_address_at_all_tells_a_participant_the_key_before_the_closing(
    app,
    make,
    contest,  # noqa: F811
    round_,  # noqa: F811
    phone,  # noqa: F811
    at,
    moment,
):
    """Whatever is added to the program is asked too: pages, JSON, downloads, headers, and what is logged of it."""
    phone.taps((1, "A", 1), (2, "B", 1))
    if moment == "paused":
        by = make_actor(make)
        with make.writing():
            clock_actions.pause(contests.round_for_writing(round_.id), "Mất điện", clock.now(), by)
    elif moment != "running":
        phone.hand_in()
    if moment.startswith("last"):
        at(hours=2, minutes=59)
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    logging.getLogger("contest").addHandler(handler)
    try:
        known = {"code": round_.code, "token": phone.token}
        answers = {address: everything(phone.client.get(address)) for address in open_to_all(app, known)}
        of_contest = {"code": contest.code, "token": phone.token}
        answers |= {
            address: everything(phone.client.get(address)) for address in open_to_all(app, of_contest)
        }
    finally:
        logging.getLogger("contest").removeHandler(handler)
    assert len(answers) > 20
    told = [(address, secret) for address, text in answers.items() for secret in SECRETS if secret in text]
    assert told == []
    assert [secret for secret in (*SECRETS, phone.token) if secret in logged.getvalue()] == []


def make_actor(make):
    one = make.staff(Role.ORGANISER)
    return Actor(one.id, one.email, one.name, Role.ORGANISER, None, None, "")


def test_the_choices_carry_letters_only_and_not_their_place_in_the_bank(phone):  # noqa: F811
    page = phone.get(f"/attempts/{phone.token}").text
    values = re.findall(r'name="answer-\d+" id="[^"]+" value="([^"]*)"', page)
    assert len(values) == 4 + 20  # the question in view, and the five of the whole paper behind it
    assert set(values) == set("ABCD")


def test_the_accepted_answers_of_a_typed_question_are_not_shown(app, make, contest, entry):  # noqa: F811
    bank = make.bank(5)
    with app.app_context(), write_transaction():
        version = db.session.query(QuestionVersion).order_by(QuestionVersion.id).first()
        version.kind = "short_text"
        for choice in db.session.query(Choice).filter_by(version_id=version.id):
            choice.text = "MAT-KHAU-CUA-DAP-AN"
            choice.right = True
    made = make.round(contest, bank)
    one = Phone(app, entry.person_id)
    one.start(made.code)
    page = one.get(f"/attempts/{one.token}").text
    assert "MAT-KHAU-CUA-DAP-AN" not in page
    assert 'maxlength="500"' in page
    assert one.taps((1, "mat-khau-cua-dap-an", 1)).status_code == 200
    assert one.taps((1, "\x00", 2)).status_code == 409
    assert one.taps((1, "\ud800", 2)).status_code in (400, 409)
    one.hand_in()
    assert "1 / 5" in one.get(f"/attempts/{one.token}/receipt").words()


def test_the_prediction_is_read_back_before_it_counts(app, make, contest, entry):  # noqa: F811
    made = make.round(contest, prediction="people")
    one = Phone(app, entry.person_id)
    one.start(made.code)
    refused = one.hand_in(prediction="25.98")
    assert "phải là số nguyên" in refused.words()
    asked = one.hand_in(prediction="25 980")
    assert "25.980 (hai mươi lăm nghìn chín trăm tám mươi)" in asked.words()
    seen = re.search(r'name="seen" value="([^"]+)"', asked.text)[1]
    assert one.hand_in(prediction="25 980", seen=seen).status == 302
    with app.app_context():
        attempt = db.session.query(Attempt).one()
        assert (attempt.prediction, attempt.prediction_as_typed) == ("25980", "25 980")


def test_a_prediction_changed_after_it_was_read_back_is_read_back_again(app, make, contest, entry):  # noqa: F811
    made = make.round(contest, prediction="people")
    one = Phone(app, entry.person_id)
    one.start(made.code)
    asked = one.hand_in(prediction="100")
    seen = re.search(r'name="seen" value="([^"]+)"', asked.text)[1]
    assert "2.000 (hai nghìn)" in one.hand_in(prediction="2000", seen=seen).words()


def test_a_prediction_noted_but_not_confirmed_counts_when_the_time_runs_out(
    app,
    make,
    contest,  # noqa: F811
    entry,  # noqa: F811
    at,
):
    made = make.round(contest, prediction="percentage")
    one = Phone(app, entry.person_id)
    one.start(made.code)
    one.hand_in(prediction="87,65")
    at(minutes=40)
    assert "87,65" in one.get(f"/attempts/{one.token}/receipt").words()


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (timedelta(hours=1), timedelta(hours=2), "Đợt thi mở lúc 10:00 05/10/2026"),
        (timedelta(hours=-1), timedelta(hours=1), "Vào thi"),
        (timedelta(hours=-2), timedelta(hours=-1), "Đợt thi đã đóng"),
    ],
)
def test_a_round_says_where_it_stands(make, visitor: Browser, opens, closes, words):
    made = make.round(opens=opens, closes=closes)
    assert words in visitor.get(f"/rounds/{made.code}").words()


@pytest.mark.parametrize(
    ("late", "seconds_left"), [("cut", 120), ("run", 1800)], ids=["cut at the closing", "its full minutes"]
)
def test_a_start_just_before_closing_gets_what_the_round_says(app, make, contest, entry, late, seconds_left):  # noqa: F811
    made = make.round(contest, closes=timedelta(minutes=2), late_start=late)
    one = Phone(app, entry.person_id)
    one.start(made.code)
    assert one.state()["seconds_left"] == seconds_left


def test_nothing_starts_before_the_opening_or_at_the_closing(app, make, contest, entry, at):  # noqa: F811
    made = make.round(contest, code="EDGES", opens=timedelta(hours=1), closes=timedelta(hours=2))
    one = Phone(app, entry.person_id)
    page = one.get("/return").text
    token = {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]}
    assert "chưa mở" in one.client.post(f"/rounds/{made.code}/start", data=token).get_data(as_text=True)
    at(hours=2)
    assert "đã đóng" in one.client.post(f"/rounds/{made.code}/start", data=token).get_data(as_text=True)
    at(hours=1)
    assert one.client.post(f"/rounds/{made.code}/start", data=token).status_code == 302


def test_who_has_not_entered_this_contest_is_led_to_the_form(app, make, entry):  # noqa: F811
    other = make.round(make.contest(code="cuoc-thi-khac"), code="OTHERS")
    one = Phone(app, entry.person_id)
    page = one.get("/return").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    answer = one.client.post(f"/rounds/{other.code}/start", data={"csrf_token": token})
    assert answer.headers["Location"].endswith("/rounds/OTHERS/enter")


def test_an_attempt_remembers_the_door_of_its_round_only(app, make, contest, entry):  # noqa: F811
    made = make.round(contest, attempts=2, code="DOORED")
    with app.app_context(), write_transaction():
        db.session.execute(
            db.text(
                "INSERT INTO doors (code, round_id, label, created_at) VALUES ('DOOR34', :round, '', :now)"
            ),
            {"round": made.id, "now": NOW.replace(tzinfo=None)},
        )
    one = Phone(app, entry.person_id)
    one.get("/v/DOOR34")
    one.start(made.code)
    with app.app_context():
        assert db.session.query(Attempt).one().door_id is not None
