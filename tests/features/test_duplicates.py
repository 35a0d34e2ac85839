"""People who entered twice: found, merged with true numbers, and taken apart exactly as they were."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from contest import chores
from contest.attempts.models import Attempt
from contest.contests.models import Round
from contest.database import Base, db, write_transaction
from contest.duplicates import actions, queries
from contest.duplicates.models import DuplicatePair
from contest.errors import Refusal
from contest.participation import absent_queries
from contest.participation import actions as participation
from contest.participation.models import VerifiedContestTally, VerifiedEntry, VerifiedTally
from contest.people import actions as people
from contest.people.models import Entry, MergedEntry, Person
from contest.permissions import Actor, Role
from contest.results import redrafting
from contest.results.models import Sheet, Standing
from contest.rosters import noting
from contest.rosters.models import RosterMatch, RosterRow
from contest.web import identity
from tests.conftest import NOW, Browser
from tests.taking_part import doors, take_part

BY = Actor(1, "can-bo@example.vn", "Cán bộ", Role.ORGANISER, None, None, "")
# Versions only ever grow, and what tells of the merge itself stays.
GROWING = ("changed_in", "version", "counted_at", "reckoning")
KEPT = {"entry_merges", "merged_attempts", "redrafts_due", "history", "roster_match_changes", "staff"}


@pytest.fixture
def held(make, app):
    """A ward with a school, a sister ward; one person entered twice with the same phone, and somebody else."""
    top = make.unit("Tỉnh An Bình", kind="province", code="AB")
    sen = make.unit("Phường Sen Hồng", top, code="SEN")
    kim = make.unit("Trường Kim Đồng", sen, code="KD", kind="school")
    sao = make.unit("Xã Sao Mai", top, code="SAO")
    contest = make.contest()
    round_ = make.round(contest, attempts=2)
    lan, again = make.entry(contest, "Nguyễn Thị Lan", kim), make.entry(contest, "Nguyễn Thị Lan", sen)
    other = make.entry(contest, "Lê Văn Bình", sen)
    with make.writing():
        for one in (lan, again):
            db.session.get(Entry, one.id).phone = "0900000001"
    take_part(make, round_, lan, score=2)
    take_part(make, round_, again, score=4, after=timedelta(minutes=30))
    take_part(make, round_, other, score=3)
    run(app)
    return {
        "sen": sen,
        "kim": kim,
        "sao": sao,
        "contest": contest,
        "round": round_,
        "lan": lan,
        "again": again,
    }


def run(app) -> None:
    with app.app_context():
        chores.run_once()


def dump(app) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without versions and without what tells of the merge."""
    found = {}
    with app.app_context():
        for name in inspect(db.engine).get_table_names():
            if name in Base.metadata.tables and name not in KEPT:
                columns = [one.name for one in Base.metadata.tables[name].c if one.name not in GROWING]
                rows = db.session.execute(text(f"SELECT {', '.join(columns)} FROM {name}")).all()
                # A tally that went back to nothing says nothing.
                counts = [columns.index(one) for one in ("people", "attempts") if one in columns]
                is_tally = name.endswith("_tallies") and counts
                kept = [tuple(row) for row in rows if not is_tally or any(row[at] for at in counts)]
                found[name] = sorted(kept, key=repr)
    return found


def pair_id(app) -> int:
    with app.app_context():
        return db.session.query(DuplicatePair).one().id


def places(app, round_) -> list[tuple[int, int, int, int]]:
    """(attempt, entry, person, number) of a round."""
    with app.app_context():
        rows = db.session.query(Attempt).filter_by(round_id=round_.id).order_by(Attempt.id)
        return [(one.id, one.entry_id, one.person_id, one.number) for one in rows]


