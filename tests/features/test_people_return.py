"""Coming back on another device, and what people may do with what is kept about them."""

import json
from datetime import UTC, date, datetime

import pytest

from contest.contests.models import ConsentText, Contest
from contest.database import db
from contest.people import retention
from contest.people.models import Consent, Entry, Person, ReturnTry
from tests.conftest import Browser, counted_statements
from tests.features.test_people import EVERYTHING, code_shown, enter, rows


@pytest.fixture
def round_(make):
    return make.round(make.contest(fields=EVERYTHING), code="K7M3QX")


@pytest.fixture
def code(visitor, round_):
    """The return code of Nguyễn Thị Hoà, who came in on the visitor's device."""
    return code_shown(enter(visitor, "K7M3QX", publish="y"))


@pytest.fixture
def other(app):
    return Browser(app.test_client())


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: f" {code[:2]} {code[2:4]} {code[5:]} "])
def test_the_return_code_opens_ones_own_on_another_device_however_it_is_typed(other, code, typed):
    assert other.post("/return", code=typed(code)).location == "/me"
    assert "Nguyễn Thị Hoà" in other.get("/me").text


def test_coming_back_leads_to_the_round_one_was_about_to_do(other, code):
    assert other.post("/return?round=K7M3QX", code=code).location == "/rounds/K7M3QX"
    kept = other.post("/return", page="/return?round=K7M3QX", code=code, round="K7M3QX")
    assert kept.location == "/rounds/K7M3QX"


def test_the_page_of_a_known_phone_takes_the_code_at_once(other, code):
    assert "Bạn đã vào thi rồi" in enter(other, "K7M3QX").text
    assert other.post("/return", code=code, round="K7M3QX").location == "/rounds/K7M3QX"


def test_a_wrong_code_says_so_and_opens_nothing(other, code):
    answer = other.post("/return", code="AAAA-AAAA")
    assert (answer.status, "Không có mã quay lại nào như vậy" in answer.text) == (422, True)
    assert other.get("/me").status == 401
    assert other.post("/return", code="").status == 422


def test_after_ten_wrong_codes_the_device_waits_a_quarter_of_an_hour_and_others_do_not(app, other, code, at):
    for number in range(10):
        assert other.post("/return", code=f"AAA{'34679ACDEF'[number]}-AAAA").status == 422
    refused = other.post("/return", code=code)
    assert (refused.status, "Hãy đợi 15 phút" in refused.text) == (429, True)
    assert Browser(app.test_client()).post("/return", code=code).status == 302
    at(minutes=16)
    assert other.post("/return", code=code).status == 302


def test_a_code_half_seen_cannot_be_completed_from_many_devices(app, code, at):
    for _ in range(30):
        Browser(app.test_client()).post("/return", code=f"{code[:4]}-AAAA")
    assert Browser(app.test_client()).post("/return", code=code).status == 429
    assert Browser(app.test_client()).post("/return", code="CCCC-AAAA").status == 422
    at(days=1, seconds=1)
    assert Browser(app.test_client()).post("/return", code=code).status == 302
    assert len(rows(app, ReturnTry)) > 0


def test_everybody_together_has_a_limit_too(app, make, other, code):
    with make.writing():
        for _ in range(3000):
            make.add(ReturnTry(device="all", at=make.now))
    assert other.post("/return", code=code).status == 429


def test_wrong_tries_do_not_pile_up(app, other, code, at):
    for day in range(3):
        at(days=2 * day)
        other.post("/return", code="AAAA-AAAA")
    assert len(rows(app, ReturnTry)) == 3


def test_ones_own_page_shows_all_that_is_kept(visitor, code):
    words = visitor.get("/me").words()
    for shown in ("Nguyễn Thị Hoà", "1955", "0912345678", "Dự thi tự do", "Cán bộ, công chức", "30/06/2027"):
        assert shown in words


def test_a_new_return_code_ends_the_old_one(visitor, other, code):
    new = code_shown(visitor.post("/me/code", page="/me"))
    assert new != code
    assert other.post("/return", code=code).status == 422
    assert other.post("/return", code=new).status == 302


