"""The tree of units at the desk: browse, search, edit, move, close, headcounts, and who may see what."""

import pytest

from contest.permissions import Role
from contest.units import queries
from contest.units.models import Unit


@pytest.fixture
def tree(make):
    """A province with a department (with an office) and two wards."""
    province = make.unit("Ủy ban nhân dân tỉnh An Bình", code="T00", kind="province")
    department = make.unit("Sở Nội vụ", province, code="S02", kind="department", officials=112)
    make.unit("Phòng Cải cách hành chính", department, code="S02-1", kind="branch")
    make.unit("Phường Sen Hồng", province, code="P01", residents=18400)
    make.unit("Phường Trúc Lâm", province, code="P02")
    return province


def unit(app, code: str) -> Unit:
    with app.app_context():
        return queries.by_code(code)


def test_an_empty_tree_says_what_to_do_first(browser_for):
    words = browser_for(Role.ORGANISER).get("/desk/units").words()
    assert "Chưa có đơn vị nào" in words
    assert "Nhập cây đơn vị" in words
    assert "Tải tệp mẫu" in words


def test_the_tree_is_browsed_by_levels_in_vietnamese_order(browser_for, tree, app):
    browser = browser_for(Role.VIEWER)
    words = browser.get("/desk/units").words()
    assert words.index("Phường Sen Hồng") < words.index("Phường Trúc Lâm") < words.index("Sở Nội vụ")
    assert "Phòng Cải cách" not in words
    page = browser.get(f"/desk/units/{unit(app, 'S02').id}").words()
    assert "Ủy ban nhân dân tỉnh An Bình ›" in page
    assert "Phòng Cải cách hành chính" in page
    assert "112" in page


@pytest.mark.parametrize("q", ["cai cach", "UBND", "P. sen", "s02-1"])
def test_units_are_searched_without_accents_and_by_short_forms(browser_for, tree, q):
    words = browser_for(Role.ORGANISER).get("/desk/units", query_string={"q": q}).words()
    assert "Có 1 đơn vị khớp" in words


def test_a_unit_is_added_below_another(browser_for, tree, app):
    browser = browser_for(Role.ORGANISER)
    path = f"/desk/units/add?parent={tree.id}"
    assert "Ủy ban nhân dân tỉnh An Bình (T00)" in browser.get(path).text
    fields = {
        "code": "X01",
        "name": "Xã Đồng  Dương",
        "kind": "commune",
        "block": "Người dân",
        "parent": "T00",
    }
    answer = browser.post(path, **fields)
    added = unit(app, "X01")
    assert answer.location == f"/desk/units/{added.id}"
    assert (added.name, added.path, added.depth) == ("Xã Đồng Dương", f"{tree.path}{added.id}/", 1)
    again = browser.post(path, **fields)
    assert (again.status, "Mã X01 đã dùng" in again.text) == (422, True)


def test_a_moved_unit_takes_everything_below_it_along(browser_for, tree, app):
    browser, department, ward = browser_for(Role.ORGANISER), unit(app, "S02"), unit(app, "P01")
    path = f"/desk/units/{department.id}/move"
    preview = browser.post(path, parent="Phường Sen Hồng (P01)")
    assert "Chuyển 2 đơn vị" in preview.words()
    assert "Phòng Cải cách hành chính" in preview.words()
    assert unit(app, "S02").depth == 1
    browser.post(path, parent="Phường Sen Hồng (P01)", confirmed="y")
    office = unit(app, "S02-1")
    assert office.path == f"{ward.path}{department.id}/{office.id}/"
    assert (unit(app, "S02").depth, office.depth) == (2, 3)
    browser.post(path, parent="", confirmed="y")
    assert (unit(app, "S02").path, unit(app, "S02-1").depth) == (f"/{department.id}/", 1)


def test_a_unit_cannot_hang_below_itself(browser_for, tree, app):
    department = unit(app, "S02")
    path = f"/desk/units/{department.id}/move"
    for parent in ("S02", "S02-1"):
        answer = browser_for(Role.ORGANISER).post(path, parent=parent)
        assert answer.status == 422
        assert "không thể thuộc một đơn vị nằm dưới nó" in answer.text
    assert unit(app, "S02").depth == 1


def test_a_renamed_unit_is_found_by_its_new_name_and_the_change_is_in_the_history(browser_for, tree, app):
    administrator, ward = browser_for(Role.ADMINISTRATOR), unit(app, "P02")
    path = f"/desk/units/{ward.id}/edit"
    administrator.post(path, name="Phường Vạn Xuân", kind="commune", block="Người dân")
    assert "Phường Vạn Xuân" in administrator.get("/desk/units?q=van+xuan").words()
    words = administrator.get("/desk/history?act=unit:edit").words()
    assert "Phường Trúc Lâm · commune · → Phường Vạn Xuân" in words


