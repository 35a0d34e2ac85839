"""Starting together: a hall in one minute, one impatient finger, and who is refused with which words."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from contest import clock
from contest.attempts import actions, clock_actions, queries, starting
from contest.attempts.group_commit import Waiting
from contest.attempts.models import Attempt
from contest.contests import queries as contests
from contest.database import db, write_transaction
from contest.errors import NotFound, Refusal
from contest.events.models import Door
from contest.permissions import Actor, Role
from tests.conftest import counted_statements
from tests.features.test_attempts import Phone
from tests.features.test_attempts_saving import at_the_same_time


def all_attempts(app):
    with app.app_context():
        return db.session.query(Attempt).order_by(Attempt.id).all()


def presser(code, person_id, token, together=None):
    """Somebody who presses the button when everybody is ready; gives the token of the attempt."""

    def press():
        if together is not None:
            together.wait(timeout=30)
        return actions.start_among_many(code, person_id, token, clock.now())

    return press


def step_of(code, person_id):
    with db.engine.connect() as connection:
        return queries.doorstep(connection, code, person_id)


def drawn(code, person_id, token):
    step = step_of(code, person_id)
    return starting.drawn(step, step.entry_id, token, clock.now(), None)


def test_fifty_people_who_start_at_once_get_an_attempt_each(app, make):
    contest, together = make.contest(), Barrier(50)
    round_ = make.round(contest)
    people = [make.entry(contest, f"Người {n}").person_id for n in range(50)]
    pressers = [presser(round_.code, one, f"token-{one}", together) for one in people]
    assert at_the_same_time(app, pressers) == [f"token-{one}" for one in people]
    assert {one.person_id: one.token for one in all_attempts(app)} == {one: f"token-{one}" for one in people}


def test_one_person_who_presses_twenty_times_at_once_gets_one_attempt(app, make):
    contest, together = make.contest(), Barrier(20)
    round_ = make.round(contest, attempts=5)
    person_id = make.entry(contest).person_id
    pressers = [presser(round_.code, person_id, f"token-{n}", together) for n in range(20)]
    tokens = set(at_the_same_time(app, pressers))
    assert tokens == {one.token for one in all_attempts(app)}
    assert len(tokens) == 1


def test_those_who_start_while_the_closing_moves_all_get_their_whole_time(app, make):
    contest, together = make.contest(), Barrier(13)
    round_ = make.round(contest, closes=timedelta(minutes=10), minutes=30)
    organiser = make.staff(Role.ORGANISER)
    by = Actor(organiser.id, organiser.name, organiser.email, Role.ORGANISER, None, None, "")
    people = [make.entry(contest, f"Người {n}").person_id for n in range(12)]

    def extend():
        together.wait(timeout=30)
        with write_transaction():
            held = contests.round_for_writing(round_.id)
            clock_actions.extend(held, held.closes_at + timedelta(hours=2), clock.now(), by)

    pressers = [presser(round_.code, one, f"token-{one}", together) for one in people]
    at_the_same_time(app, [*pressers, extend])
    whole = timedelta(minutes=30)
    assert [one.deadline - one.started_at for one in all_attempts(app)] == [whole] * 12


def test_what_was_reckoned_with_an_older_clock_of_the_round_is_not_stored(app, inside, make):
    contest = make.contest()
    round_ = make.round(contest)
    start = drawn(round_.code, make.entry(contest).person_id, "token-1")
    old = replace(start, reckoning=start.reckoning - 1)
    assert starting.line.store([old]) == [False]
    assert starting.line.store([start]) == [True]


def test_one_faulty_start_in_the_batch_hurts_nobody_else(app, inside, make):
    contest = make.contest()
    round_ = make.round(contest, attempts=2)
    first, second = (make.entry(contest, name).person_id for name in ("Lê An", "Lê Bình"))
    taken = drawn(round_.code, first, "token-1")
    assert starting.line.store([taken]) == [True]
    # A token that is already somebody's breaks the whole statement.
    faulty = Waiting([replace(taken, number=2)])
    sound = Waiting([drawn(round_.code, second, "token-2")])
    starting.line.store_all([faulty, sound])
    assert faulty.failure is not None
    assert sound.stored == [True]


def test_starting_costs_one_statement_to_read_and_one_to_store(app, inside, make):
    contest = make.contest()
    round_ = make.round(contest)
    person_id = make.entry(contest).person_id
    with counted_statements(app) as statements:
        actions.start_among_many(round_.code, person_id, "token-1", clock.now())
    assert [statement.split()[0] for statement in statements] == ["SELECT", "WITH"]
    with counted_statements(app) as statements:
        assert actions.start_among_many(round_.code, person_id, "token-2", clock.now()) == "token-1"
    assert len(statements) == 1


def test_an_attempt_keeps_paper_place_and_time(app, make):
    contest, unit = make.contest(), make.unit()
    round_ = make.round(contest, minutes=45, questions=4)
    entry = make.entry(contest, unit=unit, block=2)
    phone = Phone(app, entry.person_id)
    phone.start(round_.code.lower())
    (attempt,) = all_attempts(app)
    assert (attempt.token, attempt.number, attempt.out_of) == (phone.token, 1, 4)
    assert (attempt.entry_id, attempt.unit_id, attempt.block_id) == (entry.id, unit.id, entry.block_id)
    assert (attempt.started_at, attempt.deadline - attempt.started_at) == (make.now, timedelta(minutes=45))
    assert (attempt.handed_in_at, attempt.counted) == (None, False)


def test_a_start_inside_another_transaction_is_the_same_start(app, inside, make):
    contest = make.contest()
    round_ = make.round(contest)
    entry = make.entry(contest)
    with write_transaction():
        first = actions.start(round_, entry, "token-1", clock.now())
        assert actions.start(round_, entry, "token-2", clock.now()) is first
    assert actions.start_among_many(round_.code, entry.person_id, "token-3", clock.now()) == "token-1"


@pytest.mark.parametrize("together", [True, False], ids=["among many", "inside a transaction"])
def test_an_attempt_whose_time_ran_out_is_handed_in_before_the_next(app, inside, make, at, together):
    contest = make.contest()
    round_ = make.round(contest, attempts=2)
    entry = make.entry(contest)
    actions.start_among_many(round_.code, entry.person_id, "token-1", clock.now())
    now = at(minutes=31)
    if together:
        assert actions.start_among_many(round_.code, entry.person_id, "token-2", now) == "token-2"
    else:
        with write_transaction():
            assert actions.start(round_, entry, "token-2", now).token == "token-2"
    first, second = all_attempts(app)
    assert (first.handed_in_by, first.handed_in_at) == ("clock", first.deadline)
    assert (second.number, second.handed_in_at) == (2, None)
    assert first.paper_id != second.paper_id


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(seconds=-1), "Đợt thi chưa mở. Hãy quay lại lúc 10:00 05/10/2026."),
        (timedelta(0), None),
        (timedelta(hours=1, seconds=-1), None),
        (timedelta(hours=1), "không bắt đầu được nữa"),
    ],
)
def test_the_window_is_half_open(app, inside, make, after, words):
    contest = make.contest()
    opens = timedelta(hours=1)
    round_ = make.round(contest, opens=opens, closes=timedelta(hours=2), published_at=make.now)
    person_id, now = make.entry(contest).person_id, make.now + opens + after
    if words is None:
        assert actions.start_among_many(round_.code, person_id, "token-1", now) == "token-1"
    else:
        with pytest.raises(Refusal) as refusal:
            actions.start_among_many(round_.code, person_id, "token-1", now)
        assert words in str(refusal.value)
    assert len(all_attempts(app)) == (words is None)


def test_who_has_not_entered_is_led_to_the_form(app, make):
    round_ = make.round(make.contest())
    elsewhere = make.entry(make.contest(code="cuoc-thi-khac"))
    phone = Phone(app, elsewhere.person_id)
    answer = phone.post(f"/rounds/{round_.code}/start", page=f"/rounds/{round_.code}/enter")
    assert answer.status == 302
    assert answer.location == f"/rounds/{round_.code}/enter"
    assert all_attempts(app) == []


@pytest.mark.parametrize("code", ["NOWHER", "DRAFT3"])
def test_a_code_that_leads_to_no_published_round_says_so(app, inside, make, code):
    contest = make.contest()
    make.round(contest, code="DRAFT3", published_at=None)
    person_id = make.entry(contest).person_id
    with pytest.raises(NotFound) as nothing:
        actions.start_among_many(code, person_id, "token-1", clock.now())
    assert "Không có đợt thi nào với mã này" in str(nothing.value)


@pytest.mark.parametrize("foreign", [False, True], ids=["its own door", "another round's door"])
def test_an_attempt_remembers_only_a_door_of_its_own_round(app, inside, make, foreign):
    contest = make.contest()
    round_, other = make.round(contest), make.round(contest)
    door = Door(
        code="ACDE34", round_id=other.id if foreign else round_.id, label="Hội trường", created_at=make.now
    )
    with make.writing():
        make.add(door)
    person_id = make.entry(contest).person_id
    actions.start_among_many(round_.code, person_id, "token-1", clock.now(), door.id)
    assert [one.door_id for one in all_attempts(app)] == [None if foreign else door.id]
