"""Tallies: whatever order attempts come in, they equal a recount from the attempts themselves."""

import random
from collections import Counter
from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import text

from contest.attempts.models import Attempt
from contest.database import db, write_transaction
from contest.participation import actions, queries
from contest.participation.corrections import take_out
from contest.participation.models import (
    ContestPerson,
    ContestTally,
    DoorVisitor,
    HourTally,
    ScoreTally,
    TallyState,
    UnitHourTally,
    UnitTally,
)
from contest.results.models import Participant
from contest.rules.counting import Tally
from tests.conftest import NOW, counted_statements
from tests.taking_part import doors, take_part


def test_a_person_counts_once_and_every_attempt_counts(app, make):
    contest = make.contest()
    round_ = make.round(contest, attempts=3)
    unit = make.unit()
    an = make.entry(contest, unit=unit)
    take_part(make, round_, an, score=3)
    take_part(make, round_, an, score=5)
    with app.app_context():
        actions.count_new(NOW)
        row = db.session.query(UnitTally).one()
        assert (row.unit_id, row.people, row.attempts) == (unit.id, 1, 2)
        assert db.session.query(TallyState).one().counted_at == NOW


@pytest.mark.parametrize(
    ("rule", "counts"), [("best", 1), ("last", 2), ("first", 0)], ids=["best", "last", "first"]
)
def test_the_attempt_that_counts_follows_the_rule_of_the_round(app, make, rule, counts):
    contest = make.contest()
    round_ = make.round(contest, attempts=3, counting=rule)
    an = make.entry(contest)
    attempts = []
    for number, score in enumerate((2, 5, 3)):
        attempts.append(take_part(make, round_, an, score=score, after=timedelta(hours=number)))
        with app.app_context():
            actions.count_new(NOW)
    with app.app_context():
        assert db.session.query(Participant).one().attempt_id == attempts[counts].id


def test_a_person_who_named_two_units_counts_where_their_counted_attempt_was_made(app, make):
    contest = make.contest()
    round_ = make.round(contest, attempts=2)
    first, second = make.unit("Sở Tài chính"), make.unit("Sở Nội vụ")
    an = make.entry(contest, unit=first)
    take_part(make, round_, an, score=2)
    take_part(make, round_, an, score=4, unit=second)
    with app.app_context():
        actions.count_new(NOW)
        rows = {row.unit_id: (row.people, row.attempts) for row in db.session.query(UnitTally)}
    assert rows == {first.id: (0, 1), second.id: (1, 1)}


def test_counting_again_changes_nothing(app, make):
    contest = make.contest()
    round_ = make.round(contest)
    take_part(make, round_, make.entry(contest))
    with app.app_context():
        assert [actions.count_batch(NOW), actions.count_batch(NOW + timedelta(hours=1))] == [1, 0]
        assert db.session.query(TallyState).one().counted_at == NOW


def test_an_attempt_still_under_way_is_not_counted(app, make):
    contest = make.contest()
    take_part(make, make.round(contest), make.entry(contest), handed_in=False)
    with app.app_context():
        assert actions.count_batch(NOW) == 0
        assert db.session.query(Participant).count() == 0


@pytest.mark.parametrize("seed", range(4))
def test_tallies_equal_a_recount_from_the_attempts_themselves(app, make, seed):
    chance = random.Random(seed)
    contest = make.contest()
    rounds = [
        make.round(contest, attempts=4, counting=rule) for rule in chance.sample(["best", "last", "first"], 2)
    ]
    units = [None, make.unit(), make.unit(), make.unit()]
    entries = [make.entry(contest, unit=chance.choice(units), block=chance.choice((1, 2))) for _ in range(6)]
    ways_in = {round_.id: [None, *doors(make, round_, 2)] for round_ in rounds}
    for _ in range(40):
        round_ = chance.choice(rounds)
        take_part(
            make,
            round_,
            chance.choice(entries),
            score=chance.randint(0, 5),
            unit=chance.choice(units),
            door_id=chance.choice(ways_in[round_.id]),
            after=timedelta(minutes=chance.randint(0, 600)),
            seconds=chance.randint(1, 300),
            handed_in=chance.random() < 0.9,
        )
        if chance.random() < 0.4:
            with app.app_context():
                actions.count_batch(NOW, most=chance.choice((1, 2, 5)))
        if chance.random() < 0.1:
            moved = chance.sample(entries, 2)
            with app.app_context(), write_transaction():
                move_to(contest, [one.person_id for one in moved], chance.choice(units))
    with app.app_context():
        actions.count_new(NOW)
        assert kept() == recounted(rounds)


