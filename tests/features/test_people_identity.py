"""Who somebody is, as the contest says: whole dates, addresses, second units, ages, and what people are known by."""

from datetime import date

import pytest

from contest.contests.models import Contest
from contest.contests.words import KNOWN_BY_ROSTER
from contest.database import db
from contest.people import retention
from contest.people.models import Entry
from contest.permissions import Role
from tests.conftest import Browser
from tests.features.test_people import enter, rows
from tests.setting_up import BASICS

ALL = {"birth_date": True, "address": False, "unit": False, "second_unit": False, "phone": False}


def changed(make, contest: Contest, **values: object) -> Contest:
    with make.writing():
        for name, value in values.items():
            setattr(db.session.get(Contest, contest.id), name, value)
    return contest


def test_a_whole_birth_date_an_address_and_a_second_unit_are_kept_as_they_were_meant(app, visitor, make):
    make.unit("Chi đoàn Sở Y tế", code="CD1", kind="branch")
    make.round(make.contest(fields=ALL), code="K7M3QX")
    page = enter(
        visitor,
        "K7M3QX",
        birth_date="5.8.1962",
        birth_year=None,
        address="  12 ngõ 3,  phường Sen Hồng",
        second_unit="chi doan so y te",
        block=None,
    )
    assert page.status == 200, page.words()
    (entry,) = rows(app, Entry)
    assert (entry.birth_date, entry.birth_year) == (date(1962, 8, 5), 1962)
    assert entry.address == "12 ngõ 3, phường Sen Hồng"
    assert (entry.unit_id, entry.second_unit_id is not None) == (None, True)
    mine = visitor.get("/me").words()
    assert all(words in mine for words in ("05/08/1962", "Chi đoàn Sở Y tế", "12 ngõ 3"))
    (kept,) = visitor.get("/me/data.json").json
    assert (kept["birth_date"], kept["second_unit"]) == ("1962-08-05", "Chi đoàn Sở Y tế")


def test_the_year_is_not_asked_again_where_the_date_is(visitor, make):
    make.round(make.contest(fields={"birth_year": True, "birth_date": True}), code="K7M3QX")
    page = visitor.get("/rounds/K7M3QX/enter").text
    assert 'name="birth_date"' in page
    assert 'name="birth_year"' not in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("birth_date", "13/13/1962", "Hãy gõ ngày sinh theo thứ tự ngày/tháng/năm"),
        ("birth_date", "1962", "Hãy gõ ngày sinh theo thứ tự ngày/tháng/năm"),
        ("birth_date", "", "Mục này cần được điền."),
        ("address", "123", "Hãy ghi địa chỉ bằng chữ"),
        ("second_unit", "không có đâu", "Không có đơn vị nào"),
    ],
)
def test_what_cannot_be_understood_is_asked_again(app, visitor, make, field, typed, sentence):
    make.round(make.contest(fields=ALL), code="K7M3QX")
    fields = {"birth_date": "05/08/1962", "birth_year": None, "block": None, field: typed}
    answer = enter(visitor, "K7M3QX", **fields)
    assert (answer.status, sentence in answer.words()) == (422, True), answer.words()
    assert rows(app, Entry) == []


def test_who_is_too_young_is_told_kindly_and_kept_nowhere(app, visitor, make):
    contest = changed(make, make.contest(fields={"birth_date": True}), minimum_age=14)
    make.round(contest, code="K7M3QX")
    # Fourteen tomorrow: today is 5/10/2026.
    young = enter(visitor, "K7M3QX", birth_date="06/10/2012", birth_year=None, free=None, block=None)
    assert "Cuộc thi này dành cho người từ 14 tuổi" in young.words()
    assert rows(app, Entry) == []
    assert (
        enter(visitor, "K7M3QX", birth_date="05/10/2012", birth_year=None, free=None, block=None).status
        == 200
    )


def test_what_is_mended_later_is_held_to_the_same_age(app, visitor, make):
    contest = changed(make, make.contest(fields={"birth_date": True, "address": False}), minimum_age=14)
    make.round(contest, code="K7M3QX")
    enter(visitor, "K7M3QX", birth_date="05/10/1990", birth_year=None, free=None, block=None)
    (entry,) = rows(app, Entry)
    assert 'value="05/10/1990"' in visitor.get(f"/me/{entry.id}").text
    typed = {"name": "Nguyễn Thị Hoà", "address": "thôn Đông"}
    assert visitor.post(f"/me/{entry.id}", birth_date="1/1/2020", **typed).status == 422
    assert visitor.post(f"/me/{entry.id}", birth_date="1/2/1991", **typed).status == 302
    (entry,) = rows(app, Entry)
    assert (entry.birth_date, entry.birth_year, entry.address) == (date(1991, 2, 1), 1991, "thôn Đông")


