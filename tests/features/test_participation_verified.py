"""Verified people stand beside all who took part, kept up by what is new; who has not taken part is the unit's own."""

import io
import random
from collections import Counter

import pytest
from python_calamine import CalamineWorkbook

from contest.contests.models import Contest
from contest.database import db
from contest.participation import actions, corrections, snapshots, verified
from contest.participation.asked import Asked
from contest.participation.models import ContestPerson, VerifiedContestTally, VerifiedTally
from contest.participation.overview import overview
from contest.participation.seen_as import View
from contest.people.models import Entry
from contest.permissions import Role
from contest.results.models import Participant
from contest.rosters import due, seeking
from contest.rosters.models import VERIFIED, RosterMatch, RosterRow
from contest.units.changing import Share, Wanted, enter
from contest.units.models import ChangeKind, Unit
from tests.conftest import counted_statements
from tests.features.test_rosters_matching import add_entry, add_row, member
from tests.taking_part import take_part


@pytest.fixture
def contest(make):
    contest = make.contest()
    make.measured_by_any(contest)
    return contest


@pytest.fixture
def top(make):
    return make.unit("Tỉnh An Bình", code="T00", kind="province")


@pytest.fixture
def ward(make, top):
    return make.unit("Phường Sen Hồng", top, code="P01", kind="department", officials=4)


def follow(app, make):
    with app.app_context():
        due.seek_new(make.now)
        verified.follow_lists(make.now)
        actions.count_new(make.now)


def tallied(app):
    with app.app_context():
        rows = db.session.query(VerifiedTally).filter(VerifiedTally.people > 0)
        return {(row.round_id, row.unit_id, row.block_id): row.people for row in rows}


def recounted(app):
    """From the participants and matches themselves."""
    found = {}
    with app.app_context():
        rows = (
            db.session.query(Participant.round_id, Participant.unit_id, Participant.block_id)
            .join(RosterMatch, RosterMatch.entry_id == _entry_of_participant())
            .filter(RosterMatch.state.in_(VERIFIED))
        )
        for round_id, unit_id, block_id in rows:
            key = (round_id, unit_id or 0, block_id)
            found[key] = found.get(key, 0) + 1
    return found


def tallied_of_contest(app):
    with app.app_context():
        rows = db.session.query(VerifiedContestTally).filter(VerifiedContestTally.people > 0)
        return {(row.contest_id, row.unit_id, row.block_id): row.people for row in rows}


def recounted_of_contest(app):
    """From the people of the contest and the matches themselves."""
    with app.app_context():
        rows = (
            db.session.query(ContestPerson.contest_id, ContestPerson.unit_id, ContestPerson.block_id)
            .join(Entry, (Entry.person_id == ContestPerson.person_id))
            .join(RosterMatch, RosterMatch.entry_id == Entry.id)
            .filter(Entry.contest_id == ContestPerson.contest_id, RosterMatch.state.in_(VERIFIED))
        )
        return dict(Counter(tuple(row) for row in rows))


def _entry_of_participant():
    from contest.attempts.models import Attempt  # noqa: PLC0415  only for this recount

    return (
        db.select(Attempt.entry_id)
        .where(Attempt.id == Participant.attempt_id)
        .correlate(Participant)
        .scalar_subquery()
    )


