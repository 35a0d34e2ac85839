"""Targets: set by the organiser by size or for one unit, shown as reached or missing to whoever answers for units."""

import pytest

from contest import chores
from contest.permissions import Role
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
