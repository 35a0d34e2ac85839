"""Who entered is found on the list: at once, for new people of a list too, and a coordinator settles what is open."""

from datetime import date

import pytest

from contest.database import db
from contest.participation import absent_queries
from contest.people import actions as people
from contest.people import help_actions, recognising
from contest.people.models import Entry
from contest.permissions import Role
from contest.rosters import due, match_queries
from contest.rosters.models import MatchChange, RosterMatch, RosterRow
from contest.rules import staff_codes, vietnamese
from contest.units.models import Unit
from tests.conftest import counted_statements


def add_row(make, contest, unit, name, **known):
    row = RosterRow(
        contest_id=contest.id,
        unit_id=unit.id,
        name=name,
        sort_key=vietnamese.name_sort_key(name),
        name_key=vietnamese.search_key(name),
        code_key=staff_codes.key(known.get("code", "")) or None,
        place="",
        added_at=make.now,
        **known,
    )
    with make.writing():
        make.add(row)
    return row


def add_entry(make, contest, unit, name, **known):
    entry = make.entry(contest, name, unit)
    with make.writing():
        stored = db.session.get_one(Entry, entry.id)
        for field, value in known.items():
            setattr(stored, field, value)
        stored.code_key = staff_codes.key(stored.staff_code or "") or None
    return entry


def found(app, make):
    """(name on the list, name of who entered, state) of every match, after looking."""
    with app.app_context():
        due.seek_new(make.now)
        rows = (
            db.session.query(RosterRow.name, Entry.name, RosterMatch.state)
            .join(RosterMatch, RosterMatch.row_id == RosterRow.id)
            .join(Entry, Entry.id == RosterMatch.entry_id)
            .order_by(RosterRow.id, Entry.id)
        )
        return [tuple(row) for row in rows]


@pytest.fixture
def contest(make):
    return make.contest()


@pytest.fixture
def ward(make):
    top = make.unit("Tỉnh An Bình", code="T00", kind="province")
    return make.unit("Phường Sen Hồng", top, code="P01")


def test_whoever_enters_is_found_by_phone_and_name_and_the_rest_waits_or_is_nobody(app, make, contest, ward):
    add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    add_row(make, contest, ward, "Trần Văn Bé", birth_date=date(1985, 2, 1), birth_year=1985)
    add_row(make, contest, ward, "Lê Đức Ân", phone="0900000003", birth_year=1979)
    assert found(app, make) == []
    add_entry(make, contest, ward, "nguyen thi hoa", phone="0900000001")
    add_entry(make, contest, ward, "Trần Văn Bé", birth_year=1985)
    add_entry(make, contest, ward, "Lê Đức Ân", birth_year=1980)
    assert found(app, make) == [
        ("Nguyễn Thị Hòa", "nguyen thi hoa", "surely"),
        ("Trần Văn Bé", "Trần Văn Bé", "perhaps"),
    ]