def test_whoever_is_on_the_list_counts_as_verified_whichever_came_first(app, make, contest, ward):
    round_ = make.round(contest, attempts=2)
    known = add_entry(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    stranger = add_entry(make, contest, ward, "Trần Văn Bé", phone="0900000002")
    for entry in (known, stranger):
        take_part(make, round_, entry, score=3, unit=ward)
    follow(app, make)
    assert tallied(app) == {}
    add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    follow(app, make)
    assert list(tallied(app).values()) == [1]
    assert tallied(app) == recounted(app)
    with app.test_request_context():
        numbers = overview(round_, Asked(), make.now)
        seen = verified.seen_from(numbers)
        assert seen is not None
        assert (seen.people, seen.rate_of(numbers.children[0]).in_words()) == (1, "25,00\u00a0%")
    words = app.test_client().get(f"/participation/{round_.code}").get_data(as_text=True)
    assert "người đã đối chiếu" in words


def test_verified_tallies_equal_a_recount_whatever_happens_in_whatever_order(app, make, contest, top, ward):
    chance = random.Random(5)
    other = make.unit("Phường Sen Vàng", top, code="P02")
    rounds = [make.round(contest, attempts=3), make.round(contest, attempts=3)]
    entries = [
        add_entry(make, contest, chance.choice([ward, other]), f"Lê Thị {chr(65 + n)}", phone=f"090000010{n}")
        for n in range(8)
    ]
    actor = member(app, make)
    for step in range(24):
        entry, round_ = entries[chance.randrange(8)], chance.choice(rounds)
        match chance.randrange(4):
            case 0:
                add_row(make, contest, ward, entry.name, phone=entry_phone(app, entry))
            case 1:
                take_part(make, round_, entry, score=chance.randrange(5), unit=chance.choice([ward, other]))
            case 2:
                with make.writing():
                    corrections.take_out(contest.id, [entry.person_id])
            case 3:
                with app.app_context():
                    found = db.session.query(RosterMatch.id).first()
                if found:
                    with make.writing():
                        seeking.settle(found[0], False, None, make.now, actor)
        if step % 3 == 2:
            follow(app, make)
            assert tallied(app) == recounted(app)
            assert tallied_of_contest(app) == recounted_of_contest(app)
    assert tallied(app) == recounted(app) != {}
    assert tallied_of_contest(app) == recounted_of_contest(app) != {}


def test_over_several_rounds_a_verified_person_counts_once_where_they_stand_now(
    app, make, contest, top, ward
):
    sister = make.unit("Phường Sen Vàng", top, code="P02", kind="department", officials=5)
    rounds = [make.round(contest) for _ in range(3)]
    known = add_entry(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    once, stranger = (
        add_entry(make, contest, ward, name, phone=phone)
        for name, phone in (("Trần Văn Bé", "0900000002"), ("Lê Đức Ân", "0900000003"))
    )
    for name, phone in (("Nguyễn Thị Hòa", "0900000001"), ("Trần Văn Bé", "0900000002")):
        add_row(make, contest, ward, name, phone=phone)
    for round_ in rounds[:2]:
        for entry in (known, stranger):
            take_part(make, round_, entry, score=3)
    take_part(make, rounds[1], once, score=3)
    follow(app, make)
    address = f"/contests/{contest.code}/participation"
    assert seen_of(app, make, contest, "P01") == (3, 2, "50,00\u00a0%")
    assert seen_of(app, make, rounds[0], "P01")[:2] == (2, 1)
    words = app.test_client().get(address).get_data(as_text=True)
    assert "người đã đối chiếu" in words
    file = io.BytesIO(app.test_client().get(f"{address}.xlsx").data)
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    head = next(row for row in rows if "Đã đối chiếu" in row)
    of_ward = next(row for row in rows if row[0] == "P01")
    answer = app.test_client().get(f"/api/v1/contests/{contest.code}/participation").get_json()
    assert answer["verified"] == {"people": 2, "headcount": 9, "percent": 22.22, "over": False}
    assert [one["verified"]["people"] for one in answer["rows"] if one["code"] == "P01"] == [2]
    assert of_ward[head.index("Người dự thi")] == 3
    assert [of_ward[head.index(one)] for one in ("Đã đối chiếu", "Tỷ lệ đã đối chiếu")] == [2, 0.5]
    # With the third round one of them has moved to the sister unit, and is counted there.
    take_part(make, rounds[2], known, score=3, unit=sister)
    follow(app, make)
    assert seen_of(app, make, contest, "P01")[:2] == (2, 1)
    assert seen_of(app, make, contest, "P02") == (1, 1, "20,00\u00a0%")


def test_verified_people_are_held_against_the_same_headcount_and_follow_a_merger(app, make, top, ward):
    contest = make.contest()
    round_ = make.round(contest)
    official = add_entry(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    resident = make.entry(contest, "Trần Văn Bé", ward, block=2)
    with make.writing():
        db.session.get_one(Entry, resident.id).phone = "0900000002"
    for entry in (official, resident):
        take_part(make, round_, entry, score=3)
    add_row(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    add_row(make, contest, ward, "Trần Văn Bé", phone="0900000002")
    follow(app, make)
    assert seen_of(app, make, round_, "P01") == (2, 2, "25,00\u00a0%")
    heir = make.unit("Phường Sen Vàng", top, code="P02", kind="department", officials=6)
    actor = member(app, make)
    with make.writing():
        into = [Share(db.session.get_one(Unit, heir.id))]
        wanted = Wanted(ChangeKind.MERGE, make.now.date(), "Nghị quyết 1", into=into)
        enter(db.session.get_one(Unit, ward.id), wanted, make.now.date(), actor, make.now)
    # Two of two people verified, one of them among the ten officials that the two units have together.
    assert seen_of(app, make, round_, "P02", View.NOW) == (2, 2, "10,00\u00a0%")
    assert seen_of(app, make, round_, "P01") == (2, 2, None)
    # Seen from above nobody is lost, whichever view.
    with app.test_request_context():
        rates = [overview(round_, Asked(view=view), make.now).rate.in_words() for view in View]
    assert rates == ["10,00\u00a0%", "10,00\u00a0%"]


def seen_of(app, make, what, code, view=View.THEN):
    """Of a unit in a round or a contest: people, verified people, verified rate."""
    with app.test_request_context():
        subject = snapshots.of_contest(what) if isinstance(what, Contest) else what
        numbers = overview(subject, Asked(view=view), make.now)
        seen = verified.seen_from(numbers)
        row = next(one for one in numbers.children if one.unit.code == code)
        assert seen is not None
        return row.tally.people, seen.of(row), seen.rate_of(row).in_words()


def entry_phone(app, entry):
    with app.app_context():
        return db.session.get(Entry, entry.id).phone


def test_nothing_new_costs_one_question(app, make, contest, ward):
    round_ = make.round(contest)
    for n in range(5):
        add_row(make, contest, ward, "Lê Thị Sen", phone=f"090000020{n}")
        take_part(make, round_, add_entry(make, contest, ward, "Lê Thị Sen", phone=f"090000020{n}"), score=1)
    follow(app, make)
    with app.app_context(), counted_statements(app) as seen:
        verified.follow_lists(make.now)
    assert len(seen) == 1


@pytest.fixture
def listed(app, make, contest, ward):
    """Three on the list: one took part, one has entered, one is unknown; gives the round."""
    round_ = make.round(contest)
    for number, name in enumerate(("Nguyễn Thị Hòa", "Trần Văn Bé", "Lê Đức Ân"), start=1):
        add_row(make, contest, ward, name, phone=f"090000000{number}")
    came = add_entry(make, contest, ward, "Nguyễn Thị Hòa", phone="0900000001")
    add_entry(make, contest, ward, "Trần Văn Bé", phone="0900000002")
    take_part(make, round_, came, score=2, unit=ward)
    follow(app, make)
    return round_


def test_a_coordinator_sees_who_has_not_taken_part_in_a_round_and_in_the_contest(
    app, make, contest, ward, browser_for, listed
):
    later = make.round(contest)
    browser = browser_for(Role.COORDINATOR, unit_id=ward.id)
    page = f"/desk/rosters/{contest.id}/absent"
    words = browser.get(page).words()
    assert "người chưa dự thi 2 người đã dự thi 1 người trong danh sách 3" in words
    assert "Nguyễn Thị Hòa" not in words and "Lê Đức Ân" in words and "đã vào thi, chưa nộp bài" in words
    assert "Nguyễn Thị Hòa" in browser.get(f"{page}?round={later.id}").words()
    assert "còn 2 người chưa dự thi" in words and f"/rounds/{listed.code}" in words
    printed = browser.get(f"{page}/print?round={listed.id}").words()
    assert "2 trên 3 người" in printed and "0900000003" in printed
    file = browser.client.get(f"{page}/chua-du-thi.xlsx").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows if isinstance(row[0], float)] == ["Lê Đức Ân", "Trần Văn Bé"]


def test_nobody_else_sees_who_has_not_taken_part(app, make, contest, top, ward, browser_for, listed):
    page = f"/desk/rosters/{contest.id}/absent"
    sister = make.unit("Phường Sen Vàng", top, code="P02")
    other = browser_for(Role.COORDINATOR, unit_id=sister.id)
    for address in (page, f"{page}/print", f"{page}/chua-du-thi.xlsx"):
        assert other.get(f"{address}?unit=P01").status == 404
        for role in (Role.ADMINISTRATOR, Role.ORGANISER, Role.VIEWER):
            assert browser_for(role).get(address).status == 403
    assert "Lê Đức Ân" not in other.get(page).text + other.get(f"{page}/print").text
    assert app.test_client().get(page).status_code == 302
    # Nor from the list itself, its file, or whom cards are printed for.
    show, organiser = f"/desk/rosters/{contest.id}", browser_for(Role.ORGANISER)
    own = browser_for(Role.COORDINATOR, unit_id=ward.id)
    assert "Lê Đức Ân" in own.get(f"{show}?state=unknown").words()
    assert "Nguyễn Thị Hòa" not in own.get(f"{show}?state=unknown").words()
    words = organiser.get(f"{show}?state=unknown").words()
    assert "Nguyễn Thị Hòa" in words and "Lê Đức Ân" in words and "chưa thấy vào thi" not in words
    headings = [
        CalamineWorkbook.from_filelike(io.BytesIO(one.client.get(f"{show}/danh-sach.xlsx").data))
        .get_sheet_by_index(0)
        .to_python()[0][-1]
        for one in (own, organiser)
    ]
    assert headings == ["Đối chiếu", "Phòng, bộ phận"]
    with app.app_context():
        assert db.session.query(RosterRow).count() == 3


def test_who_follows_a_unit_is_the_coordinator_nearest_to_it(
    app, make, contest, top, ward, browser_for, listed
):
    page, show = f"/desk/rosters/{contest.id}/absent", f"/desk/rosters/{contest.id}"
    above = browser_for(Role.COORDINATOR, unit_id=top.id)
    # As long as the ward has no coordinator of its own, the province's follows its people.
    assert "Lê Đức Ân" in above.get(page).words() and "Lê Đức Ân" in above.get(f"{page}?unit=P01").words()
    own = browser_for(Role.COORDINATOR, unit_id=ward.id)
    for address in (page, f"{page}/print", f"{page}/chua-du-thi.xlsx"):
        assert above.client.get(f"{address}?unit=P01").status_code == 404
        assert own.client.get(f"{address}?unit=P01").status_code == 200
    assert "Lê Đức Ân" not in above.get(page).text
    assert "Lê Đức Ân" not in above.get(f"{show}?state=unknown").words()
    words = above.get(show).words()
    assert "Lê Đức Ân" in words and "chưa thấy vào thi" not in words
    file = CalamineWorkbook.from_filelike(io.BytesIO(above.client.get(f"{show}/danh-sach.xlsx").data))
    assert {row[-1] for row in file.get_sheet_by_index(0).to_python()[1:]} == {""}
    assert "Chưa dự thi" not in above.get("/desk").words()
