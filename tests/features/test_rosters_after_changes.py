"""When units merge or split, the staff list goes with the people: their successor's coordinator works on with it."""

import pytest

from contest.database import db
from contest.permissions import Role
from contest.rosters.models import RosterRow
from contest.units import lineage, queries
from tests.features.test_rosters import HEADER, send, stored, take_in, xlsx
from tests.features.test_rosters_matching import add_entry, add_row, found
from tests.features.test_rosters_passes import printed
from tests.features.test_units_changes import merge

HOA = ["1", "0012", "Nguyễn Thị Hòa", "08/03/1990", "0900000001", "Văn phòng"]


@pytest.fixture
def tree(make):
    top = make.unit("Ủy ban nhân dân tỉnh An Bình", code="T00", kind="province")
    lotus = make.unit("Phường Sen Hồng", top, code="P01")
    bamboo = make.unit("Phường Trúc Lâm", top, code="P02")
    make.unit("Xã Đông", top, code="X01")
    make.unit("Xã Tây", top, code="X02")
    return {"top": top, "lotus": lotus, "bamboo": bamboo}


@pytest.fixture
def contest(make, tree):
    contest = make.contest()
    add_row(make, contest, tree["lotus"], "Nguyễn Thị Hòa", code="0012", phone="0900000001")
    add_row(make, contest, tree["lotus"], "Trần Văn Bé", code="0013")
    add_row(make, contest, tree["bamboo"], "Lê Đức Ân", code="0012")
    return contest


@pytest.fixture
def organiser(browser_for):
    return browser_for(Role.ORGANISER)


@pytest.fixture
def heir(browser_for, tree):
    return browser_for(Role.COORDINATOR, unit_id=tree["bamboo"].id)


def id_of(code, browser):
    with browser.client.application.app_context():
        return queries.by_code(code).id


def split(organiser, unit, **changed):
    fields = {"unit1": "X01", "share1": "60", "unit2": "X02", "share2": "40", "takes": "0"}
    fields |= {"effective_on": "01/10/2026", "basis": "", "confirmed": "y"} | changed
    return organiser.post(f"/desk/units/{unit.id}/split", **fields)


def names(browser, contest, query=""):
    page = browser.get(f"/desk/rosters/{contest.id}{query}")
    listed = ("Nguyễn Thị Hòa", "Trần Văn Bé", "Lê Đức Ân")
    return page.status, [name for name in listed if f'<th scope="row">{name}</th>' in page.tables]


def test_before_the_merger_each_coordinator_sees_the_own_list_alone(heir, contest):
    assert names(heir, contest) == (200, ["Lê Đức Ân"])
    assert names(heir, contest, "?unit=P01")[0] == 404


def test_from_the_merger_on_the_successor_sees_searches_and_prints_the_list(
    organiser, heir, tree, contest, browser_for
):
    sister = browser_for(Role.COORDINATOR, unit_id=id_of("X01", organiser))
    merge(organiser, tree["lotus"])
    assert names(heir, contest) == (200, ["Nguyễn Thị Hòa", "Trần Văn Bé", "Lê Đức Ân"])
    assert names(heir, contest, "?q=hoa") == (200, ["Nguyễn Thị Hòa"])
    assert names(heir, contest, "?unit=P01") == (200, ["Nguyễn Thị Hòa", "Trần Văn Bé"])
    words = heir.get(f"/desk/rosters/{contest.id}").words()
    assert "Gồm cả danh sách của Phường Sen Hồng (2 người), nhận từ ngày 01/10/2026." in words
    absent = heir.get(f"/desk/rosters/{contest.id}/absent").words()
    assert "Trần Văn Bé" in absent and "3 người" in absent
    assert "Trần Văn Bé" in heir.get(f"/desk/rosters/{contest.id}/absent/print?unit=P01").words()
    assert len(printed(heir, contest)) == 3
    assert names(sister, contest) == (200, [])
    assert names(sister, contest, "?unit=P01")[0] == 404
    assert sister.get(f"/desk/rosters/{contest.id}/absent?unit=P01").status == 404


def test_a_merger_taken_back_takes_the_list_back(organiser, heir, tree, contest):
    merge(organiser, tree["lotus"])
    page = f"/desk/units/{tree['lotus'].id}"
    organiser.post(f"{page}/reopen", page=page)
    assert names(heir, contest) == (200, ["Lê Đức Ân"])


def test_a_list_follows_over_several_mergers_and_a_move(app, organiser, tree, contest, browser_for):
    merge(organiser, tree["lotus"], into="X01")
    with app.app_context():
        east, bamboo = queries.by_code("X01"), queries.by_code("P02")
    merge(organiser, east, into="P02", effective_on="03/10/2026")
    assert names(browser_for(Role.COORDINATOR, unit_id=bamboo.id), contest)[1] == [
        "Nguyễn Thị Hòa",
        "Trần Văn Bé",
        "Lê Đức Ân",
    ]
    organiser.post(f"/desk/units/{bamboo.id}/move", parent="X02", confirmed="y")
    west = browser_for(Role.COORDINATOR, unit_id=id_of("X02", organiser))
    assert len(names(west, contest)[1]) == 3


