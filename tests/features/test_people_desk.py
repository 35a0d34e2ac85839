"""Helping people who lost their code or chose the wrong unit."""

import pytest

from contest.people.models import Entry
from contest.permissions import Role
from tests.conftest import Browser
from tests.features.test_people import code_shown, enter, rows


@pytest.fixture
def province(make):
    return make.unit("Tỉnh An Bình", code="T")


@pytest.fixture
def ward(make, province):
    return make.unit("Phường Sen Hồng", province, code="P07")


@pytest.fixture
def other_ward(make, province):
    return make.unit("Phường Sen Trắng", province, code="P08")


@pytest.fixture
def contest(make):
    return make.contest(fields={"phone": False, "unit": False})


def test_a_person_is_found_by_name_without_accents_phone_tail_or_code(app, make, browser_for, contest, ward):
    make.round(contest, code="K7M3QX")
    for name, phone in (("Nguyễn Thị Hoà", "0912345678"), ("Trần Văn Bảy", "0987000111")):
        enter(Browser(app.test_client()), "K7M3QX", name=name, phone=phone, unit="P07", free=None, block=None)
    desk = browser_for(Role.ORGANISER)
    for text, found, missing in (
        ("hoa", "Nguyễn Thị Hoà", "Trần Văn Bảy"),
        ("678", "Nguyễn Thị Hoà", "Trần Văn Bảy"),
        ("0987000111", "Trần Văn Bảy", "Nguyễn Thị Hoà"),
        ("van bay", "Trần Văn Bảy", "Nguyễn Thị Hoà"),
    ):
        words = desk.get(f"/desk/people?q={text}").words()
        assert (found in words, missing in words) == (True, False), text
    assert "0912345678" not in desk.get("/desk/people").text
    assert "Không tìm thấy ai" in desk.get("/desk/people?q=khong+co").text


def test_the_list_is_ordered_by_given_name_and_narrowed_to_a_contest(make, browser_for, contest):
    desk = browser_for(Role.ORGANISER)
    assert "Chưa có người dự thi nào" in desk.get("/desk/people").text
    make.entry(contest, "Nguyễn Văn Việt")
    make.entry(contest, "Trần Thị An")
    make.entry(make.contest("cuoc-thi-khac"), "Lê Khác")
    words = desk.get(f"/desk/people?contest={contest.id}").words()
    assert words.index("Trần Thị An") < words.index("Nguyễn Văn Việt")
    assert "Lê Khác" not in words


def test_a_coordinator_sees_their_own_people_only(make, browser_for, contest, ward, other_ward):
    ours, theirs = make.entry(contest, "Lê Trong", ward), make.entry(contest, "Lê Ngoài", other_ward)
    free = make.entry(contest, "Lê Tự Do")
    desk = browser_for(Role.COORDINATOR, ward.id)
    words = desk.get("/desk/people").words()
    assert [name in words for name in ("Lê Trong", "Lê Ngoài", "Lê Tự Do")] == [True, False, False]
    assert desk.get(f"/desk/people/{ours.id}").status == 200
    for stranger in (theirs, free):
        assert desk.get(f"/desk/people/{stranger.id}").status == 404
        for act in ("code", "unit"):
            answer = desk.post(
                f"/desk/people/{stranger.id}/{act}", page=f"/desk/people/{ours.id}", unit="P07"
            )
            assert answer.status == 404


def test_a_lost_code_is_given_anew_once_with_a_line_in_the_history(app, visitor, make, browser_for, contest):
    make.round(contest, code="K7M3QX")
    old = code_shown(enter(visitor, "K7M3QX", block=None))
    (entry,) = rows(app, Entry)
    administrator = browser_for(Role.ADMINISTRATOR)
    page = administrator.post(f"/desk/people/{entry.id}/code", page=f"/desk/people/{entry.id}")
    new = code_shown(page)
    other = Browser(app.test_client())
    assert other.post("/return", code=old).status == 422
    assert other.post("/return", code=new).location == "/me"
    history = administrator.get("/desk/history?act=person:").words()
    assert f"Cấp lại mã tiếp tục Người dự thi số {entry.id}" in history
    assert "Nguyễn Thị Hoà" not in history


def test_an_erased_person_gets_no_code(app, visitor, make, browser_for, contest):
    make.round(contest, code="K7M3QX")
    enter(visitor, "K7M3QX", block=None)
    (entry,) = rows(app, Entry)
    visitor.post("/me/erase", page="/me")
    desk = browser_for(Role.ORGANISER)
    assert "(đã xóa)" not in desk.get("/desk/people").text
    answer = desk.post(f"/desk/people/{entry.id}/code", page=f"/desk/people/{entry.id}")
    assert (answer.status, "đã xóa dữ liệu" in answer.text) == (409, True)


def test_a_wrong_unit_is_corrected_and_the_history_says_from_what_to_what(
    app, make, browser_for, contest, ward, other_ward
):
    entry = make.entry(contest, unit=ward)
    desk, page = browser_for(Role.ADMINISTRATOR), f"/desk/people/{entry.id}"
    assert desk.post(f"{page}/unit", page=page, unit="sen trang").status == 302
    assert rows(app, Entry)[0].unit_id == other_ward.id
    assert "Phường Sen Hồng (P07) → Phường Sen Trắng (P08)" in desk.get("/desk/history").words()
    same = desk.post(f"{page}/unit", page=page, unit="P08")
    assert (same.status, "Đơn vị không khác đơn vị đang ghi" in same.words()) == (409, True)
    desk.post(f"{page}/unit", page=page, unit="")
    assert rows(app, Entry)[0].unit_id is None


def test_a_coordinator_moves_people_only_within_their_own_units(
    app, make, browser_for, contest, ward, other_ward
):
    entry = make.entry(contest, unit=ward)
    desk, page = browser_for(Role.COORDINATOR, ward.id), f"/desk/people/{entry.id}"
    refused = desk.post(f"{page}/unit", page=page, unit="P08")
    assert (refused.status, "Không có đơn vị nào" in refused.words()) == (409, True)
    assert desk.post(f"{page}/unit", page=page, unit="").status == 409
    assert rows(app, Entry)[0].unit_id == ward.id


def test_somebody_can_take_part_without_being_ranked_if_the_board_says_so(
    app, make, browser_for, contest, ward
):
    entry = make.entry(contest, unit=ward)
    desk, page = browser_for(Role.ORGANISER), f"/desk/people/{entry.id}"
    desk.post(f"{page}/rank", page=page, ranked="no")
    assert not rows(app, Entry)[0].ranked
    assert "dự thi không xét giải" in desk.get(page).words()
    desk.post(f"{page}/rank", page=page, ranked="yes")
    assert rows(app, Entry)[0].ranked
    coordinator = browser_for(Role.COORDINATOR, ward.id)
    assert coordinator.post(f"{page}/rank", page=page, ranked="no").status == 403


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.VIEWER])
def test_who_does_not_help_people_does_not_see_them(browser_for, role):
    assert browser_for(role).get("/desk/people").status == 403
