"""Coming in: what is asked, what is agreed to, who one is afterwards."""

from datetime import timedelta

import pytest

from contest.contests.models import Block, ConsentText
from contest.database import db
from contest.people.models import Consent, Entry, Person
from contest.units.models import Unit
from contest.web import identity
from tests.conftest import Browser, counted_statements

EVERYTHING = {"birth_year": True, "phone": True, "staff_code": False, "unit": False, "block": True}


def form_on(browser: Browser, path: str) -> dict[str, str]:
    """The hidden values of the form as it was shown."""
    page = browser.get(path).text
    values = {}
    for name in ("mark", "shown"):
        values[name] = page.partition(f'name="{name}"')[2].partition('value="')[2].partition('"')[0]
    return values


def enter(browser: Browser, code: str, **changed: object):
    """Fill in the form as a resident would, with what a test says otherwise."""
    path = f"/rounds/{code}/enter"
    fields: dict[str, object] = {
        "name": "nguyễn thị  HOÀ",
        "birth_year": "1955",
        "phone": "0912 345 678",
        "free": "y",
        "block": "1",
        "take_part": "y",
        **form_on(browser, path),
    }
    fields.update(changed)
    return browser.post(path, **{name: value for name, value in fields.items() if value is not None})


def code_shown(answer) -> str:
    return answer.text.partition('id="return-code" translate="no">')[2].partition("<")[0]


def rows(app, model):
    with app.app_context():
        return db.session.query(model).order_by(model.id).all() if hasattr(model, "id") else []


@pytest.fixture
def round_(make):
    return make.round(make.contest(fields=EVERYTHING), code="K7M3QX")


def test_somebody_comes_in_and_everything_they_said_is_kept_as_it_was_meant(app, visitor, round_):
    page = enter(visitor, "K7M3QX", publish="y", assisted="y", staff_code="nv 01")
    assert (page.status, "Chào Nguyễn Thị Hoà" in page.text) == (200, True)
    assert 'href="/rounds/K7M3QX"' in page.text
    (entry,) = rows(app, Entry)
    assert (entry.name, entry.name_as_typed) == ("Nguyễn Thị Hoà", "nguyễn thị  HOÀ")
    assert (entry.birth_year, entry.phone, entry.staff_code) == (1955, "0912345678", "NV01")
    assert (entry.unit_id, entry.ranked, entry.publishes_name, entry.assisted) == (None, True, True, True)
    assert "0912345678" not in entry.identity_key
    kinds = [
        text.kind
        for text in rows(app, ConsentText)
        if text.id in {consent.consent_text_id for consent in rows(app, Consent)}
    ]
    assert sorted(kinds) == ["publish", "take_part"]


def test_the_return_code_is_shown_once_and_only_its_hash_is_kept(app, visitor, round_):
    code = code_shown(enter(visitor, "K7M3QX"))
    assert len(code) == 9
    assert code[4] == "-"
    (person,) = rows(app, Person)
    assert code.replace("-", "") not in person.return_code_hash
    assert visitor.get("/rounds/K7M3QX/enter").location == "/rounds/K7M3QX"


def test_no_consent_is_ticked_beforehand_and_only_taking_part_is_needed(app, visitor, round_):
    page = visitor.get("/rounds/K7M3QX/enter").text
    assert "Tôi đồng ý công bố tên." in page
    assert "checked" not in page
    refused = enter(visitor, "K7M3QX", take_part=None)
    assert (refused.status, "Cần sự đồng ý này để dự thi" in refused.text) == (422, True)
    assert rows(app, Entry) == []
    enter(visitor, "K7M3QX", publish=None)
    assert [entry.publishes_name for entry in rows(app, Entry)] == [False]