def move_to(contest, person_ids, unit):
    """As a correction does it: out of the numbers, another unit, and in again with the next counting."""
    take_out(contest.id, person_ids)
    for attempt in db.session.query(Attempt).filter(Attempt.person_id.in_(person_ids)):
        attempt.unit_id = unit.id if unit else None


def test_everybody_taken_out_leaves_nothing_and_comes_back_the_same(app, make):
    contest = make.contest()
    rounds = [make.round(contest, attempts=2), make.round(contest, attempts=2, name="Đợt 2")]
    unit = make.unit()
    people = [make.entry(contest, unit=unit), make.entry(contest)]
    for round_, who in ((rounds[0], 0), (rounds[0], 0), (rounds[0], 1), (rounds[1], 0)):
        take_part(make, round_, people[who], door_id=doors(make, round_, 1)[0])
    with app.app_context():
        actions.count_new(NOW)
        before = kept()
        with write_transaction():
            take_out(contest.id, [one.person_id for one in people])
        assert not any(kept().values())
        actions.count_new(NOW)
        assert kept() == before == recounted(rounds)


def test_a_person_of_two_rounds_is_one_person_of_the_contest_where_they_stood_last(app, make):
    contest = make.contest()
    first, second = make.round(contest), make.round(contest, name="Đợt 2")
    before, now_ = make.unit("Sở Tài chính"), make.unit("Sở Nội vụ")
    an = make.entry(contest, unit=before)
    # Counted in the wrong order of rounds: the later round still decides.
    for round_, unit in ((second, now_), (first, before)):
        take_part(make, round_, an, unit=unit)
        with app.app_context():
            actions.count_new(NOW)
    with app.app_context():
        rows = {row.unit_id: row.tally for row in queries.contest_tallies(contest.id)}
    assert rows == {before.id: Tally(0, 1), now_.id: Tally(1, 1)}


def test_an_older_installation_gets_the_numbers_of_its_contests_from_what_it_has(app, make):
    filled = import_module("contest.migrations.versions.0080_contest_wide_numbers")
    contest = make.contest()
    rounds = [make.round(contest, attempts=2), make.round(contest, name="Đợt 2")]
    units = [make.unit(), make.unit(), None]
    entries = [make.entry(contest, unit=unit) for unit in units]
    for n, (round_, who) in enumerate(((0, 0), (0, 0), (0, 1), (1, 0), (1, 2))):
        take_part(make, rounds[round_], entries[who], unit=units[n % 2], after=timedelta(hours=n))
    with app.app_context():
        actions.count_new(NOW)
        before = kept()
        with write_transaction():
            for table in (ContestPerson, ContestTally, UnitHourTally):
                db.session.query(table).delete()
            hour = filled.HOUR[db.engine.dialect.name]
            # The column came with the next migration, filled with 1.
            sums = filled.TALLIES.replace("people, attempts)", "people, attempts, changed_in)")
            sums = sums.replace("SUM(unit_tallies.attempts)", "SUM(unit_tallies.attempts), 1")
            for statement in (filled.PEOPLE, sums, filled.HOURS.format(hour=hour)):
                db.session.execute(text(statement))
        assert kept() == before


def test_attempts_by_hour_can_be_asked_for_a_subtree(app, make):
    contest = make.contest()
    round_ = make.round(contest, attempts=3)
    top = make.unit("Tỉnh An Bình", kind="province")
    below, sister = make.unit(parent=top), make.unit("Xã Sao Mai")
    for unit, hours in ((top, 0), (below, 0), (below, 2), (sister, 0)):
        take_part(make, round_, make.entry(contest, unit=unit), after=timedelta(hours=hours, minutes=5))
    with app.app_context():
        actions.count_new(NOW)
        begins = round_.opens_at
        assert queries.hours_within(round_.id, top.path) == [(begins, 2), (begins + timedelta(hours=2), 1)]