def test_who_entered_twice_is_shown_merged_and_taken_apart_exactly(held, app, make, browser_for):
    ward = browser_for(Role.COORDINATOR, held["sen"].id)
    contest, lan = held["contest"], held["lan"]
    assert "Tìm hiểu cải cách hành chính năm 2026 1" in ward.get("/desk/duplicates").words()
    words = ward.get(f"/desk/duplicates/{contest.id}").words()
    assert "Rất giống cùng số điện thoại, cùng họ tên" in words and "Lê Văn Bình" not in words
    address = f"/desk/duplicates/pairs/{pair_id(app)}"
    assert "đơn vị khác nhau" in ward.get(address).words()
    before = dump(app)
    assert ward.post(f"{address}/merge", page=address, keep="first").status == 302
    run(app)
    assert [(entry, number) for _id, entry, _p, number in places(app, held["round"])][:2] == [
        (lan.id, 1),
        (lan.id, 2),
    ]
    recounted(app)
    words = ward.get(address).words()
    assert "Đã gộp lúc" in words and "Tách hai bên" in words
    assert ward.post(f"{address}/merge", page=address, keep="first").status == 409
    assert "đã gộp" in ward.get(f"/desk/duplicates/{contest.id}?show=settled").words()
    assert ward.post(f"{address}/undo", page=address).status == 302
    run(app)
    assert dump(app) == before
    recounted(app)
    assert "tách lại" in ward.get(address).words()
    acts = browser_for(Role.ADMINISTRATOR).get("/desk/history").words()
    assert "Gộp hai lần vào thi của một người" in acts and "Tách hai lần vào thi đã gộp" in acts


def test_a_coordinator_sees_only_pairs_both_of_whose_people_are_theirs(held, app, browser_for):
    address = f"/desk/duplicates/pairs/{pair_id(app)}"
    for unit in ("sao", "kim"):
        stranger = browser_for(Role.COORDINATOR, held[unit].id)
        assert "Xem hai bên" not in stranger.get(f"/desk/duplicates/{held['contest'].id}").words()
        assert stranger.get(address).status == 404
        for act in ("merge", "undo", "two"):
            assert stranger.post(f"{address}/{act}", page="/desk/duplicates").status in (302, 404)
            assert stranger.post(f"{address}/{act}", page="/desk/people").status == 404


def test_two_people_are_not_asked_about_again(held, app, make, browser_for):
    organiser = browser_for(Role.ORGANISER)
    address = f"/desk/duplicates/pairs/{pair_id(app)}"
    organiser.post(f"{address}/two", page=address)
    with make.writing():
        db.session.get(Entry, held["lan"].id).changed()
    run(app)
    assert "Không có cặp nào chờ xem" in organiser.get(f"/desk/duplicates/{held['contest'].id}").words()


def merge(app, keep_id: int, which: int | None = None) -> int:
    with app.app_context(), write_transaction():
        found = db.session.query(DuplicatePair)
        pair = found.filter_by(id=which).one() if which else found.one()
        actions.merge(pair, keep_id, NOW, BY)
        done = pair.id
    app.extensions["leading"].forget()
    return done


def undo(app, which: int) -> None:
    with app.app_context(), write_transaction():
        actions.undo(queries.pair(which, None), NOW, BY)
    app.extensions["leading"].forget()


def device_of(app, entry) -> Browser:
    client = app.test_client()
    with app.test_request_context():
        signed = identity._signer().sign(str(entry.person_id)).decode()
    client.set_cookie(identity.COOKIE, signed)
    return Browser(client)


def test_the_merged_persons_device_opens_the_kept_one_and_can_start_nothing_more(held, app):
    code = held["round"].code
    device = device_of(app, held["again"])
    assert "Bắt đầu" in device.get(f"/rounds/{code}").words()
    which = merge(app, held["lan"].id)
    page = device.get(f"/rounds/{code}").words()
    assert "Bắt đầu làm bài" not in page
    with app.app_context():
        token = db.session.query(Attempt).filter_by(number=2).one().token
    assert device.get(f"/attempts/{token}").status in (200, 302)
    device.post(f"/rounds/{code}/start", page="/me")
    assert len(places(app, held["round"])) == 3
    undo(app, which)
    assert device.get(f"/attempts/{token}").status in (200, 302)
    device.post(f"/rounds/{code}/start", page="/me")
    assert len(places(app, held["round"])) == 4


