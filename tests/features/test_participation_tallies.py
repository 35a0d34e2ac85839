"""Tallies: whatever order attempts come in, they equal a recount from the attempts themselves."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from contest.attempts.models import Attempt
from contest.database import db
from contest.participation import actions
from contest.participation.models import DoorVisitor, HourTally, ScoreTally, TallyState, UnitTally
from contest.results.models import Participant
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
    with app.app_context():
        actions.count_new(NOW)
        assert kept() == recounted({round_.id: round_.counting for round_ in rounds})


def kept():
    """What the tallies say, without the rows that have gone down to nothing."""
    query = db.session.query
    return {
        "units": {
            (row.round_id, row.unit_id, row.block_id): (row.people, row.attempts) for row in query(UnitTally)
        },
        "scores": {
            (row.round_id, row.block_id, row.score): row.people for row in query(ScoreTally) if row.people
        },
        "doors": {(row.door_id, row.person_id): row.attempts for row in query(DoorVisitor)},
        "hours": {(row.round_id, row.hour): row.attempts for row in query(HourTally)},
        "people": {
            (row.round_id, row.person_id): (row.attempt_id, row.attempts) for row in query(Participant)
        },
    }


def recounted(rules):
    """The same, by the plainest means, from the attempts."""
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
    attempts = Counter((one.round_id, one.unit_id or 0, one.block_id) for one in handed_in)
    people = Counter((one.round_id, one.unit_id or 0, one.block_id) for one in counts.values())
    return {
        "units": {key: (people[key], attempts[key]) for key in attempts},
        "scores": Counter((one.round_id, one.block_id, one.score) for one in counts.values()),
        "doors": Counter((one.door_id, one.person_id) for one in handed_in if one.door_id),
        "hours": Counter((one.round_id, one.handed_in_at.replace(minute=0, second=0)) for one in handed_in),
        "people": {key: (one.id, len(by_person[key])) for key, one in counts.items()},
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
