"""Rates of several kinds of people side by side: each of its own people, one of them the main one."""

import io
from datetime import date

import openpyxl
import pytest

from contest import chores
from contest.participation.asked import Asked
from contest.participation.overview import overview
from contest.participation.seen_as import Seen
from contest.permissions import Role
from contest.reports import gathering, listing
from contest.reports.models import ReportCall
from contest.reports.queries import CallLine
from contest.rules.counting import Rate
from contest.units.models import Headcount, HeadcountKind
from tests.conftest import NOW
from tests.features.test_participation import row_of
from tests.taking_part import take_part

PAGE = "/participation/K7M2QX"
OFFICIALS, YOUTH, RESIDENTS = HeadcountKind.OFFICIALS, HeadcountKind.YOUTH, HeadcountKind.RESIDENTS


@pytest.fixture
def held(app, make):
    """A ward where only officials took part, a department, a youth union; blocks for officials and for residents."""
    contest = make.contest()
    round_ = make.round(contest, code="K7M2QX")
    province = make.unit("Tỉnh An Bình", kind="province", code="T")
    ward = make.unit("Phường Hồ Tây", province, code="HO", officials=50, residents=18000)
    office = make.unit("Sở Sen Hồng", province, code="SEN", kind="department", officials=10)
    union = make.unit("Tỉnh đoàn", province, code="DOAN", kind="youth_union")
    with make.writing():
        number = {"number": 40, "valid_from": date(2026, 1, 1), "source": "", "entered_at": make.now}
        make.add(Headcount(unit_id=union.id, kind="youth", **number))
    for unit, block, people in ((ward, 1, 23), (office, 1, 4), (office, 2, 1), (union, 1, 10)):
        for _ in range(people):
            take_part(make, round_, make.entry(contest, unit=unit, block=block))
    with app.app_context():
        chores.run_once()
    return {"contest": contest, "round": round_, "ward": ward}


def rates(app, held, **asked):
    """Of each unit and of all: (kind of the main rate, what every rate is of)."""
    with app.app_context():
        numbers = overview(held["round"], Asked(**asked), NOW)
        found = {row.unit.code: row for row in numbers.children} | {"all": numbers.together}
        return {
            code: (one.kind, {rate.kind: (rate.rate.people, rate.rate.headcount) for rate in one.rates})
            for code, one in found.items()
        }


def test_a_commune_with_officials_alone_shows_them_beside_its_residents(app, held):
    assert rates(app, held) == {
        "HO": (RESIDENTS, {OFFICIALS: (23, 50), RESIDENTS: (0, 18000)}),
        "SEN": (OFFICIALS, {OFFICIALS: (4, 10)}),
        "DOAN": (YOUTH, {YOUTH: (10, 40)}),
        # The union's members are no officials of the province: its ten people are held against members only.
        "all": (OFFICIALS, {OFFICIALS: (27, 60), RESIDENTS: (0, 18000)}),
    }


def test_pages_frames_and_the_interface_show_every_rate(held, visitor):
    page = visitor.get(PAGE)
    assert row_of(page, "Phường Hồ Tây") == ["23", "23", "46,00 % 23/50", "–", "0,00 % 0/18.000"]
    assert row_of(page, "Tỉnh đoàn") == ["10", "10", "–", "25,00 % 10/40", "–"]
    assert row_of(page, "Cộng")[2:] == ["45,00 % 27/60", "–", "0,00 % 0/18.000"]
    words = page.words()
    assert "Tỷ lệ cán bộ 45,00 % 27 người trên 60 cán bộ của các đơn vị đã có số." in words
    assert "của xã, phường, đặc khu, thôn trên dân số trưởng thành" in words
    assert "Tỷ lệ cán bộ 45,00 % Tỷ lệ người dân 0,00 %" in visitor.get(f"/embed{PAGE}").words()
    side = visitor.get(f"{PAGE}?with=HO&with=SEN").text.partition('id="side-by-side"')[2]
    assert "46,00 %" in side.partition("</section>")[0]
    said = visitor.get("/api/v1/rounds/K7M2QX/participation").json
    ward = next(row for row in said["rows"] if row["code"] == "HO")
    assert (ward["kind_of_rate"], ward["percent"], ward["headcount"]) == ("residents", 0.0, 18000)
    assert ward["rates"] == [
        {"kind": "officials", "people": 23, "headcount": 50, "percent": 46.0, "over": False},
        {"kind": "residents", "people": 0, "headcount": 18000, "percent": 0.0, "over": False},
    ]
    assert [one["people"] for one in said["rates"]] == [27, 0]