def test_consent_is_to_the_words_that_were_shown(app, visitor, make, round_):
    shown = form_on(visitor, "/rounds/K7M3QX/enter")
    with make.writing():
        make.add(
            ConsentText(
                contest_id=round_.contest_id,
                kind="take_part",
                version=2,
                text="Lời mới.",
                created_at=make.now,
            )
        )
    refused = enter(visitor, "K7M3QX", shown=shown["shown"])
    assert "Nội dung đồng ý vừa được ban tổ chức sửa" in refused.text
    assert "Lời mới." in refused.text
    assert rows(app, Entry) == []
    assert enter(visitor, "K7M3QX").status == 200


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "Hoà", "Hãy ghi cả họ và tên"),
        ("name", "", "Mục này cần được điền."),
        ("birth_year", "55", "Hãy gõ năm sinh bằng bốn chữ số"),
        ("birth_year", "2027", "Hãy gõ năm sinh bằng bốn chữ số"),
        ("birth_year", "", "Mục này cần được điền."),
        ("phone", "12345", "Hãy gõ số điện thoại Việt Nam có 10 chữ số"),
        ("staff_code", "=1+1", "Mã chỉ gồm chữ, số"),
        ("free", None, "Hãy gõ tên đơn vị, hoặc đánh dấu"),
        ("block", None, "Hãy chọn khối dự thi của bạn."),
        ("block", "987654", "Hãy chọn khối dự thi của bạn."),
    ],
)
def test_a_refused_form_says_what_to_do_and_keeps_nothing(app, visitor, round_, field, typed, sentence):
    answer = enter(visitor, "K7M3QX", **{field: typed})
    assert (answer.status, sentence in answer.words()) == (422, True), answer.words()
    assert rows(app, Person) == []


def test_what_the_contest_does_not_ask_is_neither_shown_nor_kept(app, visitor, make):
    make.round(make.contest(fields={}), code="K7M3QX")
    page = visitor.get("/rounds/K7M3QX/enter").text
    for name in ("birth_year", "phone", "staff_code", "unit", "free", "block"):
        assert f'name="{name}"' not in page
    assert enter(visitor, "K7M3QX", block=None, free=None).status == 200
    (entry,) = rows(app, Entry)
    assert (entry.birth_year, entry.phone, entry.identity_key) == (None, None, None)


def test_what_is_optional_may_be_left_out(app, visitor, make):
    make.round(make.contest(fields={"birth_year": False, "phone": False, "block": False}), code="K7M3QX")
    assert enter(visitor, "K7M3QX", birth_year="", phone="", block=None, free=None).status == 200
    assert rows(app, Entry)[0].block_id == rows(app, Block)[0].id


def test_a_unit_is_found_without_accents_and_brings_its_block(app, visitor, make):
    make.unit("Phường Sen Hồng", code="P07", block="nguoi-dan")
    make.unit("Phường Sen Trắng", code="P08")
    make.round(make.contest(fields={"unit": True, "block": True}), code="K7M3QX")
    several = enter(visitor, "K7M3QX", unit="phuong sen", block=None, free=None)
    assert "Phường Sen Hồng (P07); Phường Sen Trắng (P08)" in several.words()
    missing = enter(visitor, "K7M3QX", unit="", block=None, free=None)
    assert "Hãy gõ vài chữ trong tên đơn vị của bạn" in missing.words()
    assert 'name="free"' not in missing.text
    assert enter(visitor, "K7M3QX", unit="sen hong", block=None, free=None).status == 200
    (entry,) = rows(app, Entry)
    with app.app_context():
        assert db.session.get(Unit, entry.unit_id).code == "P07"
        assert db.session.get(Block, entry.block_id).code == "nguoi-dan"


def test_a_unit_without_a_block_leaves_the_choice_to_the_person(visitor, make):
    make.unit("Phường Sen Hồng", code="P07")
    make.round(make.contest(fields={"unit": True, "block": True}), code="K7M3QX")
    answer = enter(visitor, "K7M3QX", unit="P07", block=None, free=None)
    assert "Hãy chọn khối dự thi của bạn." in answer.words()


def test_the_same_phone_again_opens_nothing_and_offers_the_return_code(app, visitor, round_):
    enter(visitor, "K7M3QX")
    other = Browser(app.test_client())
    answer = enter(other, "K7M3QX", name="Trần Văn Khác", phone="+84 912345678")
    assert answer.status == 409
    assert "Bạn đã vào thi rồi" in answer.text
    assert "Nguyễn Thị Hoà" not in answer.text
    assert identity.COOKIE not in str(answer.response.headers)
    assert len(rows(app, Person)) == 1
    assert other.get("/me").status == 401


def test_the_code_holds_the_limit_where_the_phone_may_be_left_out(app, visitor, make):
    make.round(make.contest(fields={"phone": False, "staff_code": True}), code="K7M3QX")
    enter(visitor, "K7M3QX", phone="", staff_code="NV-01", free=None, block=None)
    again = enter(
        Browser(app.test_client()), "K7M3QX", phone="0987654321", staff_code="nv01", free=None, block=None
    )
    assert again.status == 409


