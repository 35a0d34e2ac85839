"""Awards for units: drafted from what is counted and published, seen by everybody once published, never changed."""

import io

import openpyxl
import pytest

from contest import chores
from contest.permissions import Role
from contest.results import queries as results
from tests.taking_part import take_part

FORM = {
    "name": "Giải tập thể khối xã, phường",
    "measure": "points",
    "kinds": ["department"],
    "block": "0",
    "firsts": "1",
    "seconds": "1",
    "thirds": "1",
    "consolations": "0",
    "first_points": "10",
    "second_points": "8",
    "third_points": "6",
}


@pytest.fixture
def held(app, make, at, browser_for):
    """A closed and published round: Sen (10 officials) has the winner and a second, Trúc (4) the third, Đông nobody."""
    contest = make.contest()
    round_ = make.round(contest, prediction=None)
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    lotus = make.unit("Phường Sen Hồng", province, code="SEN", kind="department", officials=10)
    school = make.unit("Trường Kim Đồng", lotus, code="KD", kind="school")
    bamboo = make.unit("Phường Trúc Lâm", province, code="TRUC", kind="department", officials=4)
    make.unit("Xã Đông", province, code="DONG", kind="department", officials=9)
    make.unit("Xã Tây", province, code="TAY")
    for unit, score in ((lotus, 5), (school, 4), (bamboo, 3), (bamboo, 1), (bamboo, 0)):
        take_part(make, round_, make.entry(contest, unit=unit), score=score)
    at(days=8)
    with app.app_context():
        chores.run_once()
        sheet_id = results.sheets(round_.id)[0].id
    organiser = browser_for(Role.ORGANISER)
    page = f"/desk/results/{round_.id}"
    assert organiser.post(f"/desk/results/sheets/{sheet_id}/publish", page=page).status == 302
    return {"contest": contest, "organiser": organiser, "lotus": lotus, "bamboo": bamboo}


def draft(held, **changed):
    answer = held["organiser"].post(f"/desk/awards/{held['contest'].id}", **(FORM | changed))
    assert answer.status == 302, answer.words()
    return answer.location


def test_points_are_the_rate_and_what_winners_are_worth(held):
    words = held["organiser"].get(draft(held)).words()
    # 3 of 4 officials and a third place; 2 of 10 with a first and a second, one of them in the school below.
    assert "1 Phường Trúc Lâm Giải nhất 81,00 3 4 0 – 0 – 1" in words
    assert "2 Phường Sen Hồng Giải nhì 38,00 2 10 1 – 1 – 0" in words
    assert "Xã Đông – chưa có người dự thi" in words
    assert "cộng 10, 8, 6 điểm" in words


@pytest.mark.parametrize(
    ("measure", "first"),
    [
        ("people", "1 Phường Trúc Lâm Giải nhất 3 3 4"),
        ("rate", "1 Phường Trúc Lâm Giải nhất 75,00 % 3 4"),
        ("both", "1 Phường Sen Hồng Giải nhất 55,00 2 10 9/10"),
    ],
)
def test_every_measure_can_be_drafted(held, measure, first):
    assert first in held["organiser"].get(draft(held, measure=measure)).words()


def test_quality_needs_the_target_first(held):
    words = held["organiser"].get(draft(held, measure="quality")).words()
    assert "Phường Sen Hồng – chưa có chỉ tiêu" in words
    edit = f"/desk/contests/{held['contest'].id}/targets"
    held["organiser"].post(edit, size1="0", share1="50")
    words = held["organiser"].get(draft(held, measure="quality")).words()
    assert "1 Phường Trúc Lâm Giải nhất 26,67 % 3 4 4/15" in words
    assert "Phường Sen Hồng – chưa đạt chỉ tiêu" in words


def test_without_kinds_the_units_below_the_top_compete(held):
    assert "Trường Kim Đồng" not in held["organiser"].get(draft(held, kinds=[])).words()
    assert (
        "Trường Kim Đồng Giải nhất"
        in held["organiser"].get(draft(held, kinds=["school"], measure="people")).words()
    )


def test_everybody_sees_what_is_published_and_nothing_before(held, visitor):
    page = draft(held)
    public = f"/contests/{held['contest'].code}/awards"
    assert "Chưa công bố giải tập thể" in visitor.get(public).words()
    assert visitor.get(f"{public}.xlsx").status == 404
    assert visitor.get(page).status in (302, 401, 403)
    held["organiser"].post(f"{page}/publish", page=page)
    words = visitor.get(public).words()
    assert "1 Phường Trúc Lâm Giải nhất 81,00" in words
    assert "Đơn vị bằng nhau cùng hạng" in words
    book = openpyxl.load_workbook(io.BytesIO(visitor.client.get(f"{public}.xlsx").data))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    header = next(row for row in cells if row[0] == "Hạng")
    first = cells[cells.index(header) + 1]
    assert first == [1, "Giải nhất", "Phường Trúc Lâm", 3, 4, 4, 15, "0 – 0 – 1", "81,00"]


def test_a_published_table_stays_until_another_is_published(held, make, visitor):
    page = draft(held)
    held["organiser"].post(f"{page}/publish", page=page)
    desk = f"/desk/awards/{held['contest'].id}"
    path = f"/desk/units/{held['lotus'].id}/merge"
    held["organiser"].post(path, into="TRUC", effective_on="10/10/2026", confirmed="y")
    newer = held["organiser"].post(f"{desk}/1/draft", page=desk).location
    # By the units of today: five people of both, held against the headcounts of the day of the round.
    assert "Phường Trúc Lâm Giải nhất" in held["organiser"].get(newer).words()
    assert "Phường Sen Hồng" not in held["organiser"].get(newer).words()
    public = f"/contests/{held['contest'].code}/awards"
    assert "Phường Sen Hồng Giải nhì" in visitor.get(public).words()
    held["organiser"].post(f"{newer}/publish", page=newer)
    assert "Phường Sen Hồng" not in visitor.get(public).words()
    refused = held["organiser"].post(f"{page}/publish", page=newer)
    assert (refused.status, "đã được thay" in refused.words()) == (409, True)
    assert "không bỏ được" in held["organiser"].post(f"{desk}/1/remove", page=desk).words()


def test_awards_that_were_never_published_can_be_removed(held):
    draft(held)
    desk = f"/desk/awards/{held['contest'].id}"
    assert "Giải tập thể khối xã, phường" in held["organiser"].get(desk).words()
    held["organiser"].post(f"{desk}/1/remove", page=desk)
    assert "Lập bảng mới" not in held["organiser"].get(desk).words()


def test_only_the_board_gives_awards(held, browser_for):
    page = draft(held)
    assert browser_for(Role.VIEWER).get(page).status == 200
    assert browser_for(Role.VIEWER).get(f"/desk/awards/{held['contest'].id}").status == 403
    coordinator = browser_for(Role.COORDINATOR, unit_id=held["lotus"].id)
    assert coordinator.get(page).status == 403
    wrong = held["organiser"].post(
        f"/desk/awards/{held['contest'].id}", **(FORM | {"name": "", "firsts": "-1"})
    )
    assert wrong.status == 422
