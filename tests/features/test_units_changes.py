"""Units renamed, merged, split and closed from a day: what is shown first, what then holds, what can be undone."""

from datetime import date, timedelta

import pytest

from contest import chores
from contest.permissions import Role
from contest.units import change_queries, changing, queries
from tests.conftest import NOW

TODAY = date(2026, 10, 5)


@pytest.fixture
def tree(make):
    province = make.unit("Tỉnh An Bình", code="T00", kind="province")
    lotus = make.unit("Phường Sen Hồng", province, code="P01", officials=50, residents=9000)
    bamboo = make.unit("Phường Trúc Lâm", province, code="P02", officials=30)
    make.unit("Trường Kim Đồng", lotus, code="H01", kind="school")
    make.unit("Xã Đông", province, code="X01")
    make.unit("Xã Tây", province, code="X02")
    return {"province": province, "lotus": lotus, "bamboo": bamboo}


@pytest.fixture
def organiser(browser_for):
    return browser_for(Role.ORGANISER)


def numbers(code: str, day: date = TODAY) -> dict[str, int]:
    unit = queries.by_code(code)
    return {kind: n for (unit_id, kind), n in queries.headcounts_on(day).items() if unit_id == unit.id}


def merge(organiser, unit, **changed):
    fields = {"into": "P02", "effective_on": "01/10/2026", "basis": "Nghị quyết 12/NQ-HĐND", "confirmed": "y"}
    return organiser.post(f"/desk/units/{unit.id}/merge", **(fields | changed))


def test_a_merger_is_shown_in_numbers_before_it_is_done(organiser, tree, app):
    words = merge(organiser, tree["lotus"], confirmed="").words()
    assert "“Phường Sen Hồng” không còn; kế tiếp là: Phường Trúc Lâm" in words
    assert "1 đơn vị bên dưới chuyển theo" in words
    assert (
        "Danh sách cán bộ và người đã vào thi của “Phường Sen Hồng” do đầu mối của “Phường Trúc Lâm”" in words
    )
    assert "Phường Trúc Lâm Cán bộ, công chức, viên chức có mặt 01/10/2026 30 80" in words
    assert "Phường Trúc Lâm Dân số trưởng thành 01/10/2026 – 9.000" in words
    assert "số mới chưa đủ" in words
    with app.app_context():
        assert queries.by_code("P01").closed_at is None


def test_a_merger_sums_headcounts_takes_what_is_below_and_hands_the_name_on(organiser, tree, app):
    assert merge(organiser, tree["lotus"]).status == 302
    with app.app_context():
        assert numbers("P02") == {"officials": 80, "residents": 9000}
        assert numbers("P02", date(2026, 9, 30)) == {"officials": 30}
        assert numbers("P01", date(2026, 9, 30)) == {"officials": 50, "residents": 9000}
        assert numbers("P01") == {}
        assert queries.by_code("H01").path.startswith(tree["bamboo"].path)
        assert [unit.code for unit in queries.matching("sen hong")] == ["P02"]
        assert queries.typed("Phường Sen Hồng").code == "P02"
        assert change_queries.successors_on(TODAY) == {tree["lotus"].id: tree["bamboo"].id}
        assert change_queries.successors_on(date(2026, 9, 30)) == {}
    words = organiser.get(f"/desk/units/{tree['bamboo'].id}").words()
    assert "Sáp nhập từ ngày 01/10/2026: nhận từ Phường Sen Hồng · Nghị quyết 12/NQ-HĐND" in words
    assert "Phường Sen Hồng (tên cũ, trước 01/10/2026)" in words
    suggested = organiser.get("/units/suggest?q=sen+hong").json["units"]
    assert suggested == [
        {"code": "P02", "name": "Phường Trúc Lâm", "above": "Tỉnh An Bình", "was": "Phường Sen Hồng"}
    ]


def test_two_mergers_of_one_day_add_up(organiser, tree, app, make):
    merge(organiser, tree["lotus"])
    pine = make.unit("Phường Thông", tree["province"], code="P03", officials=7)
    merge(organiser, pine)
    with app.app_context():
        assert numbers("P02")["officials"] == 87
        assert set(change_queries.successors_on(TODAY).values()) == {tree["bamboo"].id}


