"""Answering first: nothing declared but the consent, a name only to be ranked, and numbers that stay true."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import text

from contest import chores
from contest.attempts.models import Attempt, ClaimedAttempt
from contest.contests.models import Contest
from contest.database import db
from contest.participation.models import ContestTally, ScoreTally, UnitTally
from contest.people.models import Consent, Entry, Person
from contest.results.models import Participant, Sheet, Standing
from tests.conftest import Browser
from tests.features.test_people import code_shown, enter, form_on, rows

ASKED = {"phone": True, "unit": False, "block": True}


@pytest.fixture
def round_(make):
    contest = make.contest(fields=ASKED)
    with make.writing():
        db.session.get(Contest, contest.id).answer_first = True
    return make.round(contest, code="K7M3QX", attempts=3)


def come_in(browser: Browser):
    path = "/rounds/K7M3QX/enter"
    return browser.post(path, take_part="y", **form_on(browser, path))


def take_a_paper(browser: Browser) -> str:
    """Start and hand in; gives the attempt's token."""
    token = browser.post("/rounds/K7M3QX/start", page="/me").location.rpartition("/")[2]
    assert browser.post(f"/attempts/{token}/hand-in", page=f"/attempts/{token}/review").status == 302
    return token


def declare(browser: Browser, **changed: object):
    path = "/rounds/K7M3QX/declare"
    typed = {"name": "nguyễn thị hoà", "phone": "0912345678", "free": "y", "block": "1", "take_part": "y"}
    fields = typed | form_on(browser, path) | changed
    return browser.post(path, **{name: value for name, value in fields.items() if value is not None})


def count(app) -> None:
    with app.app_context():
        chores.run_once()


def tallies(app) -> dict[tuple[int, int], tuple[int, int]]:
    """(unit, block) -> people and attempts, as kept; places that count nobody any more left out."""
    with app.app_context():
        return {
            (row.unit_id, row.block_id): (row.people, row.attempts)
            for row in db.session.query(UnitTally)
            if row.people or row.attempts
        }


def recounted(app) -> dict[tuple[int, int], tuple[int, int]]:
    """The same from the attempts themselves."""
    with app.app_context():
        attempts = {
            one.id: one for one in db.session.query(Attempt).filter(Attempt.handed_in_at.is_not(None))
        }
        counting = [attempts[one.attempt_id] for one in db.session.query(Participant)]
    people = Counter((one.unit_id or 0, one.block_id) for one in counting)
    made = Counter((one.unit_id or 0, one.block_id) for one in attempts.values())
    return {place: (people[place], made[place]) for place in made}


def test_somebody_answers_at_once_with_nothing_declared(app, visitor, round_):
    asked = visitor.get("/rounds/K7M3QX/enter").text
    assert 'name="take_part"' in asked
    for name in ("name", "phone", "unit", "block", "publish"):
        assert f'name="{name}"' not in asked
    assert "checked" not in asked
    refused = visitor.post("/rounds/K7M3QX/enter", **form_on(visitor, "/rounds/K7M3QX/enter"))
    assert "Cần sự đồng ý này để dự thi" in refused.words()
    page = come_in(visitor)
    assert len(code_shown(page)) == 9
    assert 'action="/rounds/K7M3QX/start"' in page.text
    assert "chưa khai" not in page.words()
    (entry,) = rows(app, Entry)
    assert (entry.anonymous, entry.ranked, entry.phone, entry.unit_id) == (True, False, None, None)
    assert [given.entry_id for given in rows(app, Consent)] == [entry.id]