@pytest.mark.parametrize(
    ("by", "second", "status"),
    [
        ("declared", {"phone": "0912345678", "staff_code": "NV2"}, 409),
        ("phone", {"phone": "0912345678", "staff_code": "NV2"}, 409),
        ("phone", {"phone": "0987654321", "staff_code": "NV1"}, 200),
        ("staff_code", {"phone": "0987654321", "staff_code": "nv-1"}, 409),
        ("staff_code", {"phone": "0912345678", "staff_code": "NV2"}, 200),
    ],
)
def test_the_contest_says_what_makes_two_people_one(app, visitor, make, by, second, status):
    contest = changed(make, make.contest(fields={"phone": True, "staff_code": True}), identified_by=by)
    make.round(contest, code="K7M3QX")
    plain = {"birth_year": None, "free": None, "block": None}
    assert enter(visitor, "K7M3QX", staff_code="NV1", **plain).status == 200
    other = Browser(app.test_client())
    assert enter(other, "K7M3QX", name="Trần Văn Ba", **plain, **second).status == status


def test_by_a_units_list_only_who_is_on_it_comes_in_and_only_once(app, visitor, make, monkeypatch):
    """The list is asked through its seam with everything that was declared."""
    asked = []

    def line(contest_id, name, phone, code, born):
        asked.append((name, phone, code, born))
        return "17" if code == "NV1" else None

    monkeypatch.setitem(app.extensions, KNOWN_BY_ROSTER, line)
    contest = changed(make, make.contest(fields={"staff_code": True}), identified_by="roster")
    make.round(contest, code="K7M3QX")
    plain = {"birth_year": None, "phone": None, "free": None, "block": None}
    stranger = enter(visitor, "K7M3QX", staff_code="NV9", **plain)
    assert (stranger.status, "Chưa thấy bạn trong danh sách" in stranger.words()) == (422, True)
    assert enter(visitor, "K7M3QX", staff_code="NV1", **plain).status == 200
    assert asked[-1] == ("Nguyễn Thị Hoà", None, "NV1", None)
    assert enter(Browser(app.test_client()), "K7M3QX", staff_code="NV1", **plain).status == 409


def test_retention_forgets_birth_date_and_address_too(app, visitor, make, at):
    make.round(make.contest(fields=ALL), code="K7M3QX")
    enter(visitor, "K7M3QX", birth_date="5/8/1962", birth_year=None, address="thôn Đông", block=None)
    with app.app_context():
        retention.erase_expired(at(days=365))
    (entry,) = rows(app, Entry)
    assert (entry.birth_date, entry.birth_year, entry.address) == (None, None, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"identified_by": "phone", "phone": "optional"}, "số điện thoại phải bắt buộc khai"),
        ({"identified_by": "staff_code"}, "mã cán bộ phải bắt buộc khai"),
        ({"identified_by": "roster", "phone": "no"}, "hãy hỏi thêm số điện thoại"),
        ({"minimum_age": "14"}, "năm sinh hoặc ngày sinh phải bắt buộc khai"),
        ({"minimum_age": "-3"}, "Cần từ 1 đến 100"),
    ],
)
def test_settings_that_cannot_work_are_explained(app, browser_for, monkeypatch, typed, sentence):
    monkeypatch.setitem(app.extensions, KNOWN_BY_ROSTER, lambda *_declared: None)
    answer = browser_for(Role.ORGANISER).post("/desk/contests/new", **(BASICS | typed))
    assert (answer.status, sentence in answer.words()) == (422, True), answer.words()


def test_an_organiser_sets_what_is_asked_and_the_rules_say_it(browser_for, app):
    organiser = browser_for(Role.ORGANISER)
    typed = {"birth_date": "required", "second_unit": "optional", "address": "optional", "minimum_age": "14"}
    made = organiser.post("/desk/contests/new", **(BASICS | typed), identified_by="phone", answer_first="y")
    assert made.status == 302, made.words()
    contest = made.location.removesuffix("/rounds")
    rules = organiser.get(f"{contest}/rules").words()
    assert "ngày sinh, số điện thoại, địa chỉ, đơn vị, đơn vị sinh hoạt thứ hai" in rules
    assert "Người dự thi từ đủ 14 tuổi" in rules
    assert "Sau khi nộp bài, người muốn được xếp hạng khai" in rules
    page = organiser.get(f"{contest}/edit").text
    assert 'value="14"' in page
    with app.app_context():
        kept = db.session.query(Contest).one()
        assert (kept.identified_by, kept.minimum_age, kept.answer_first) == ("phone", 14, True)