def test_name_year_and_consent_to_publish_can_be_mended(app, visitor, code):
    (entry,) = rows(app, Entry)
    path = f"/me/{entry.id}"
    assert "checked" in visitor.get(path).text
    wrong = visitor.post(path, name="Hòa", birth_year="1955")
    assert (wrong.status, "Hãy ghi cả họ và tên" in wrong.text) == (422, True)
    assert visitor.post(path, name="nguyễn thị hòa bình", birth_year="1956").location == "/me"
    (entry,) = rows(app, Entry)
    assert (entry.name, entry.birth_year, entry.publishes_name) == ("Nguyễn Thị Hòa Bình", 1956, False)
    visitor.post(path, name="Nguyễn Thị Hòa Bình", birth_year="1956", publish="y")
    assert rows(app, Entry)[0].publishes_name
    assert len(rows(app, Consent)) == 2


def test_consent_to_publish_can_be_given_later(app, visitor, round_):
    enter(visitor, "K7M3QX")
    (entry,) = rows(app, Entry)
    visitor.post(f"/me/{entry.id}", name="Nguyễn Thị Hoà", birth_year="1955", publish="y")
    given = {consent.consent_text_id for consent in rows(app, Consent)}
    assert {text.kind for text in rows(app, ConsentText) if text.id in given} == {"take_part", "publish"}


def test_nobody_mends_somebody_elses_entry(app, visitor, other, make, code):
    stranger = make.contest("cuoc-thi-khac", fields={})
    make.round(stranger, code="ACDE34")
    enter(other, "ACDE34", name="Trần Văn Ba", free=None, block=None)
    mine = next(entry for entry in rows(app, Entry) if entry.name == "Nguyễn Thị Hoà")
    assert other.get(f"/me/{mine.id}").status == 404


def test_own_data_can_be_taken_along(visitor, code):
    answer = visitor.get("/me/data.json")
    assert "attachment" in answer.response.headers["Content-Disposition"]
    (entry,) = json.loads(answer.text)
    assert (entry["name"], entry["phone"], entry["birth_year"]) == ("Nguyễn Thị Hoà", "0912345678", 1955)
    assert [consent["kind"] for consent in entry["consents"]] == ["take_part", "publish"]


def test_erasing_takes_the_name_away_and_leaves_the_count(app, visitor, other, code):
    gone = visitor.post("/me/erase", page="/me")
    assert gone.location == "/"
    assert visitor.get("/me").status == 401
    (entry,) = rows(app, Entry)
    assert (entry.name, entry.name_as_typed) == ("(đã xóa)", "(đã xóa)")
    assert (entry.phone, entry.staff_code, entry.birth_year, entry.search_key) == (None, None, None, "")
    assert rows(app, Person)[0].erased_at is not None
    assert other.post("/return", code=code).status == 422


def test_erasing_does_not_buy_another_attempt(app, visitor, other, code):
    visitor.post("/me/erase", page="/me")
    assert enter(other, "K7M3QX").status == 409


def test_a_device_that_still_remembers_an_erased_person_is_nobodys(app, visitor, other, code):
    other.post("/return", code=code)
    visitor.post("/me/erase", page="/me")
    for path in ("/me", "/me/data.json"):
        assert other.get(path).status == 401


def test_leaving_a_device_takes_the_person_off_it(visitor, code):
    assert visitor.post("/me/leave", page="/me").location == "/"
    assert visitor.get("/me").status == 401


def test_after_the_printed_day_the_contest_forgets_who_took_part(app, visitor, make, at, code):
    later = make.contest("cuoc-thi-khac")
    with make.writing():
        db.session.get(Contest, later.id).personal_data_until = date(2027, 7, 31)
    make.entry(later, "Trần Văn Ba")
    for moment, names in (
        # The last minute of 30/6/2027 in Vietnam, and the first of the next day.
        (datetime(2027, 6, 30, 16, 59, tzinfo=UTC), ["Nguyễn Thị Hoà", "Trần Văn Ba"]),
        (datetime(2027, 6, 30, 17, 0, tzinfo=UTC), ["(đã xóa)", "Trần Văn Ba"]),
    ):
        with app.app_context():
            retention.erase_expired(moment)
        entries = rows(app, Entry)
        assert [entry.name for entry in entries] == names
    forgotten = entries[0]
    assert (forgotten.phone, forgotten.birth_year, forgotten.identity_key) == (None, None, None)
    with app.app_context(), counted_statements(app) as seen:
        retention.erase_expired(moment)
    assert len(seen) == 1
