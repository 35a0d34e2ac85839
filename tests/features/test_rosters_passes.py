"""Passes: printed for a list, read back from the paper, open one person's entry once and on one device."""

import re

import pypdfium2
import pytest
import zxingcpp

from contest.contests.models import Block
from contest.database import db
from contest.people.models import Entry
from contest.permissions import Role
from contest.rosters.models import MatchChange, RosterMatch
from tests.conftest import Answer, Browser
from tests.features.test_rosters_matching import add_row


@pytest.fixture
def ward(make):
    return make.unit("Phường Sen Hồng", code="P01", block="Cán bộ, công chức, viên chức")


@pytest.fixture
def contest(make):
    return make.contest(fields={"birth_year": True, "phone": True, "unit": True, "block": True})


@pytest.fixture
def coordinator(browser_for, ward):
    return browser_for(Role.COORDINATOR, unit_id=ward.id)


def printed(browser: Browser, contest) -> dict[str, str]:
    """The text of the paper for all, and each address its codes open, by path."""
    source = browser.get(f"/desk/rosters/{contest.id}").text
    token = source.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = browser.client.post(f"/desk/rosters/{contest.id}/passes", data={"csrf_token": token})
    assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
    page = pypdfium2.PdfDocument(answer.data)[0]
    codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    text = page.get_textpage().get_text_range()
    return {one.text.removeprefix("http://hoithi.test"): text for one in codes}


def enter(browser: Browser, path: str, **fields: str) -> Answer:
    """Send the form of a pass, with the hidden fields it came with."""
    page = browser.get(path).text
    hidden = dict(re.findall(r'name="(mark|shown)"[^>]*value="([^"]*)"', page))
    return browser.post(path, **hidden, **fields)


def other_device(app) -> Browser:
    return Browser(app.test_client())


def test_the_code_on_the_paper_opens_the_entry_of_its_person_without_typing(
    app, make, contest, ward, coordinator, visitor
):
    round_ = make.round(contest)
    row = add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001", birth_year=1990)
    ((path, text),) = printed(coordinator, contest).items()
    assert "Nguyễn Thị Hòa" in text and len(path) == len("/p/") + 16
    page = visitor.get(path).words()
    assert "Anh/chị là Nguyễn Thị Hòa?" in page and "Phường Sen Hồng" in page and "0900000001" not in page
    refused = visitor.post(path)
    assert refused.status == 422 and "Cần sự đồng ý này" in refused.words()
    welcome = enter(visitor, path, take_part="y")
    assert "Chào Nguyễn Thị Hòa" in welcome.words() and "Mã quay lại của bạn" in welcome.words()
    with app.app_context():
        (entry,) = db.session.query(Entry)
        (match,) = db.session.query(RosterMatch)
        assert (entry.phone, entry.birth_year, entry.unit_id) == ("0900000001", 1990, ward.id)
        assert (match.row_id, match.state, match.ground) == (row.id, "accepted", "pass")
        assert db.session.query(MatchChange).count() == 1
    assert visitor.get(path).location == f"/rounds/{round_.code}"


def test_on_a_second_device_the_pass_asks_for_the_return_code(app, make, contest, ward, coordinator, visitor):
    make.round(contest)
    add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001", birth_year=1990)
    (path,) = printed(coordinator, contest)
    waiting = other_device(app)
    page = waiting.get(path)
    enter(visitor, path, take_part="y")
    again = other_device(app).get(path)
    assert again.status == 409 and "Mã quay lại" in again.words()
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    late = Answer(waiting.client.post(path, data={"csrf_token": token, "take_part": "y", "mark": "x"}))
    assert late.status in (409, 422)
    with app.app_context():
        assert db.session.query(Entry).count() == 1


def test_what_the_list_does_not_know_is_asked(app, make, contest, ward, coordinator, visitor):
    make.round(contest)
    add_row(make, contest, ward, "Nguyễn Thị Hòa", birth_year=1990)
    (path,) = printed(coordinator, contest)
    assert "Số điện thoại" in visitor.get(path).words()
    assert enter(visitor, path, take_part="y").status == 422
    assert "Chào" in enter(visitor, path, take_part="y", phone="0900000009").words()


def test_a_reissued_or_revoked_pass_opens_nothing_and_nobody_else_can_change_it(
    app, make, contest, ward, coordinator, browser_for, visitor
):
    make.round(contest)
    row = add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001", birth_year=1990)
    (first,) = printed(coordinator, contest)
    page, change = f"/desk/rosters/{contest.id}", f"/desk/rosters/rows/{row.id}/pass"
    stranger = browser_for(Role.COORDINATOR, unit_id=make.unit("Phường Sen Vàng", code="P02").id)
    assert stranger.post(change, page="/desk/rosters", act="revoke").status == 404
    assert stranger.post(f"{page}/passes", page="/desk/rosters", unit="P01").status == 404
    coordinator.post(change, page=page, act="reissue")
    (second,) = printed(coordinator, contest)
    assert first != second
    assert [visitor.get(path).status for path in (first, second)] == [404, 200]
    coordinator.post(change, page=page, act="revoke")
    assert visitor.get(second).status == 404
    nobody = coordinator.post(f"{page}/passes", page=page)
    assert nobody.status == 409 and "Không còn ai cần thẻ" in nobody.words()
    assert visitor.get("/p/AAAAAAAAAAAAAAAA").status == 404


def test_an_official_of_a_commune_is_no_resident_unless_they_say_so(app, make, contest, browser_for):
    commune = make.unit("Xã Sao Mai", code="X01", block="Người dân")
    make.round(contest)
    add_row(make, contest, commune, "Nguyễn Thị Hòa", phone="0900000001", birth_year=1990)
    ((path, _text),) = printed(browser_for(Role.COORDINATOR, unit_id=commune.id), contest).items()
    enter(other_device(app), path, take_part="y", block=chosen(other_device(app).get(path).text))
    with app.app_context():
        (entry,) = db.session.query(Entry)
        assert db.session.get_one(Block, entry.block_id).name == "Cán bộ, công chức, viên chức"


def chosen(page: str) -> str:
    """The value of the block that is marked."""
    marked = next(
        one for one in re.findall(r"<input[^>]+>", page) if 'name="block"' in one and "checked" in one
    )
    return re.search(r'value="(\d+)"', marked)[1]