def test_the_receipt_offers_to_be_ranked_and_the_attempt_goes_to_the_unit(app, visitor, make, round_):
    unit = make.unit("Phường Sen Hồng", code="P07")
    come_in(visitor)
    token = take_a_paper(visitor)
    receipt = visitor.get(f"/attempts/{token}/receipt").text
    assert 'href="/rounds/K7M3QX/declare"' in receipt
    assert declare(visitor, unit="P07", free=None, publish="y").status == 302
    (entry,) = rows(app, Entry)
    assert (entry.name, entry.anonymous, entry.ranked, entry.publishes_name) == (
        "Nguyễn Thị Hoà", False, True, True,
    )  # fmt: skip
    (attempt,) = rows(app, Attempt)
    assert (attempt.unit_id, attempt.block_id, attempt.anonymous) == (unit.id, entry.block_id, False)
    assert waiting_to_move(app) == []
    count(app)
    assert tallies(app) == {(unit.id, entry.block_id): (1, 1)}
    assert "Khai thông tin" not in visitor.get(f"/attempts/{token}/receipt").text


def test_who_was_counted_already_is_moved_in_the_tallies(app, visitor, make, round_):
    unit = make.unit("Phường Sen Hồng", code="P07")
    come_in(visitor)
    for _ in range(2):
        take_a_paper(visitor)
    count(app)
    (before,) = tallies(app)
    assert (before[0], tallies(app)[before]) == (0, (1, 2))
    declare(visitor, unit="P07", free=None)
    assert len(waiting_to_move(app)) == 2
    count(app)
    (entry,) = rows(app, Entry)
    assert tallies(app) == {(unit.id, entry.block_id): (1, 2)}
    with app.app_context():
        assert [(one.unit_id, one.block_id) for one in db.session.query(Participant)] == [
            (unit.id, entry.block_id)
        ]
        scores = {row.block_id: row.people for row in db.session.query(ScoreTally) if row.people}
    assert scores == {entry.block_id: 1}
    assert waiting_to_move(app) == []


def waiting_to_move(app) -> list[ClaimedAttempt]:
    with app.app_context():
        return list(db.session.query(ClaimedAttempt))


def test_without_a_name_people_are_counted_and_never_ranked(app, visitor, round_, at):
    other = Browser(app.test_client())
    for browser in (visitor, other):
        come_in(browser)
        take_a_paper(browser)
    declare(other)
    count(app)
    at(days=7, minutes=29)
    count(app)
    with app.app_context():
        assert db.session.query(Sheet).count() == 0  # the standings wait for who still says who they are
    at(days=7, minutes=31)
    count(app)
    with app.app_context():
        sheet = db.session.query(Sheet).one()
        names = [standing.name for standing in db.session.query(Standing)]
    assert (sheet.people, sheet.attempts, names) == (2, 2, ["Nguyễn T. H."])


def test_after_the_closing_there_is_half_an_hour_and_then_a_kind_no(visitor, app, round_, at):
    come_in(visitor)
    token = take_a_paper(visitor)
    at(days=7, minutes=20)
    assert "Khai thông tin" in visitor.get(f"/attempts/{token}/receipt").text
    at(days=7, minutes=31)
    assert "Khai thông tin" not in visitor.get(f"/attempts/{token}/receipt").text
    late = visitor.get("/rounds/K7M3QX/declare")
    assert (late.status, "vẫn được đếm là một người tham gia" in late.words()) == (409, True)


def test_a_later_round_does_not_change_one_that_is_over(app, visitor, make, round_, at):
    """Who says who they are in week two is ranked in week two; week one has been settled."""
    come_in(visitor)
    take_a_paper(visitor)
    with app.app_context():
        contest = db.session.get(Contest, round_.contest_id)
    make.round(contest, code="ACDE34", closes=timedelta(days=20))
    at(days=8)
    count(app)
    token = visitor.post("/rounds/ACDE34/start", page="/me").location.rpartition("/")[2]
    visitor.post(f"/attempts/{token}/hand-in", page=f"/attempts/{token}/review")
    path = "/rounds/ACDE34/declare"
    typed = {"name": "Nguyễn Thị Hoà", "phone": "0912345678", "free": "y", "block": "1", "take_part": "y"}
    assert visitor.post(path, **typed, **form_on(visitor, path)).status == 302
    assert [one.anonymous for one in rows(app, Attempt)] == [True, False]


