"""Targets: set by the organiser by size or for one unit, shown as reached or missing to whoever answers for units."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from contest import chores
from contest.permissions import Role
from tests.conftest import Answer
from tests.taking_part import take_part


@pytest.fixture
def held(app, make):
    contest = make.contest()
    round_ = make.round(contest)
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    lotus = make.unit("Phường Sen Hồng", province, code="SEN", kind="department", officials=10, residents=60)
    bamboo = make.unit("Phường Trúc Lâm", province, code="TRUC", kind="department", officials=60)
    make.unit("Xã Đông", province, code="DONG", kind="department")
    for unit, block, people in ((lotus, 1, 3), (lotus, 2, 9), (bamboo, 1, 4)):
        for _ in range(people):
            take_part(make, round_, make.entry(contest, unit=unit, block=block))
    with app.app_context():
        chores.run_once()
    return {"contest": contest, "lotus": lotus, "bamboo": bamboo}


def set_tiers(browser_for, held, **fields):
    tiers = {"size1": "0", "share1": "30", "size2": "50", "share2": "25"} | fields
    return browser_for(Role.ORGANISER).post(f"/desk/contests/{held['contest'].id}/targets", **tiers)


def page(held):
    return f"/desk/participation/targets/{held['contest'].id}"


def test_units_have_reached_their_target_or_lack_so_many(browser_for, held):
    assert set_tiers(browser_for, held).status == 302
    words = browser_for(Role.VIEWER).get(page(held)).words()
    # 30 % of 10 officials; residents do not count against officials. 25 % of 60 is 15.
    assert "Phường Sen Hồng 10 3 3 đạt" in words
    assert "Phường Trúc Lâm 60 15 4 thiếu 11 người" in words
    assert "Xã Đông – – 0 chưa có chỉ tiêu" in words
    short = browser_for(Role.VIEWER).get(f"{page(held)}?show=missing").words()
    assert "thiếu 11 người" in short
    assert "Xã Đông" not in short


def test_one_unit_may_have_a_number_of_its_own(browser_for, held):
    organiser = browser_for(Role.ORGANISER)
    edit = f"/desk/contests/{held['contest'].id}/targets"
    organiser.post(f"{edit}/unit", page=edit, unit="TRUC", people="4")
    assert "Phường Trúc Lâm 60 4 4 đạt" in organiser.get(page(held)).words()
    organiser.post(f"{edit}/unit", page=edit, unit="TRUC", people="")
    assert "Phường Trúc Lâm 60 – 4 chưa có chỉ tiêu" in organiser.get(page(held)).words()
    assert organiser.post(f"{edit}/unit", page=edit, unit="khong co").status == 422


def test_the_board_says_whom_a_block_is_held_against(browser_for, held):
    set_tiers(browser_for, held)
    organiser = browser_for(Role.ORGANISER)
    edit = f"/desk/contests/{held['contest'].id}/targets"
    blocks = dict.fromkeys(("block1", "block2"), "officials")
    organiser.post(f"{edit}/blocks", page=edit, **blocks)
    assert "Phường Sen Hồng 10 3 12 đạt" in organiser.get(page(held)).words()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"size2": "0"}, "cùng bắt đầu từ một quy mô"),
        ({"share2": ""}, "cần một tỷ lệ hoặc một số người"),
        ({"share2": "130"}, "Cần từ 0 đến 100"),
        ({"size2": "năm mươi"}, "Hãy nhập một số nguyên"),
    ],
)
def test_tiers_that_make_no_sense_are_refused_with_what_to_do(browser_for, held, fields, words):
    answer = set_tiers(browser_for, held, **fields)
    assert (answer.status, words in answer.words()) == (422, True)


def test_a_coordinator_sees_the_target_of_their_own_units_only(browser_for, held):
    set_tiers(browser_for, held)
    coordinator = browser_for(Role.COORDINATOR, unit_id=held["lotus"].id)
    words = coordinator.get(page(held)).words()
    assert "3 người đã dự thi, cần 3." in words or "Phường Sen Hồng 10 3 3 đạt" in words
    assert "Trúc Lâm" not in words
    assert coordinator.get(f"{page(held)}?unit=TRUC").status == 404
    assert coordinator.get(f"/desk/contests/{held['contest'].id}/targets").status == 403


def test_a_province_is_to_bring_what_the_units_below_are_to_bring_together(browser_for, held):
    set_tiers(browser_for, held)
    words = browser_for(Role.VIEWER).get(page(held)).words()
    # 3 of 10 and 15 of 60, never a tier of the 70 together.
    assert "7 người đã dự thi, cần 18. Cộng từ 2 đơn vị có chỉ tiêu, 1 đơn vị đã đạt." in words
    assert "Mức theo quy mô áp dụng cho: Sở, ban, ngành." in words


def test_the_board_says_for_which_kinds_the_tiers_hold(browser_for, held, make):
    make.unit("Trường Kim Đồng", held["lotus"], code="KD", kind="school", officials=8)
    organiser = browser_for(Role.ORGANISER)
    edit = f"/desk/contests/{held['contest'].id}/targets"
    assert set(re.findall(r'checked[^>]*value="([a-z]+)"', organiser.get(edit).text)) == {
        "department",
        "school",
    }
    set_tiers(browser_for, held)
    assert "Trường Kim Đồng 8 3 0 thiếu 3 người" in organiser.get(f"{page(held)}?unit=SEN").words()
    set_tiers(browser_for, held, kinds="department")
    assert "Trường Kim Đồng 8 – 0 chưa có chỉ tiêu" in organiser.get(f"{page(held)}?unit=SEN").words()
    set_tiers(browser_for, held, kinds="school")
    words = organiser.get(page(held)).words()
    assert "Phường Sen Hồng 10 3 0 thiếu 3 người cộng từ 1 đơn vị" in words
    assert "Phường Trúc Lâm 60 – 4 chưa có chỉ tiêu" in words


def send(browser, held, content, name="chi-tieu.xlsx"):
    edit = f"/desk/contests/{held['contest'].id}/targets"
    token = browser.get(edit).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    body = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    return Answer(browser.client.post(f"{edit}/file", data=body, content_type="multipart/form-data"))


def test_targets_of_many_units_go_out_and_come_in_as_a_table(browser_for, held):
    set_tiers(browser_for, held)
    organiser = browser_for(Role.ORGANISER)
    edit = f"/desk/contests/{held['contest'].id}/targets"
    file = organiser.client.get(f"{edit}/chi-tieu.xlsx").data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert [row[:5] for row in rows] == [
        ["Mã", "Tên đơn vị", "Số người", "Cần đạt theo mức", "Chỉ tiêu riêng"],
        ["T", "Tỉnh An Bình", 70, 18, ""],
        ["SEN", "Phường Sen Hồng", 10, 3, ""],
        ["TRUC", "Phường Trúc Lâm", 60, 15, ""],
        ["DONG", "Xã Đông", "", "", ""],
    ]
    assert "chỉ tiêu của 0 đơn vị thay đổi" in organiser.follow(send(organiser, held, file)).words()
    filled = "Mã;Tên;Chỉ tiêu riêng\nTRUC;Phường Trúc Lâm;4\nDONG;;1.200\n".encode()
    assert (
        "chỉ tiêu của 2 đơn vị thay đổi" in organiser.follow(send(organiser, held, filled, "a.csv")).words()
    )
    words = organiser.get(page(held)).words()
    assert "Phường Trúc Lâm 60 4 4 đạt" in words and "Xã Đông – 1.200 0 thiếu 1.200 người" in words
    emptied = "Mã;Chỉ tiêu\nTRUC;\n".encode()
    send(organiser, held, emptied, "a.csv")
    assert "Phường Trúc Lâm 60 15 4 thiếu 11 người" in organiser.get(page(held)).words()


def test_a_table_of_targets_with_a_fault_writes_nothing_and_says_every_line(browser_for, held):
    organiser = browser_for(Role.ORGANISER)
    faulty = "Mã;Chỉ tiêu\nTRUC;4\nKHONG;5\nSEN;nhiều\nTRUC;6\n".encode()
    answer = send(organiser, held, faulty, "a.csv")
    words = answer.words()
    assert answer.status == 422
    for sentence in (
        "Dòng 3: không có đơn vị mã “KHONG”",
        "Dòng 4: “nhiều” không phải",
        "Dòng 5: mã TRUC đã có",
    ):
        assert sentence in words
    assert "Phường Trúc Lâm 60 – 4 chưa có chỉ tiêu" in organiser.get(page(held)).words()
    useless = send(organiser, held, b"a;b\n1;2\n", "a.csv")
    assert (useless.status, "Bảng cần hai cột “Mã”" in useless.words()) == (422, True)