def test_who_enters_for_the_new_unit_is_recognised_on_the_list_of_the_old_one(
    app, make, organiser, heir, tree, contest
):
    merge(organiser, tree["lotus"])
    add_entry(make, contest, tree["bamboo"], "Nguyễn Thị Hòa", staff_code="0012")
    add_entry(make, contest, tree["bamboo"], "Trần Văn Bé")
    assert found(app, make) == [
        ("Nguyễn Thị Hòa", "Nguyễn Thị Hòa", "surely"),
        ("Trần Văn Bé", "Trần Văn Bé", "perhaps"),
    ]
    pairs = heir.get(f"/desk/rosters/{contest.id}/pairs")
    assert "Trần Văn Bé" in pairs.words()
    address = pairs.text.partition('action="/desk/rosters/pairs/')[2].partition('"')[0]
    heir.post(f"/desk/rosters/pairs/{address}", same="yes", page=f"/desk/rosters/{contest.id}/pairs")
    assert ("Trần Văn Bé", "Trần Văn Bé", "accepted") in found(app, make)


def test_the_successor_helps_those_who_entered_for_the_old_unit(organiser, heir, make, tree, contest):
    entry = add_entry(make, contest, tree["lotus"], "Nguyễn Thị Hòa")
    assert heir.get(f"/desk/people/{entry.id}").status == 404
    merge(organiser, tree["lotus"])
    assert heir.get(f"/desk/people/{entry.id}").status == 200
    assert "Nguyễn Thị Hòa" in heir.get("/desk/people").words()


def test_the_successors_own_file_takes_people_over_by_name_and_never_by_code_alone(
    app, organiser, heir, tree, contest
):
    merge(organiser, tree["lotus"])
    # 0013 is Trần Văn Bé of the old unit; this one is somebody else. Nguyễn Thị Hòa was given a new code.
    rows = [
        ["1", "0077", *HOA[2:]],
        ["2", "0012", "Lê Đức Ân", "", "", ""],
        ["3", "0013", "Phạm Văn Tư", "", "0900000009", ""],
    ]
    take_in(heir, contest, rows, "P02")
    assert {(code, name) for code, name, *_rest in stored(app)} == {
        ("0012", "Lê Đức Ân"),
        ("0013", "Phạm Văn Tư"),
        ("0013", "Trần Văn Bé"),
        ("0077", "Nguyễn Thị Hòa"),
    }
    assert standing(app, "Nguyễn Thị Hòa") == "P02" and standing(app, "Trần Văn Bé") == "P01"
    again = send(heir, contest, xlsx([HEADER, *rows]), "P02").location
    assert "Không đổi 3" in heir.get(again).words()


def standing(app, name):
    with app.app_context():
        row = db.session.query(RosterRow).filter_by(name=name).one()
        return queries.by_ids({row.unit_id})[row.unit_id].code


def test_a_file_may_write_the_old_units_name(app, organiser, heir, tree, contest):
    merge(organiser, tree["lotus"])
    take_in(heir, contest, [["1", "0099", "Vũ Thị Sáu", "", "0900000099", "Phường Sen Hồng"]], "P02")
    assert standing(app, "Vũ Thị Sáu") == "P02"


def test_after_a_split_the_list_goes_to_whoever_takes_the_people(organiser, tree, contest, browser_for):
    split(organiser, tree["lotus"], takes="1")
    east, west = (browser_for(Role.COORDINATOR, unit_id=id_of(code, organiser)) for code in ("X01", "X02"))
    assert names(east, contest) == (200, ["Nguyễn Thị Hòa", "Trần Văn Bé"])
    assert names(west, contest) == (200, [])


def test_a_list_nobody_takes_over_stays_above_until_the_successors_bring_theirs(
    app, organiser, tree, contest, browser_for
):
    split(organiser, tree["lotus"])
    east, top = (browser_for(Role.COORDINATOR, unit_id=id_of(code, organiser)) for code in ("X01", "T00"))
    page = east.get(f"/desk/rosters/{contest.id}").words()
    assert "Danh sách của Phường Sen Hồng chưa được chia" in page and "danh sách 2 người" in page
    assert "Trần Văn Bé" not in page
    assert len(names(top, contest)[1]) == 3
    take_in(east, contest, [HOA], "X01")
    assert standing(app, "Nguyễn Thị Hòa") == "X01" and standing(app, "Trần Văn Bé") == "P01"
    assert names(east, contest) == (200, ["Nguyễn Thị Hòa"])


def test_a_unit_below_one_that_went_into_another_goes_along(app, make, organiser, heir, tree):
    school = make.unit("Trường Kim Đồng", tree["lotus"], code="H01", kind="school")
    close = {"effective_on": "01/09/2026", "basis": "", "confirmed": "y"}
    organiser.post(f"/desk/units/{school.id}/close", **close)
    merge(organiser, tree["lotus"])
    with app.app_context():
        assert queries.by_code("H01").heir_path == tree["bamboo"].path
        assert [unit.code for unit in lineage.carried_on(tree["bamboo"].path)] == ["P01", "H01"]
        assert [unit.code for unit in lineage.carriers(tree["bamboo"].path).values()] == ["P02", "P02"]