def test_files_have_three_columns_for_each_kind(held, visitor):
    book = openpyxl.load_workbook(io.BytesIO(visitor.client.get(f"{PAGE}.xlsx").data))
    rows = [row for row in book["Đơn vị"].iter_rows(values_only=True) if row[1]]
    head = next(row for row in rows if row[0] == "Mã")
    assert head[5:] == (
        "Dự thi được tính: cán bộ", "Số cán bộ", "Tỷ lệ cán bộ",
        "Dự thi được tính: đoàn viên", "Số đoàn viên", "Tỷ lệ đoàn viên",
        "Dự thi được tính: người dân", "Số người dân", "Tỷ lệ người dân",
    )  # fmt: skip
    of = {row[0]: row[3:] for row in rows}
    assert of["HO"] == (23, 23, 23, 50, 0.46, None, None, None, 0, 18000, 0)
    assert of["SEN"] == (5, 5, 4, 10, 0.4, None, None, None, None, None, None)
    assert of["DOAN"] == (10, 10, None, None, None, 10, 40, 0.25, None, None, None)
    csv = visitor.client.get(f"{PAGE}.csv").data.decode("utf-8-sig")
    assert "HO;Phường Hồ Tây;Tỉnh An Bình;23;23;23;50;46,00%;;;;0;18000;0,00%" in csv


def test_the_reader_and_the_board_choose_which_rate_is_the_main_one(app, held, browser_for, visitor):
    assert rates(app, held, measure=OFFICIALS)["HO"] == (
        OFFICIALS,
        {OFFICIALS: (23, 50), RESIDENTS: (0, 18000)},
    )
    assert rates(app, held, measure=RESIDENTS)["all"][0] == RESIDENTS
    # A block is held against its own headcount whatever is asked for.
    assert rates(app, held, block="can-bo", measure=RESIDENTS)["HO"] == (OFFICIALS, {OFFICIALS: (23, 50)})
    edit = f"/desk/contests/{held['contest'].id}/targets"
    organiser = browser_for(Role.ORGANISER)
    organiser.post(f"{edit}/blocks", page=edit, block1="officials", block2="residents", main="officials")
    assert {kind for kind, _rates in rates(app, held).values()} == {OFFICIALS}
    assert "Tỷ lệ của các đơn vị tính trên số cán bộ, công chức, viên chức." in visitor.get(PAGE).words()
    progress = organiser.get(f"/desk/participation/targets/{held['contest'].id}").words()
    assert "Phường Hồ Tây 50 – 23" in progress
    again = {"block1": "officials", "block2": "residents", "main": "officials"}
    organiser.post(f"{edit}/blocks", page=edit, **again)
    organiser.post(f"{edit}/blocks", page=edit, **(again | {"main": ""}))
    assert rates(app, held)["HO"][0] == RESIDENTS


def test_a_report_is_made_of_the_same_rates(held, app, browser_for, make):
    about = {"contest_id": held["contest"].id, "round_id": held["round"].id, "name": "Báo cáo", "note": ""}
    with make.writing():
        call = ReportCall(**about, due_at=make.now, levels=1, created_at=make.now)
        make.add(call)
    line = CallLine(call, held["contest"], held["round"])
    with app.app_context():
        sight = gathering.sight(line, None, make.now)
        (ward,) = (one.figure for one in gathering.of_units(sight, [held["ward"].id]))
        assert {one.kind: one.rate.people for one in ward.rates} == {OFFICIALS: 23, RESIDENTS: 0}
        assert listing.total(sight).rate == Rate(27, 60)


@pytest.mark.parametrize(
    ("kinds", "unit_kind", "main", "blocks"),
    [
        ((OFFICIALS, RESIDENTS), "commune", RESIDENTS, ([2], [])),
        ((OFFICIALS, RESIDENTS), "department", OFFICIALS, ([1], [])),
        ((OFFICIALS, RESIDENTS), "youth_union", YOUTH, ([1], [])),
        ((YOUTH, RESIDENTS), "department", YOUTH, ([1], [])),
        ((OFFICIALS, YOUTH), "commune", OFFICIALS, ([1], [])),
        ((OFFICIALS, YOUTH), "branch", YOUTH, ([2], [])),
        ((OFFICIALS, RESIDENTS, None), "department", OFFICIALS, ([1], [3])),
        ((OFFICIALS, RESIDENTS, None), "youth_union", YOUTH, ([1, 3], [])),
    ],
)
def test_the_main_rate_goes_by_the_kind_of_unit_and_is_of_its_own_people(kinds, unit_kind, main, blocks):
    seen = Seen(kinds=tuple(enumerate(kinds, start=1)))
    assert seen.kind_for(unit_kind) == main
    assert seen.blocks_of(main) == blocks