def test_who_knows_another_contest_is_told_and_keeps_that_one(held, app, make):
    elsewhere = make.contest("cuoc-thi-khac")
    with make.writing():
        twin = make_twin(held["again"], elsewhere.id)
        db.session.add(twin)
    merge(app, held["lan"].id)
    with app.app_context():
        assert db.session.query(MergedEntry).one().led is False
    device = device_of(app, held["again"])
    assert device.get("/me").status == 200
    assert "Bắt đầu làm bài" not in device.get(f"/rounds/{held['round'].code}").words()
    device.post(f"/rounds/{held['round'].code}/start", page="/me")
    assert len(places(app, held["round"])) == 3
    declared = people.Declaration(
        "Nguyễn Thị Lan", "Nguyễn Thị Lan", None, None, None, None, None, held["lan"].block_id, False, ()
    )
    with app.app_context(), write_transaction(), pytest.raises(people.MergedElsewhere):
        people.enter(held["contest"], declared, held["again"].person_id, "form", b"key", NOW)


def test_all_that_is_kept_of_a_merged_person_is_shown_to_them_and_marked_for_helpers(held, app, browser_for):
    merge(app, held["lan"].id)
    device = device_of(app, held["lan"])
    data = device.get("/me/data.json").json
    assert [(one["name"], one["phone"], one["merged_with_another_entry"]) for one in data] == [
        ("Nguyễn Thị Lan", "0900000001", False),
        ("Nguyễn Thị Lan", "0900000001", True),
    ]
    assert device.get("/me").words().count("Một lần khai khác của bạn") == 1
    helper = browser_for(Role.COORDINATOR, held["sen"].id)
    assert helper.get("/desk/people?q=lan").words().count("đã gộp vào lần khác") == 1
    page = helper.get(f"/desk/people/{held['again'].id}")
    assert "Lần vào thi này đã được gộp" in page.words() and "Lưu đơn vị" not in page.words()
    assert f"/desk/people/{held['lan'].id}" in page.text
    assert "đã được gộp" not in helper.get(f"/desk/people/{held['lan'].id}").words()


def make_twin(entry: Entry, contest_id: int) -> Entry:
    return Entry(
        contest_id=contest_id,
        person_id=entry.person_id,
        name=entry.name,
        name_as_typed=entry.name,
        sort_key=entry.sort_key,
        search_key=entry.search_key,
        block_id=entry.block_id,
        ranked=True,
        publishes_name=True,
        assisted=False,
        entered_at=NOW,
    )


def test_nobody_is_merged_while_working_and_erasing_takes_both(held, app, make):
    attempt = take_part(make, held["round"], held["lan"], handed_in=False)
    with pytest.raises(Refusal):
        merge(app, held["lan"].id)
    with make.writing():
        db.session.delete(db.session.get(Attempt, attempt.id))
    which = merge(app, held["lan"].id)
    with make.writing():
        people.erase(db.session.get(Person, held["lan"].person_id), NOW)
    with app.app_context():
        for one in (held["lan"], held["again"]):
            assert db.session.get(Entry, one.id).search_key == ""
            assert db.session.get(Person, one.person_id).erased_at == NOW
    with app.app_context(), write_transaction(), pytest.raises(Refusal):
        actions.undo(db.session.get(DuplicatePair, which), NOW, BY)


def test_who_is_verified_by_the_other_entry_is_verified_and_not_absent(held, app, make):
    with make.writing():
        row = RosterRow(
            contest_id=held["contest"].id, unit_id=held["sen"].id, name="Nguyễn Thị Lan", sort_key="lan",
            name_key="x", place="", added_at=NOW, sought=True,
        )  # fmt: skip
        make.add(row)
        make.add(
            RosterMatch(
                row_id=row.id, entry_id=held["again"].id, state="accepted", ground="phone",
                found_at=NOW, settled_at=NOW,
            )
        )  # fmt: skip
        noting.changed([held["again"].id])
    run(app)
    before = dump(app)
    which = merge(app, held["lan"].id)
    run(app)
    recounted(app)
    with app.app_context():
        assert [one.entry_id for one in db.session.query(VerifiedEntry)] == [held["lan"].id]
        for table in (VerifiedTally, VerifiedContestTally):
            assert sum(one.people for one in db.session.query(table)) == 1
        assert absent_queries.count(absent_queries.absent(held["contest"].id, "/", held["round"].id)) == 0
        assert absent_queries.count(absent_queries.absent(held["contest"].id, "/", None)) == 0
    undo(app, which)
    run(app)
    assert dump(app) == before
    with make.writing():
        people.erase(db.session.get(Person, held["again"].person_id), NOW)
    run(app)
    with app.app_context():
        assert db.session.query(RosterMatch).count() == 0
        assert absent_queries.count(absent_queries.absent(held["contest"].id, "/", None)) == 0


