"""Participation per unit: what the public sees, what a coordinator sees, and what stands in the files."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest

from contest import chores
from contest.database import db, write_transaction
from contest.events.models import Event
from contest.participation.corrections import take_out
from contest.permissions import Role
from contest.units.models import Headcount, Unit
from tests.conftest import counted_statements
from tests.taking_part import doors, take_part

CODE = "K7M2QX"
PAGE = f"/participation/{CODE}"


@pytest.fixture
def held(app, make):
    """An open round in a province of two communes (one with a school), with five people and six attempts."""
    contest = make.contest()
    round_ = make.round(contest, code=CODE, attempts=2)
    make.measured_by_any(contest)
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    lotus = make.unit("Phường Sen Hồng", province, code="SEN", officials=10)
    school = make.unit("Trường Tiểu học Kim Đồng", lotus, kind="school", code="KD", officials=8)
    star = make.unit("Xã Sao Mai", province, code="SAO", officials=1)
    make.unit("Xã Đồng Nai", province, code="DN")
    an = make.entry(contest, "Nguyễn Văn An", school)
    take_part(make, round_, an, score=3)
    take_part(make, round_, an, score=5)
    take_part(make, round_, make.entry(contest, "Trần Thị Bích", lotus), score=4)
    take_part(make, round_, make.entry(contest, "Lê Văn Cường", star, block=2), score=0)
    take_part(make, round_, make.entry(contest, "Lê Văn Dũng", star), score=1)
    take_part(make, round_, make.entry(contest, "Người Tự Do"), score=2)
    with app.app_context():
        chores.run_once()
    return {"round": round_, "contest": contest, "province": province, "lotus": lotus, "star": star}


def row_of(answer, name):
    """The line of the table of units that begins with this name, as words."""
    table = answer.text.partition("<tbody>")[2].partition("</table>")[0]
    line = next(line for line in re.split("<tr[^>]*>", table) if f">{name}<" in line)
    cells = re.sub("</t[hd]>", "|", line)
    found = [cell.strip() for cell in re.sub("<[^>]*>", "", cells).split("|") if cell.strip()][1:]
    return [cell for cell in found if not cell.startswith("So sánh ")]


def test_numbers_of_a_unit_include_everything_below_it(held, visitor):
    page = visitor.get(PAGE)
    assert row_of(page, "Phường Sen Hồng") == ["2", "3", "10", "20,00 %"]
    assert row_of(page, "Xã Đồng Nai") == ["0", "0", "–", "chưa có số"]
    assert row_of(page, "Cá nhân tự do") == ["1", "1", "–", "–"]
    assert row_of(page, "Cộng") == ["5", "6", "11", "36,36 %"]
    assert "Số liệu chốt lúc 09:00:00 05/10/2026" in page.words()


def test_a_rate_over_100_is_flagged_and_never_printed(held, visitor):
    page = visitor.get(PAGE)
    assert row_of(page, "Xã Sao Mai") == ["2", "2", "1", "trên 100 %"]
    assert "200,00" not in page.text
    assert "1 đơn vị có số người dự thi nhiều hơn số người đã khai" in page.words()


def test_units_that_took_part_are_counted_and_those_without_anybody_are_named(held, visitor):
    words = visitor.get(PAGE).words()
    assert "2/3" in words
    assert "0 đơn vị đạt 100 %, 1 đơn vị chưa có ai" in words
    assert "1 đơn vị trực thuộc chưa có người dự thi Xã Đồng Nai" in words


def test_people_of_a_unit_itself_have_a_line_of_their_own_beside_several_rates_too(app, make, visitor):
    contest = make.contest()
    round_ = make.round(contest)
    ward = make.unit("Phường Sen Hồng", code="SEN", officials=10, residents=90)
    school = make.unit("Trường Tiểu học Kim Đồng", ward, kind="school", officials=5)
    for unit in (ward, school):
        take_part(make, round_, make.entry(contest, unit=unit))
    with app.app_context():
        chores.run_once()
    row = row_of(visitor.get(f"/participation/{round_.code}?unit=SEN"), "Trực tiếp tại Phường Sen Hồng")
    assert (row[:2], set(row[2:])) == (["1", "1"], {"–"})


def test_one_goes_down_the_tree_and_back(held, visitor):
    page = visitor.get(f"{PAGE}?unit=SEN")
    assert row_of(page, "Trường Tiểu học Kim Đồng") == ["1", "2", "8", "12,50 %"]
    assert row_of(page, "Trực tiếp tại Phường Sen Hồng") == ["1", "1", "–", "–"]
    assert "?unit=T" in page.text
    assert visitor.get(f"{PAGE}?unit=KHONG").status == 404


@pytest.mark.parametrize("typed", ["kim dong", "KIM ĐỒNG", "truong kim", "kd"])
def test_a_unit_is_found_without_accents_at_any_depth(held, visitor, typed):
    page = visitor.get(PAGE, query_string={"q": typed})
    assert row_of(page, "Trường Tiểu học Kim Đồng") == ["1", "2", "8", "12,50 %"]
    assert ">Xã Sao Mai<" not in page.text.partition("<tbody>")[2].partition("</table>")[0]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("rate", "Phường Sen Hồng"),
        ("people", "Phường Sen Hồng"),
        ("name", "Phường Sen Hồng"),
        ("x", "Phường"),
    ],
)
def test_the_order_is_in_the_address(held, visitor, order, first):
    body = visitor.get(f"{PAGE}?order={order}").text.partition("<tbody>")[2]
    assert first in body.partition("</tr>")[0]


def test_a_block_can_be_looked_at_alone(held, visitor):
    page = visitor.get(f"{PAGE}?block=nguoi-dan")
    assert row_of(page, "Xã Sao Mai") == ["1", "1", "1", "100,00 %"]
    assert row_of(page, "Phường Sen Hồng") == ["0", "0", "10", "0,00 %"]
    assert visitor.get(f"{PAGE}?block=khong-co").status == 404


def test_rates_can_be_measured_by_another_headcount(held, visitor, make):
    with make.writing():
        make.add(
            Headcount(
                unit_id=held["star"].id,
                kind="residents",
                number=400,
                valid_from=date(2026, 1, 1),
                source="",
                entered_at=make.now,
            )
        )
    page = visitor.get(f"{PAGE}?of=residents")
    assert row_of(page, "Xã Sao Mai") == ["2", "2", "400", "0,50 %"]
    assert row_of(page, "Phường Sen Hồng") == ["2", "3", "–", "chưa có số"]


def test_a_headcount_that_begins_later_does_not_count_yet(held, visitor, make):
    with make.writing():
        make.add(
            Headcount(
                unit_id=held["star"].id,
                kind="officials",
                number=100,
                valid_from=date(2027, 1, 1),
                source="",
                entered_at=make.now,
            )
        )
    assert row_of(visitor.get(PAGE), "Xã Sao Mai")[2] == "1"


def test_score_bands_wait_for_the_closing_and_sum_to_100(held, visitor, at):
    early = visitor.get(PAGE).words()
    assert "Mức điểm được công khai sau khi đợt thi đóng" in early
    assert "Đúng tất cả" not in early
    at(days=8)
    late = visitor.get(PAGE)
    assert row_with(late, "Đúng tất cả (100 %)")[0] == "1 20,0 %"
    assert row_with(late, "Không đúng câu nào")[0] == "1 20,0 %"
    assert "100,0 %" in late.words()
    assert "chart-bands" in late.text


def row_with(answer, name):
    lines = re.split("<tr[^>]*>", answer.text)
    line = next(line for line in lines if re.search(f'<th scope="row"[^>]*>{re.escape(name)}</th>', line))
    return [
        re.sub("<[^>]*>", "", cell) for cell in re.findall('<td class="num"[^>]*>(.*?)</td>', line, re.DOTALL)
    ]


def test_attempts_are_shown_by_day_with_the_table_behind(held, visitor):
    page = visitor.get(PAGE)
    assert row_with(page, "05/10/2026") == ["6"]
    assert "chart-hours" in page.text


def test_before_the_opening_there_is_nothing_but_a_kind_word(make, visitor):
    make.round(make.contest(), code=CODE, opens=timedelta(hours=1))
    page = visitor.get(PAGE)
    assert (page.status, "Đợt thi chưa mở" in page.text) == (200, True)


def test_a_round_in_which_nobody_took_part_yet_has_a_page(make, visitor):
    make.round(make.contest(), code=CODE)
    assert "Chưa có lượt thi nào được đếm" in visitor.get(PAGE).text


def test_the_files_hold_every_unit_and_the_same_numbers(held, visitor, at):
    at(days=8)
    book = openpyxl.load_workbook(io.BytesIO(visitor.client.get(f"{PAGE}.xlsx").data))
    assert book.sheetnames == [
        "Đơn vị", "Đơn vị cấp 2", "Loại đơn vị", "Khối", "Mức điểm", "Theo ngày", "Theo giờ"
    ]  # fmt: skip
    below = {row[0]: row for row in book["Đơn vị cấp 2"].iter_rows(values_only=True) if row[0]}
    assert below["KD"] == ("KD", "Trường Tiểu học Kim Đồng", "Phường Sen Hồng", 1, 2, 8, 0.125)
    rows = {row[0]: row for row in book["Đơn vị"].iter_rows(values_only=True) if row[0]}
    assert rows["SEN"] == ("SEN", "Phường Sen Hồng", "Tỉnh An Bình", 2, 3, 10, 0.2)
    assert rows["SAO"][6] == "trên 100 %"
    assert rows["DN"][6] == "chưa có số"
    shares = [row[3] for row in book["Mức điểm"].iter_rows(values_only=True) if row[0] == "Tất cả"]
    assert (len(shares), round(sum(shares), 9)) == (5, 1)
    csv = visitor.client.get(f"{PAGE}.csv").data.decode("utf-8-sig")
    assert "KD;Trường Tiểu học Kim Đồng;Phường Sen Hồng;1;2;8;12,50%" in csv
    assert "Cá nhân tự do" in csv


def test_a_coordinator_sees_the_own_subtree_and_nothing_else(held, make, browser_for):
    coordinator = browser_for(Role.COORDINATOR, unit_id=held["lotus"].id)
    path = f"/desk/participation/{held['round'].id}"
    page = coordinator.get(path)
    assert row_of(page, "Trường Tiểu học Kim Đồng") == ["1", "2", "8", "12,50 %"]
    for stranger in ("Xã Sao Mai", "Cá nhân tự do", "Tỉnh An Bình"):
        assert stranger not in page.text
    assert coordinator.get(f"{path}?unit=SAO").status == 404
    assert coordinator.get(f"{path}?unit=T").status == 404
    csv = coordinator.client.get(f"{path}/csv").data.decode("utf-8-sig")
    assert ("Sen Hồng" in csv, "Sao Mai" in csv) == (True, False)
    index = coordinator.get("/desk/participation")
    assert row_of(index, "Đợt 1")[-2:] == ["2", "3"]


def test_an_organiser_sees_events_and_units_without_headcount(held, app, make, browser_for):
    with make.writing():
        event = Event(
            round_id=held["round"].id,
            name="Ngày hội chuyển đổi số",
            kind="festival",
            place="Nhà văn hóa",
            starts_at=make.now,
            ends_at=make.now + timedelta(hours=3),
            host_unit_id=held["star"].id,
        )
        make.add(event)
    for door_id in doors(make, held["round"], 1, event.id):
        entry = make.entry(held["contest"], "Hồ Thị Lan", held["star"])
        take_part(make, held["round"], entry, door_id=door_id)
        take_part(make, held["round"], entry, door_id=door_id)
    with app.app_context():
        chores.run_once()
    path = f"/desk/participation/{held['round'].id}"
    page = browser_for(Role.ORGANISER).get(path)
    words = page.words()
    assert "Ngày hội chuyển đổi số Nhà văn hóa" in words
    assert row_with(page, "Ngày hội chuyển đổi số") == ["1", "2"]
    assert "chưa có số cán bộ hoặc đoàn viên" in words
    sister = browser_for(Role.COORDINATOR, unit_id=held["lotus"].id).get(path)
    assert "Ngày hội chuyển đổi số" not in sister.text


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 200), (Role.AUTHOR, 403)], ids=str)
def test_who_may_open_the_numbers(held, browser_for, role, status):
    assert browser_for(role).get(f"/desk/participation/{held['round'].id}").status == status
    assert browser_for(role).get("/desk/participation").status == status


def test_a_page_asks_whether_its_numbers_still_hold_and_reads_only_what_is_new(held, app, make, visitor):
    costs = []
    for add in (lambda: None, lambda: None, lambda: more_units(make, held), lambda: None):
        add()
        with counted_statements(app) as statements:
            visitor.get(PAGE)
        costs.append(len(statements))
    cold, warm, new_tree, warm_again = costs
    assert cold <= 18
    assert warm == warm_again <= 9
    assert new_tree <= warm + 4


def more_units(make, held):
    for number in range(30):
        make.unit(f"Xã {number}", held["province"], officials=10)


def test_what_is_counted_or_corrected_is_on_the_next_page(held, app, make, visitor):
    assert row_of(visitor.get(PAGE), "Xã Sao Mai")[:2] == ["2", "2"]
    entry = make.entry(held["contest"], "Hồ Thị Lan", held["star"])
    take_part(make, held["round"], entry)
    with app.app_context():
        chores.run_once()
    assert row_of(visitor.get(PAGE), "Xã Sao Mai")[:2] == ["3", "3"]
    with app.app_context(), write_transaction():
        take_out(held["contest"].id, [entry.person_id])
    assert row_of(visitor.get(PAGE), "Xã Sao Mai")[:2] == ["2", "2"]
    with make.writing():
        db.session.get(Unit, held["star"].id).name = "Xã Sao Hôm"
    assert row_of(visitor.get(PAGE), "Xã Sao Hôm")[:2] == ["2", "2"]


def test_numbers_are_shown_in_english_too(held, visitor):
    page = visitor.get(f"{PAGE}?lang=en").words()
    assert "36.36%" in page
    assert "over 100%" in page