def test_a_form_sent_twice_is_one_person_with_one_code(app, visitor, round_):
    hidden = form_on(visitor, "/rounds/K7M3QX/enter")
    first = enter(visitor, "K7M3QX", **hidden)
    # The first answer never arrived: the device knows nothing, and the same form is sent again.
    retry = Browser(app.test_client())
    second = enter(retry, "K7M3QX", **hidden)
    assert code_shown(second) == code_shown(first)
    assert len(rows(app, Person)) == len(rows(app, Entry)) == 1
    assert retry.get("/me").status == 200


def test_an_old_form_does_not_show_the_code_again(app, visitor, round_, at):
    hidden = form_on(visitor, "/rounds/K7M3QX/enter")
    enter(visitor, "K7M3QX", **hidden)
    at(minutes=31)
    assert enter(Browser(app.test_client()), "K7M3QX", **hidden).status == 409


def test_two_people_on_the_same_old_form_are_two_people(app, visitor, make):
    make.round(make.contest(fields={}), code="K7M3QX")
    hidden = form_on(visitor, "/rounds/K7M3QX/enter")
    first = enter(visitor, "K7M3QX", **hidden)
    second = enter(Browser(app.test_client()), "K7M3QX", name="Trần Văn Ba", **hidden)
    assert code_shown(second) != code_shown(first)
    assert len(rows(app, Person)) == 2


def test_the_next_person_on_the_same_tablet_is_another_person(app, visitor, make):
    make.round(make.contest(fields={}), code="K7M3QX")
    enter(visitor, "K7M3QX", assisted="y")
    onward = visitor.post("/me/leave", page="/me", round="K7M3QX")
    assert onward.location == "/rounds/K7M3QX/enter"
    assert visitor.get("/me").status == 401
    enter(visitor, "K7M3QX", name="Trần Văn Ba", assisted="y")
    assert [entry.name for entry in rows(app, Entry)] == ["Nguyễn Thị Hoà", "Trần Văn Ba"]
    assert len(rows(app, Person)) == 2


def test_the_same_person_in_another_contest_keeps_their_code(app, visitor, make, round_):
    enter(visitor, "K7M3QX")
    make.round(make.contest("cuoc-thi-khac", fields={"birth_year": False}), code="ACDE34")
    page = visitor.get("/rounds/ACDE34/enter").text
    assert 'value="Nguyễn Thị Hoà"' in page
    assert 'value="1955"' in page
    again = enter(visitor, "ACDE34", free=None, block=None)
    assert "Mã quay lại bạn nhận lần trước vẫn dùng được" in again.text
    assert len(rows(app, Person)) == 1


def test_somebody_else_on_a_family_phone_becomes_a_person_of_their_own(app, visitor, make, round_):
    enter(visitor, "K7M3QX")
    make.round(make.contest("cuoc-thi-khac", fields={}), code="ACDE34")
    page = enter(visitor, "ACDE34", name="Trần Văn Ba", free=None, block=None)
    assert code_shown(page)
    assert len(rows(app, Person)) == 2


def test_one_comes_in_before_the_opening_but_not_after_the_closing(visitor, make):
    contest = make.contest(fields={})
    make.round(contest, code="K7M3QX", opens=timedelta(hours=2))
    make.round(contest, code="ACDE34", opens=timedelta(days=-2), closes=timedelta())
    assert enter(visitor, "K7M3QX").status == 200
    closed = visitor.get("/rounds/ACDE34/enter")
    assert (closed.status, "Đợt thi đã đóng" in closed.text) == (409, True)


def test_an_unpublished_round_lets_nobody_in(visitor, make):
    make.round(code="K7M3QX", published_at=None)
    assert visitor.get("/rounds/K7M3QX/enter").status == 404


def test_coming_in_takes_few_statements(app, visitor, round_):
    hidden = form_on(visitor, "/rounds/K7M3QX/enter")
    body = {"name": "Lê Bình", "birth_year": "1990", "phone": "0987654321", "free": "y", "block": "1"}
    page = visitor.get("/rounds/K7M3QX/enter").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    with counted_statements(app) as seen:
        answer = visitor.client.post(
            "/rounds/K7M3QX/enter", data={**body, **hidden, "take_part": "y", "csrf_token": token}
        )
    assert answer.status_code == 200
    assert len(seen) <= 16, seen
