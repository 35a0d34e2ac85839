"""People who chose the wrong unit: moved at once, or handed over; numbers follow and nothing is lost."""

from collections import Counter
from datetime import timedelta

import pytest

from contest.attempts.models import Attempt
from contest.corrections.models import AttemptUnit
from contest.database import db
from contest.participation import actions as participation
from contest.participation.models import ContestTally, UnitHourTally, UnitTally
from contest.people.models import Entry
from contest.permissions import Role
from contest.results.models import Participant
from tests.taking_part import take_part


@pytest.fixture
def held(make, app):
    """Two wards, one with a school; one person of the school with two attempts in one round and one under way."""
    top = make.unit("Tỉnh An Bình", kind="province", code="AB")
    sen = make.unit("Phường Sen Hồng", top, code="SEN")
    kim = make.unit("Trường Kim Đồng", sen, code="KD", kind="school")
    sao = make.unit("Xã Sao Mai", top, code="SAO")
    contest = make.contest()
    first = make.round(contest, attempts=3)
    second = make.round(contest, opens=timedelta(minutes=-30), attempts=3)
    entry, other = make.entry(contest, "Nguyễn Thị Lan", kim), make.entry(contest, "Lê Văn Bình", kim)
    take_part(make, first, entry, score=2)
    take_part(make, first, entry, score=4)
    take_part(make, second, entry, score=1)
    take_part(make, second, entry, handed_in=False)
    take_part(make, first, other, score=3)
    count(app, make)
    return {
        "top": top,
        "sen": sen,
        "kim": kim,
        "sao": sao,
        "entry": entry,
        "other": other,
        "contest": contest,
    }


def count(app, make) -> None:
    with app.app_context():
        participation.count_new(make.now)


def recounted(app) -> None:
    """Every tally of units equals a recount from the attempts."""
    with app.app_context():
        handed_in = [one for one in db.session.query(Attempt) if one.handed_in_at is not None]
        attempts = Counter((one.round_id, one.unit_id or 0) for one in handed_in)
        found, hours = Counter(), Counter()
        for row in db.session.query(UnitTally):
            found[row.round_id, row.unit_id] += row.attempts
        for row in db.session.query(UnitHourTally):
            hours[row.round_id, row.unit_id] += row.attempts
        assert +found == +hours == attempts
        people = Counter((row.round_id, row.unit_id or 0) for row in db.session.query(Participant))
        tallied = Counter()
        for row in db.session.query(UnitTally):
            tallied[row.round_id, row.unit_id] += row.people
        assert +tallied == people
        assert sum(row.people for row in db.session.query(ContestTally)) == 2


def unit_of(app, entry) -> tuple[int | None, set[int | None]]:
    """Where the entry stands, and where its attempts do."""
    with app.app_context():
        attempts = db.session.query(Attempt).filter_by(entry_id=entry.id)
        return db.session.get(Entry, entry.id).unit_id, {one.unit_id for one in attempts}


def move(browser, entry, to: str, reason: str = "Chọn nhầm"):
    return browser.post(f"/desk/corrections/entries/{entry.id}", unit=to, reason=reason)


def test_within_ones_own_units_a_person_moves_at_once_with_everything_handed_in(held, app, make, browser_for):
    ward = browser_for(Role.COORDINATOR, held["sen"].id)
    page = ward.get(f"/desk/corrections/entries/{held['entry'].id}").words()
    assert "Nguyễn Thị Lan đang ghi ở: Trường Kim Đồng." in page
    assert "2 lượt thi" in page
    assert move(ward, held["entry"], "SEN").status == 302
    assert unit_of(app, held["entry"]) == (held["sen"].id, {held["sen"].id})
    count(app, make)
    recounted(app)
    with app.app_context():
        kept = db.session.query(AttemptUnit).all()
        assert [one.unit_id for one in kept] == [held["kim"].id] * 4
    words = ward.get("/desk/corrections").words()
    assert "Nguyễn Thị Lan Đã chuyển" in words
    assert "Chọn nhầm" in words


def test_another_unit_has_to_accept(held, app, make, browser_for):
    school, other = (
        browser_for(Role.COORDINATOR, held["kim"].id),
        browser_for(Role.COORDINATOR, held["sao"].id),
    )
    assert move(school, held["entry"], "SAO").status == 302
    assert unit_of(app, held["entry"])[0] == held["kim"].id
    assert "1 người được chuyển đến, chờ đơn vị bạn nhận." in other.get("/desk").words()
    again = move(school, held["entry"], "SAO")
    assert again.status == 422
    assert "đang chờ một đơn vị khác nhận" in again.words()
    assert school.post("/desk/corrections/1/accept", page="/desk/corrections").status == 404
    assert other.post("/desk/corrections/1/accept", page="/desk/corrections").status == 302
    assert unit_of(app, held["entry"]) == (held["sao"].id, {held["sao"].id})
    count(app, make)
    recounted(app)
    assert other.post("/desk/corrections/1/decline", page="/desk/corrections").status == 409
    assert school.get(f"/desk/corrections/entries/{held['entry'].id}").status == 404


@pytest.mark.parametrize(("who", "act"), [("sao", "decline"), ("kim", "withdraw")])
def test_an_offer_that_comes_to_nothing_changes_nothing(held, app, make, browser_for, who, act):
    school = browser_for(Role.COORDINATOR, held["kim"].id)
    move(school, held["entry"], "SAO")
    browser = school if who == "kim" else browser_for(Role.COORDINATOR, held["sao"].id)
    assert browser.post(f"/desk/corrections/1/{act}", page="/desk/corrections").status == 302
    assert unit_of(app, held["entry"]) == (held["kim"].id, {held["kim"].id})
    recounted(app)
    assert move(school, held["entry"], "SAO").status == 302


def test_the_organiser_moves_anybody_and_attempts_for_other_units_stay(held, app, make, browser_for):
    with make.writing():
        attempt = db.session.query(Attempt).filter_by(entry_id=held["other"].id).one()
        db.session.get(Entry, held["other"].id).unit_id = held["sen"].id
    organiser = browser_for(Role.ORGANISER)
    assert move(organiser, held["other"], "SAO").status == 302
    count(app, make)
    recounted(app)
    with app.app_context():
        assert db.session.get(Attempt, attempt.id).unit_id == held["kim"].id
    assert unit_of(app, held["other"])[0] == held["sao"].id


def test_strangers_get_404_and_a_reason_is_needed(held, browser_for):
    sister, school = (
        browser_for(Role.COORDINATOR, held["sao"].id),
        browser_for(Role.COORDINATOR, held["kim"].id),
    )
    address = f"/desk/corrections/entries/{held['entry'].id}"
    assert sister.get(address).status == 404
    assert sister.post(address, page="/desk/corrections", unit="SAO", reason="x").status == 404
    assert move(school, held["entry"], "SAO", reason="").status == 422
    assert move(school, held["entry"], "KD").status == 422
    assert move(school, held["entry"], "khong co don vi nay").status == 422
    assert move(school, held["entry"], "SAO").status == 302
    third = browser_for(Role.COORDINATOR, held["sen"].id)
    for act in ("accept", "decline"):
        assert third.post(f"/desk/corrections/1/{act}", page="/desk/corrections").status == 404
    assert sister.post("/desk/corrections/1/withdraw", page="/desk/corrections").status == 404
    assert (
        "Nguyễn Thị Lan"
        not in browser_for(Role.COORDINATOR, held["sen"].id).get("/desk/people?q=khong").words()
    )
