"""A staff code is the same however it was typed: on lists, among those who entered twice, and in every search."""

import pytest

from contest.database import db
from contest.duplicates import due as duplicates
from contest.duplicates.models import DuplicatePair
from contest.people import actions as people
from contest.people.models import Entry
from contest.permissions import Role
from contest.rosters.models import RosterRow
from tests.conftest import Browser
from tests.features.test_people import enter
from tests.features.test_rosters import HEADER, send, xlsx
from tests.features.test_rosters_matching import add_entry, add_row, found


@pytest.fixture
def contest(make):
    return make.contest()


@pytest.fixture
def ward(make):
    top = make.unit("Tỉnh An Bình", code="T00", kind="province")
    return make.unit("Phường Sen Hồng", top, code="P01")


@pytest.mark.parametrize(
    ("listed", "typed", "states"),
    [
        ("NV-001", "NV.001", ["surely"]),
        ("NV001", "NV-001", ["surely"]),
        ("00123", "123", ["surely"]),
        ("123", "00123", ["surely"]),
        ("NV01", "NV1", []),
        ("123", "1230", []),
    ],
)
def test_a_list_knows_a_code_however_it_was_typed(app, make, contest, ward, listed, typed, states):
    add_row(make, contest, ward, "Nguyễn Thị Hòa", code=listed)
    add_entry(make, contest, ward, "Nguyễn Thị Hòa", staff_code=typed)
    assert [state for _row, _entry, state in found(app, make)] == states


def test_a_number_alone_is_nobody_for_certain(app, make, contest, ward):
    add_row(make, contest, ward, "Nguyễn Thị Hòa", code="001")
    add_entry(make, contest, ward, "Trần Văn Bé", staff_code="1")
    assert [state for _row, _entry, state in found(app, make)] == ["perhaps"]


def test_who_entered_twice_with_one_code_is_found_however_it_was_typed(app, make, contest, ward):
    for code in ("NV001", "NV-001", "NV/001", "NV01"):
        add_entry(make, contest, None, "Nguyễn Thị Hòa", staff_code=code)
    with app.app_context():
        duplicates.find_new(make.now)
        pairs = db.session.query(DuplicatePair).filter_by(likeness="likely").all()
        codes = {entry.id: entry.staff_code for entry in db.session.query(Entry)}
        likely = sorted(sorted((codes[one.first_id], codes[one.second_id])) for one in pairs)
    assert likely == [["NV-001", "NV/001"], ["NV-001", "NV001"], ["NV/001", "NV001"]]


def test_what_somebody_declares_is_kept_as_typed_beside_what_is_compared_and_goes_with_it(app, make, visitor):
    make.round(make.contest(fields={"staff_code": True}), code="K7M3QX")
    enter(
        visitor,
        "K7M3QX",
        staff_code="nv - 007",
        phone=None,
        birth_year=None,
        unit=None,
        free=None,
        block=None,
    )
    with make.writing():
        entry = db.session.query(Entry).one()
        assert (entry.staff_code, entry.code_key) == ("NV-007", "NV007")
        people.anonymise(entry)
        assert (entry.staff_code, entry.code_key) == (None, None)


@pytest.mark.parametrize("text", ["NV-001", "nv 001", "NV001", "nv.0", "hoa nguyen"])
def test_both_searches_find_a_code_however_it_is_typed(make, contest, ward, browser_for, text):
    add_row(make, contest, ward, "Nguyễn Thị Hòa", code="NV.001")
    add_entry(make, contest, ward, "Nguyễn Thị Hòa", staff_code="NV-001")
    for name, code in (("Trần Văn Bé", "NV1"), ("Lê Đức Ân", "X001")):
        add_row(make, contest, ward, name, code=code)
        add_entry(make, contest, ward, name, staff_code=code)
    coordinator = browser_for(Role.COORDINATOR, unit_id=ward.id)
    for page in (f"/desk/rosters/{contest.id}", "/desk/people"):
        words = coordinator.get(page, query_string={"q": text}).words()
        assert "Nguyễn Thị Hòa" in words and "Trần Văn Bé" not in words and "Lê Đức Ân" not in words


def test_two_units_may_use_one_code_in_one_file_and_one_unit_may_not(app, make, contest, ward, browser_for):
    for number in (1, 2):
        make.unit(f"Tổ dân phố {number}", ward, code=f"TO{number}")
    coordinator: Browser = browser_for(Role.COORDINATOR, unit_id=ward.id)
    header = [*HEADER[:5], "Mã đơn vị", "Phòng ban"]
    rows = [
        [1, "001", "Nguyễn Thị Hòa", "1990", "", "TO1", ""],
        [2, "001", "Trần Văn Bé", "1985", "", "TO2", ""],
        [3, 1, "Lê Đức Ân", "1979", "", "", "Tổ dân phố 2"],
    ]
    preview = send(coordinator, contest, xlsx([header, *rows]), "P01").location
    words = coordinator.get(preview).words()
    assert "Có lỗi 1" in words and "Người mới 2" in words and "đã dùng ở dòng 3" in words
    coordinator.post(f"{preview}/confirm", page=preview)
    # The file again, with its lines the other way round: each is found in its own unit.
    again = send(coordinator, contest, xlsx([header, rows[1], rows[0]]), "P01").location
    assert "Không đổi 2" in coordinator.get(again).words()
    with app.app_context():
        assert db.session.query(RosterRow).count() == 2