def test_a_phone_that_has_entered_already_leaves_the_attempt_without_a_name(app, visitor, round_):
    other = Browser(app.test_client())
    for browser in (visitor, other):
        come_in(browser)
        take_a_paper(browser)
    assert declare(visitor).status == 302
    again = declare(other, name="Trần Văn Ba")
    assert (again.status, "Nguyễn Thị Hoà" in again.text) == (409, False)
    assert [entry.anonymous for entry in rows(app, Entry)] == [False, True]
    assert declare(visitor).status == 302  # and who has a name is led back to the round
    assert len(rows(app, Person)) == 2


def test_nobody_declares_for_somebody_else(app, visitor, make, round_):
    come_in(visitor)
    take_a_paper(visitor)
    stranger = Browser(app.test_client())
    assert stranger.get("/rounds/K7M3QX/declare").status == 401
    make.round(make.contest("cuoc-thi-khac", fields={}), code="ACDE34")
    enter(stranger, "ACDE34", free=None, block=None)
    assert stranger.get("/rounds/K7M3QX/declare").status == 404


def test_without_a_name_there_is_nothing_to_mend_and_nobody_to_rank(app, visitor, round_, browser_for):
    come_in(visitor)
    (entry,) = rows(app, Entry)
    assert visitor.get(f"/me/{entry.id}").status == 409
    assert "Chưa khai tên nên không xếp hạng" in visitor.get("/me").words()
    desk = browser_for()
    path = f"/desk/people/{entry.id}"
    assert "Chuyển sang không xét giải" not in desk.get(path).words()
    assert desk.post(f"{path}/rank", page=path, ranked="yes").status == 409


@pytest.mark.parametrize("seed", range(4))
def test_in_whatever_order_people_hand_in_declare_and_are_counted_the_tallies_are_true(
    app, make, round_, seed
):
    """Random walks of a small crowd; after the last counting every tally equals a recount of the attempts."""
    chance = random.Random(seed)
    units = [make.unit(f"Phường {name}", code=name) for name in ("P01", "P02")]
    crowd = [Browser(app.test_client()) for _ in range(4)]
    for browser in crowd:
        come_in(browser)
    left = dict.fromkeys(range(len(crowd)), 3)
    named: set[int] = set()
    for _ in range(16):
        number = chance.randrange(len(crowd))
        act = chance.choice(("hand in", "hand in", "declare", "count"))
        if act == "hand in" and left[number]:
            left[number] -= 1
            token = take_a_paper(crowd[number])
            with make.writing():
                db.session.execute(
                    text("UPDATE attempts SET score = :score WHERE token = :token"),
                    {"score": chance.randrange(6), "token": token},
                )
        elif act == "declare" and number not in named and left[number] < 3:
            named.add(number)
            unit = chance.choice([*units, None])
            where = {"unit": unit.code, "free": None} if unit else {}
            answer = declare(crowd[number], phone=f"091234567{number}", block=block_of(app, chance), **where)
            assert answer.status == 302, answer.words()
        elif act == "count":
            count(app)
    count(app)
    assert tallies(app) == recounted(app)
    with app.app_context():
        contest_people = {(row.unit_id, row.block_id): row.people for row in db.session.query(ContestTally)}
        assert {place: people for place, people in contest_people.items() if people} == {
            place: people for place, (people, _made) in recounted(app).items() if people
        }
        by_attempt = {one.id: one for one in db.session.query(Attempt)}
        counting = Counter(
            (by_attempt[one.attempt_id].block_id, by_attempt[one.attempt_id].score)
            for one in db.session.query(Participant)
        )
        kept = {(row.block_id, row.score): row.people for row in db.session.query(ScoreTally) if row.people}
    assert kept == dict(counting)


def block_of(app, chance: random.Random) -> str:
    with app.app_context():
        ids = [str(one) for (one,) in db.session.execute(text("SELECT id FROM blocks ORDER BY id"))]
    return chance.choice(ids)