def kept():
    """What the tallies say, without the rows that have gone down to nothing."""
    query = db.session.query
    return {
        "units": {
            (row.round_id, row.unit_id, row.block_id): (row.people, row.attempts)
            for row in query(UnitTally)
            if row.attempts
        },
        "scores": {
            (row.round_id, row.block_id, row.score): row.people for row in query(ScoreTally) if row.people
        },
        "doors": {(row.door_id, row.person_id): row.attempts for row in query(DoorVisitor) if row.attempts},
        "hours": {(row.round_id, row.hour): row.attempts for row in query(HourTally) if row.attempts},
        "unit hours": {
            (row.round_id, row.unit_id, row.hour): row.attempts
            for row in query(UnitHourTally)
            if row.attempts
        },
        "people": {
            (row.round_id, row.person_id): (row.attempt_id, row.attempts) for row in query(Participant)
        },
        "contest": {
            (row.contest_id, row.unit_id, row.block_id): (row.people, row.attempts)
            for row in query(ContestTally)
            if row.attempts
        },
        "contest people": {(row.contest_id, row.person_id): row.unit_id for row in query(ContestPerson)},
    }


def recounted(rounds):
    """The same, by the plainest means, from the attempts."""
    rules = {round_.id: round_.counting for round_ in rounds}
    number = {round_.id: round_.number for round_ in rounds}
    contest = rounds[0].contest_id
    handed_in = db.session.query(Attempt).filter(Attempt.handed_in_at.is_not(None)).all()
    in_order = {
        "best": lambda one: (-one.score, one.duration_seconds, one.handed_in_at, one.id),
        "first": lambda one: (one.handed_in_at, one.id),
        "last": lambda one: (-one.handed_in_at.timestamp(), -one.id),
    }
    by_person = {}
    for one in handed_in:
        by_person.setdefault((one.round_id, one.person_id), []).append(one)
    counts = {key: min(all_, key=in_order[rules[key[0]]]) for key, all_ in by_person.items()}
    latest = {}
    for (_round_id, person_id), one in sorted(counts.items(), key=lambda item: number[item[0][0]]):
        latest[person_id] = one
    attempts = Counter((one.round_id, one.unit_id or 0, one.block_id) for one in handed_in)
    people = Counter((one.round_id, one.unit_id or 0, one.block_id) for one in counts.values())
    all_attempts = Counter((contest, one.unit_id or 0, one.block_id) for one in handed_in)
    all_people = Counter((contest, one.unit_id or 0, one.block_id) for one in latest.values())
    return {
        "units": {key: (people[key], attempts[key]) for key in attempts},
        "scores": Counter((one.round_id, one.block_id, one.score) for one in counts.values()),
        "doors": Counter((one.door_id, one.person_id) for one in handed_in if one.door_id),
        "hours": Counter((one.round_id, one.handed_in_at.replace(minute=0, second=0)) for one in handed_in),
        "unit hours": Counter(
            (one.round_id, one.unit_id or 0, one.handed_in_at.replace(minute=0, second=0))
            for one in handed_in
        ),
        "people": {key: (one.id, len(by_person[key])) for key, one in counts.items()},
        "contest": {key: (all_people[key], all_attempts[key]) for key in all_attempts},
        "contest people": {(contest, person): one.unit_id or 0 for person, one in latest.items()},
    }


def test_counting_costs_as_many_statements_for_many_attempts_as_for_few(app, make):
    contest = make.contest()
    round_ = make.round(contest, attempts=2)
    costs = []
    for people in (2, 20):
        for _ in range(people):
            take_part(make, round_, make.entry(contest))
        with counted_statements(app) as statements, app.app_context():
            actions.count_batch(NOW)
        costs.append(len(statements))
    assert costs[1] <= costs[0]