def test_a_unit_with_others_below_it_is_not_closed(browser_for, tree, app):
    answer = browser_for(Role.ORGANISER).post(
        f"/desk/units/{unit(app, 'S02').id}/close", effective_on="05/10/2026"
    )
    assert (answer.status, "còn đơn vị trực thuộc" in answer.text) == (422, True)


def test_a_closed_unit_leaves_the_lists_and_can_be_opened_again(browser_for, tree, app):
    browser, ward = browser_for(Role.ORGANISER), unit(app, "P02")
    preview = browser.post(f"/desk/units/{ward.id}/close", effective_on="01/10/2026")
    assert "Từ ngày 01/10/2026, “Phường Trúc Lâm” không còn trong danh sách" in preview.words()
    browser.post(f"/desk/units/{ward.id}/close", effective_on="01/10/2026", confirmed="y")
    assert "Đóng từ ngày 01/10/2026" in browser.get(f"/desk/units/{ward.id}").words()
    assert "Phường Trúc Lâm" not in browser.get("/desk/units").words()
    assert "đã đóng" in browser.get("/desk/units?q=truc+lam").words()
    browser.post(f"/desk/units/{ward.id}/reopen", page=f"/desk/units/{ward.id}")
    assert "Phường Trúc Lâm" in browser.get("/desk/units").words()


def test_a_headcount_is_entered_with_its_day_and_source_and_earlier_ones_stay(browser_for, tree, app):
    browser, department = browser_for(Role.ORGANISER), unit(app, "S02")
    page = f"/desk/units/{department.id}"
    for day, number in (("01/10/2026", "120"), ("01/12/2026", "130")):
        answer = browser.post(
            f"{page}/headcounts",
            page=page,
            kind="officials",
            number=number,
            valid_from=day,
            source="Báo cáo 12",
        )
        assert answer.location == page
    words = browser.get(page).words()
    # 5 October 2026: the number from December is written down but does not count yet.
    assert "120 từ 01/10/2026 · Báo cáo 12" in words
    assert "Các lần ghi số (3)" in words
    browser.post(
        f"{page}/headcounts", page=page, kind="officials", number="121", valid_from="01/10/2026", source="Sửa"
    )
    words = browser.get(page).words()
    assert "121 từ 01/10/2026 · Sửa" in words
    # The number that was corrected stays to be seen.
    assert "Các lần ghi số (4)" in words
    assert "thay lúc 09:00 05/10/2026" in words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": "nhiều"}, "Hãy nhập một số nguyên."),
        ({"number": "-1"}, "Cần từ 0 đến"),
        ({"valid_from": "2026-10-01"}, "Hãy nhập ngày theo dạng 31/12/2026."),
        ({"source": ""}, "Mục này cần được điền."),
        ({"kind": "trẻ em"}, "Hãy chọn một mục trong danh sách."),
    ],
)
def test_a_headcount_that_is_no_headcount_is_refused_with_what_to_do(browser_for, tree, app, changed, words):
    page = f"/desk/units/{unit(app, 'S02').id}"
    fields = {"kind": "officials", "number": "120", "valid_from": "01/10/2026", "source": "Báo cáo"} | changed
    answer = browser_for(Role.ORGANISER).post(f"{page}/headcounts", page=page, **fields)
    assert (answer.status, words in answer.text) == (422, True)


def test_a_coordinator_sees_and_counts_only_their_own_subtree(browser_for, tree, app):
    department, office, ward = unit(app, "S02"), unit(app, "S02-1"), unit(app, "P01")
    browser = browser_for(Role.COORDINATOR, unit_id=department.id)
    assert [browser.get(f"/desk/units/{one.id}").status for one in (department, office, ward, tree)] == [
        200,
        200,
        404,
        404,
    ]
    words = browser.get("/desk/units").words()
    assert "Sở Nội vụ" in words
    assert "Phường" not in words
    assert "Có 0 đơn vị khớp" in browser.get("/desk/units?q=sen").words()
    fields = {"kind": "officials", "number": "9", "valid_from": "01/10/2026", "source": "Danh sách"}
    page = f"/desk/units/{office.id}"
    assert browser.post(f"{page}/headcounts", page=page, **fields).location == page
    assert browser.post(f"/desk/units/{ward.id}/headcounts", page=page, **fields).status == 404
    assert browser.get(f"{page}/edit").status == 403


def test_a_viewer_reads_but_is_offered_no_change(browser_for, tree, app):
    words = browser_for(Role.VIEWER).get(f"/desk/units/{unit(app, 'S02').id}").words()
    assert "Ghi số người" not in words
    assert "Sửa" not in words