def test_people_who_entered_before_are_found_when_the_list_comes(app, make, contest, ward):
    add_entry(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    assert found(app, make) == []
    add_row(make, contest, ward, "Nguyễn Thị Hoà", phone="0900000001")
    assert found(app, make) == [("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "surely")]
    assert found(app, make) == [("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "surely")]


def test_two_entries_for_one_row_leave_the_second_to_the_coordinator(app, make, contest, ward):
    add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001", code="A1")
    add_entry(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    add_entry(make, contest, ward, "Nguyễn Thị Hòa", staff_code="A-1", phone="0900000009")
    assert [state for _row, _entry, state in found(app, make)] == ["surely", "perhaps"]


def test_a_corrected_unit_or_name_is_looked_at_again_and_an_erased_person_is_forgotten(
    app, make, contest, ward
):
    add_row(make, contest, ward, "Nguyễn Thị Hòa", code="A1")
    elsewhere = make.unit("Phường Sen Vàng", code="P02")
    entry = add_entry(make, contest, elsewhere, "Nguyễn Thị Hòa", staff_code="A1")
    assert [row[2] for row in found(app, make)] == ["perhaps"]
    actor = member(app, make)
    with make.writing():
        help_actions.move(
            db.session.get_one(Entry, entry.id), db.session.get_one(Unit, ward.id), None, make.now, actor
        )
    assert [row[2] for row in found(app, make)] == ["surely"]
    with make.writing():
        people.anonymise(db.session.get_one(Entry, entry.id))
    assert found(app, make) == []


def test_whoever_was_perhaps_somebody_and_erased_their_data_is_not_asked_for_again(app, make, contest, ward):
    add_row(make, contest, ward, "Trần Văn Bé", birth_date=date(1985, 2, 1), birth_year=1985)
    add_row(make, contest, ward, "Lê Đức Ân")
    for name in ("Trần Văn Bé", "Lê Đức Ân"):
        add_entry(make, contest, ward, name, birth_year=1985)
    assert [row[2] for row in found(app, make)] == ["perhaps", "perhaps"]
    with make.writing():
        for entry in db.session.query(Entry):
            people.anonymise(entry)
    assert found(app, make) == []
    with app.app_context():
        absent = absent_queries.absent(contest.id, "/", None)
        # Of the second only the name was known: whoever erased their data was a namesake as likely.
        assert [row.name for row in db.session.scalars(absent)] == ["Lê Đức Ân"]


def member(app, make):
    from contest.staff import queries as staff  # noqa: PLC0415  only this test acts without a browser

    with app.app_context():
        return staff.actor(make.staff(Role.ORGANISER).id)


def open_ids(app, contest):
    with app.app_context():
        return [one.id for one in db.session.scalars(match_queries.open_pairs(contest.id, None))]


def test_a_coordinator_settles_what_is_open_and_can_change_it_again(app, make, contest, ward, browser_for):
    add_row(make, contest, ward, "Trần Văn Bé", birth_date=date(1985, 2, 1), birth_year=1985)
    add_entry(make, contest, ward, "Trần Văn Bé", birth_year=1985)
    found(app, make)
    (match_id,) = open_ids(app, contest)
    sister = make.unit("Phường Sen Vàng", code="P02")
    stranger = browser_for(Role.COORDINATOR, unit_id=sister.id)
    path, page = f"/desk/rosters/pairs/{match_id}", f"/desk/rosters/{contest.id}/pairs"
    assert "Trần Văn Bé" not in stranger.get(page).words()
    assert stranger.post(path, page="/desk/rosters", same="yes").status == 404
    own = browser_for(Role.COORDINATOR, unit_id=ward.id)
    assert "Cùng họ tên, cùng ngày hoặc năm sinh" in own.get(page).words()
    own.post(path, page=page, same="yes")
    assert [row[2] for row in found(app, make)] == ["accepted"]
    settled = f"{page}?show=settled"
    assert "là một người" in own.get(settled).words()
    own.post(path, page=settled, same="no")
    assert [row[2] for row in found(app, make)] == ["different"]
    history = browser_for(Role.ADMINISTRATOR).get("/desk/history").words()
    assert "Nhận hai bên là một người" in history and "Nhận hai bên là hai người" in history


def test_of_two_who_may_be_the_same_only_one_can_be_accepted(app, make, contest, ward, browser_for):
    add_row(make, contest, ward, "Trần Văn Bé", birth_year=1985)
    for _ in range(2):
        add_entry(make, contest, ward, "Trần Văn Bé", birth_year=1985)
    found(app, make)
    first, second = open_ids(app, contest)
    own, page = browser_for(Role.COORDINATOR, unit_id=ward.id), f"/desk/rosters/{contest.id}/pairs"
    own.post(f"/desk/rosters/pairs/{first}", page=page, same="yes")
    assert open_ids(app, contest) == []
    assert own.post(f"/desk/rosters/pairs/{second}", page=page, same="yes").status == 404


def test_looking_costs_what_is_new_however_many_were_looked_for_before(app, make, contest, ward):
    for number in range(30):
        add_row(make, contest, ward, "Lê Thị Sen", phone=f"09000001{number:02}")
        add_entry(make, contest, ward, "Lê Thị Sen", phone=f"09000001{number:02}")
    assert len(found(app, make)) == 30
    with app.app_context(), counted_statements(app) as idle:
        due.seek_new(make.now)
    assert len(idle) == 2
    add_entry(make, contest, ward, "Lê Thị Sen", phone="0900000999")
    with app.app_context(), counted_statements(app) as seen:
        due.seek_new(make.now)
    assert len(seen) <= 22
    with app.app_context():
        assert db.session.query(MatchChange).count() == 30


def test_a_contest_that_knows_people_by_the_list_asks_it(app, make, contest, ward):
    row = add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001", code="A1")
    add_row(make, contest, ward, "Lê Thị Sen")
    day = date(1985, 2, 1)
    for known in (("nguyen thi hoa", "0900000001", None, None), ("Nguyễn Thị Hoà", None, "a-1", day)):
        with app.app_context():
            assert recognising.line_of(contest.id, *known) == str(row.id)
    for unknown in (("Lê Thị Sen", None, None, day), ("Trần Văn Bé", "0900000001", None, None)):
        with app.app_context():
            assert recognising.line_of(contest.id, *unknown) is None


def test_a_whole_birth_date_and_the_name_are_enough(app, make, contest, ward):
    day = date(1985, 2, 1)
    add_row(make, contest, ward, "Trần Văn Bé", birth_date=day, birth_year=1985)
    add_entry(make, contest, ward, "Trần Văn Bé", birth_year=1985, birth_date=day)
    assert [row[2] for row in found(app, make)] == ["surely"]