def test_a_published_sheet_stays_and_a_new_draft_waits(held, app, make, at):
    at(days=8)
    run(app)
    with make.writing():
        db.session.query(Sheet).one().state = "published"
    with app.app_context():
        lines = db.session.query(Standing).count()
    merge(app, held["lan"].id)
    run(app)
    with app.app_context():
        sheets = db.session.query(Sheet).order_by(Sheet.version).all()
        assert [(one.state, one.people, one.attempts) for one in sheets] == [
            ("published", 3, 3),
            ("draft", 2, 3),
        ]
        assert db.session.query(Standing).filter_by(sheet_id=sheets[0].id).count() == lines == 3
        assert db.session.query(Standing).filter_by(sheet_id=sheets[1].id).count() == 2
        redrafting.redraft(NOW)
        assert db.session.query(Sheet).count() == 2


@pytest.mark.parametrize("seed", range(3))
def test_after_any_merges_and_undos_the_tallies_equal_a_recount(app, make, seed):
    chance = random.Random(seed)
    contest = make.contest()
    rounds = [make.round(contest, attempts=4, counting=rule) for rule in ("best", "first")]
    units = [None, make.unit(), make.unit()]
    entries = [make.entry(contest, f"Người {n}", chance.choice(units)) for n in range(6)]
    ways = {one.id: [None, *doors(make, one, 1)] for one in rounds}
    with make.writing():
        for number, one in enumerate(entries):
            for other in entries[number + 1 :]:
                make.add(
                    DuplicatePair(
                        contest_id=contest.id, first_id=one.id, second_id=other.id,
                        likeness="possible", state="open", found_at=NOW,
                    )
                )  # fmt: skip
    for _ in range(25):
        if chance.random() < 0.5:
            entry, round_ = chance.choice(entries), chance.choice(rounds)
            with app.app_context():
                blocked = db.session.get(MergedEntry, entry.id) is not None
            if not blocked:
                minutes = timedelta(minutes=chance.randint(0, 500))
                door = chance.choice(ways[round_.id])
                take_part(make, round_, entry, score=chance.randint(0, 5), after=minutes, door_id=door)
        try:
            with app.app_context(), write_transaction():
                pair = db.session.get(DuplicatePair, chance.randint(1, 15))
                if pair.state == "merged":
                    actions.undo(pair, NOW, BY)
                else:
                    actions.merge(pair, chance.choice((pair.first_id, pair.second_id)), NOW, BY)
        except Refusal:
            pass
        if chance.random() < 0.4:
            with app.app_context():
                participation.count_batch(NOW, most=chance.choice((1, 3, 50)))
    run(app)
    recounted(app)
    with app.app_context():
        for round_ in db.session.query(Round):
            for person in {one.person_id for one in db.session.query(Attempt).filter_by(round_id=round_.id)}:
                made = db.session.query(Attempt).filter_by(round_id=round_.id, person_id=person)
                assert sorted(one.number for one in made) == list(range(1, made.count() + 1))


TALLIES = (
    "participants", "unit_tallies", "score_tallies", "hour_tallies", "unit_hour_tallies", "door_visitors",
    "contest_people", "contest_tallies", "verified_tallies", "verified_contest_tallies",
)  # fmt: skip


def recounted(app) -> None:
    """What the tables hold is what comes out when they are emptied and everything is counted from the start."""
    held = {name: rows for name, rows in dump(app).items() if name in TALLIES}
    with app.app_context(), write_transaction():
        for name in TALLIES:
            db.session.execute(text(f"DELETE FROM {name}"))
        db.session.query(Attempt).update({"counted": False})
    with app.app_context():
        participation.count_new(NOW)
    again = {name: rows for name, rows in dump(app).items() if name in TALLIES}
    assert without_ids(again) == without_ids(held)


def without_ids(tables: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Visitors of doors are numbered as they come; one who is nobody any more has no attempts."""
    visitors = [row[1:] for row in tables["door_visitors"] if row[-1]]
    return tables | {"door_visitors": sorted(visitors, key=repr)}