def test_a_reopened_unit_went_nowhere(organiser, tree, app):
    merge(organiser, tree["lotus"])
    page = f"/desk/units/{tree['lotus'].id}"
    organiser.post(f"{page}/reopen", page=page)
    with app.app_context():
        assert change_queries.successors_on(TODAY) == {}
        assert [unit.code for unit in queries.matching("sen hong")] == ["P01"]


def test_a_split_shares_headcounts_out_and_leaves_the_people_unless_somebody_decides(organiser, tree, app):
    path = f"/desk/units/{tree['bamboo'].id}/split"
    fields = {"unit1": "X01", "share1": "65", "unit2": "X02", "share2": "35", "effective_on": "01/10/2026"}
    assert "65" in organiser.post(path, takes="0", **fields).text
    answer = organiser.post(path, takes="0", confirmed="y", **fields)
    assert answer.status == 302
    with app.app_context():
        assert (numbers("X01"), numbers("X02")) == ({"officials": 20}, {"officials": 10})
        assert change_queries.successors_on(TODAY) == {}
        assert {unit.code for unit in queries.matching("truc lam")} == {"X01", "X02"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"share2": "30"}, "cần cộng đúng 100 %"),
        ({"unit2": ""}, "ít nhất hai đơn vị"),
        ({"unit2": "X01"}, "ít nhất hai đơn vị"),
        ({"unit2": "khong co"}, "Không có đơn vị nào"),
        ({"unit2": "P02"}, "không thể nhập vào chính nó"),
        ({"effective_on": "1/7"}, "Hãy nhập ngày theo dạng"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused_with_what_to_do(organiser, tree, changed, words):
    fields = {"unit1": "X01", "share1": "60", "unit2": "X02", "share2": "40", "effective_on": "01/10/2026"}
    answer = organiser.post(f"/desk/units/{tree['bamboo'].id}/split", takes="2", **(fields | changed))
    assert (answer.status, words in answer.words()) == (422, True)


def test_a_change_of_a_day_to_come_waits_for_it(organiser, tree, app, at):
    merge(organiser, tree["lotus"], effective_on="08/10/2026")
    page = f"/desk/units/{tree['lotus'].id}"
    assert "chưa đến ngày" in organiser.get(page).words()
    again = merge(organiser, tree["lotus"])
    assert (again.status, "đã có một thay đổi chờ đến ngày 08/10/2026" in again.words()) == (422, True)
    with app.app_context():
        chores.run_once()
        assert queries.by_code("P01").closed_at is None
    at(days=2, hours=15)  # midnight in Vietnam
    with app.app_context():
        chores.run_once()
        chores.run_once()
        assert queries.by_code("P01").closed_at is not None
        assert numbers("P02", date(2026, 10, 8))["officials"] == 80
        assert numbers("P02", date(2026, 10, 7))["officials"] == 30


def test_a_change_of_a_day_to_come_can_be_dropped(organiser, tree, app):
    merge(organiser, tree["lotus"], effective_on="08/10/2026")
    page = f"/desk/units/{tree['lotus'].id}"
    with app.app_context():
        (went,) = change_queries.of_unit(tree["lotus"].id)
    organiser.post(f"{page}/changes/{went.change.id}/drop", page=page)
    with app.app_context():
        assert change_queries.of_unit(tree["lotus"].id) == []
    assert organiser.post(f"{page}/changes/{went.change.id}/drop", page=page).status == 404


def test_what_the_tree_no_longer_allows_on_its_day_is_left_and_said(organiser, tree, app):
    merge(organiser, tree["lotus"], effective_on="08/10/2026")
    path = f"/desk/units/{tree['bamboo'].id}/close"
    organiser.post(path, effective_on="05/10/2026", confirmed="y")
    with app.app_context():
        changing.carry_out_due(NOW + timedelta(days=4))
        assert queries.by_code("P01").closed_at is None


def test_closing_a_unit_that_has_people_is_shown_before_it_is_done(organiser, tree, app):
    path = f"/desk/units/{tree['bamboo'].id}/close"
    shown = organiser.post(path, effective_on="05/10/2026", confirmed="")
    assert shown.status == 200
    assert "Phường Trúc Lâm" in shown.words()
    assert organiser.post(path, effective_on="05/10/2026", confirmed="y").status == 302


def test_a_rename_keeps_the_name_that_was_borne_until_then(organiser, tree, app):
    path = f"/desk/units/{tree['bamboo'].id}/rename"
    for name, day in (("Phường Trúc Bạch", "01/03/2026"), ("Phường Hồ Trúc", "01/10/2026")):
        organiser.post(path, name=name, effective_on=day, confirmed="y")
    with app.app_context():
        unit = queries.by_code("P02")
        assert unit.name == "Phường Hồ Trúc"
        names = [change_queries.names_on(date(2026, month, 15)).get(unit.id) for month in (1, 5, 12)]
        assert names == ["Phường Trúc Lâm", "Phường Trúc Bạch", None]
        assert queries.matching("truc lam") == [unit]
    assert "tên cũ, tên khác: Phường Trúc Lâm" in organiser.get("/desk/units?q=truc+lam").words()


def test_another_name_is_found_until_it_is_dropped(organiser, tree, app):
    path = f"/desk/units/{tree['lotus'].id}/names"
    organiser.post(path, name="Phường Chợ", old="alias")
    organiser.post(path, name="Thị trấn Sen", old="old", last_day="30/06/2025")
    assert "Đơn vị đã có tên" in organiser.post(path, name="Phường Chợ", old="old").text
    words = organiser.get(path).words()
    assert "Thị trấn Sen tên cũ – 01/07/2025" in words
    with app.app_context():
        (found,) = [
            one for one in queries.names_of({tree["lotus"].id})[tree["lotus"].id] if one.kind == "alias"
        ]
        assert queries.typed("phuong cho").code == "P01"
    organiser.post(f"{path}/{found.id}/drop", page=path)
    with app.app_context():
        assert queries.matching("phuong cho") == []


@pytest.mark.parametrize("kind", ["move", "rename", "merge", "split", "close", "names"])
def test_only_organisers_change_the_tree(browser_for, tree, kind):
    coordinator = browser_for(Role.COORDINATOR, unit_id=tree["lotus"].id)
    assert coordinator.get(f"/desk/units/{tree['lotus'].id}/{kind}").status == 403
    assert browser_for(Role.VIEWER).get(f"/desk/units/{tree['lotus'].id}/{kind}").status == 403


def test_numbers_first_entered_for_a_later_day_are_summed_from_the_first_day_with_both(organiser, tree, app):
    merge(organiser, tree["lotus"], effective_on="31/12/2025")
    with app.app_context():
        assert numbers("P02", date(2026, 1, 1)) == {"officials": 80, "residents": 9000}
        assert numbers("P02", date(2025, 12, 31)) == {}


def test_the_successor_reads_the_page_of_the_unit_that_went_into_it_and_a_sister_does_not(
    organiser, tree, browser_for, app
):
    page = f"/desk/units/{tree['lotus'].id}"
    with app.app_context():
        sister = queries.by_code("X01").id
    heir = browser_for(Role.COORDINATOR, unit_id=tree["bamboo"].id)
    assert heir.get(page).status == 404
    merge(organiser, tree["lotus"])
    own = heir.get(f"/desk/units/{tree['bamboo'].id}")
    assert f'nhận từ <a href="{page}">Phường Sen Hồng</a>' in own.text
    assert "Cán bộ, công chức, viên chức có mặt 50" in heir.get(page).words()
    fields = {"kind": "officials", "number": "9", "valid_from": "01/09/2026", "source": "x"}
    assert heir.post(f"{page}/headcounts", page=own.location or "/desk/units", **fields).status in (400, 404)
    assert browser_for(Role.COORDINATOR, unit_id=sister).get(page).status == 404


def test_the_page_of_a_divided_unit_says_who_got_what(organiser, tree, app):
    with app.app_context():
        east = queries.by_code("X01").id
    fields = {"unit1": "P02", "share1": "55", "unit2": "X02", "share2": "45", "takes": "1"}
    fields |= {"effective_on": "01/10/2026", "basis": "", "confirmed": "y"}
    organiser.post(f"/desk/units/{east}/split", **fields)
    words = organiser.get(f"/desk/units/{east}").words()
    assert "Phường Trúc Lâm (55 % số người, nhận người đã dự thi) ; Xã Tây (45 % số người)" in words
