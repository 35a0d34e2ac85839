"""Saving together: many at once, a fault among them, and what the database holds afterwards."""

import threading
from datetime import timedelta

import pytest

from contest import clock
from contest.attempts import actions, queries, saving
from contest.attempts.actions import Sent
from contest.attempts.group_commit import Waiting
from contest.attempts.models import Answer
from contest.attempts.saving import Tap
from contest.database import db, write_transaction
from contest.people import queries as people


@pytest.fixture
def tokens(app, make):
    """Eight people in the middle of an attempt: (token, person id)."""
    contest = make.contest()
    round_ = make.round(contest)
    found = []
    for n in range(8):
        person_id = make.entry(contest, f"Người {n}").person_id
        with app.app_context(), write_transaction():
            entry = people.entry_of(contest.id, person_id)
            actions.start(round_, entry, f"token-of-person-{n:06d}", clock.now())
        found.append((f"token-of-person-{n:06d}", person_id))
    return found


def at_the_same_time(app, jobs):
    """Run each job in a thread of its own; gives what each gave."""
    outcomes = [None] * len(jobs)

    def run(n):
        with app.app_context():
            outcomes[n] = jobs[n]()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_everything_acknowledged_to_many_at_once_is_stored(app, tokens):
    def saver(token, person_id):
        def save():
            held = queries.held(token, person_id)
            accepted = 0
            for revision in range(1, 6):
                for position in range(1, 6):
                    letter = "ABCD"[(position + revision) % 4]
                    sent = [Sent(position, letter, revision, False)]
                    outcome = actions.save(held, sent, clock.now()).outcomes[0]
                    accepted += outcome.refused is None
            return accepted

        return save

    assert at_the_same_time(app, [saver(*one) for one in tokens]) == [25] * 8
    with app.app_context():
        rows = db.session.query(Answer).all()
        assert len(rows) == 40
        assert {row.revision for row in rows} == {5}


def test_two_phones_on_one_attempt_end_with_the_newest_answer(app, tokens):
    token, person_id = tokens[0]

    def saver(revisions):
        def save():
            held = queries.held(token, person_id)
            for revision in revisions:
                actions.save(held, [Sent(1, "ABCD"[revision % 4], revision, False)], clock.now())

        return save

    at_the_same_time(app, [saver(range(1, 60, 2)), saver(range(2, 61, 2))])
    with app.app_context():
        row = db.session.query(Answer).one()
        held = queries.held(token, person_id)
        assert row.revision == 60
        assert {one.place: one.label for one in held.paper.questions[0].choices}[int(row.response)] == "A"


def test_one_faulty_answer_in_the_batch_hurts_nobody_else(app, inside, tokens):
    good = queries.held(*tokens[0])
    now = clock.now()
    # A lone surrogate is no text a database takes; the door keeps it out, this is the wall behind the door.
    faulty = Waiting([Tap(good.attempt_id, 2, "\ud800", 1, False, now)])
    sound = Waiting([Tap(good.attempt_id, 1, "1", 1, False, now)])
    saving.line.store_all([faulty, sound])
    assert faulty.failure is not None
    assert sound.stored is not None
    assert sound.stored[0].response == "1"


def test_handing_in_and_saving_at_once_never_loses_an_acknowledged_answer(app, tokens):
    def pair(token, person_id):
        def save():
            held = queries.held(token, person_id)
            sent = [Sent(position, "A", 1, False) for position in range(1, 6)]
            return sum(one.refused is None for one in actions.save(held, sent, clock.now()).outcomes)

        def hand_in():
            with write_transaction():
                sitting = queries.sitting(token, person_id)
                actions.hand_in(sitting.attempt, sitting.round, clock.now())
                return len(queries.responses(sitting.attempt.id))

        return save, hand_in

    outcomes = at_the_same_time(app, [job for one in tokens for job in pair(*one)])
    for saved, marked in zip(outcomes[::2], outcomes[1::2], strict=True):
        assert saved == marked


def test_time_is_what_it_was_when_the_tap_arrived_not_when_its_turn_came(app, inside, tokens, at):
    held = queries.held(*tokens[0])
    arrived = at(minutes=30, seconds=5)
    at(minutes=31)
    assert actions.save(held, [Sent(1, "A", 1, False)], arrived).outcomes[0].refused is None
    late = arrived + timedelta(seconds=1)
    assert actions.save(held, [Sent(2, "A", 1, False)], late).outcomes[0].refused is not None


def test_two_browsers_in_one_batch_are_judged_one_after_the_other(app, inside, tokens):
    held, now = queries.held(*tokens[0]), clock.now()
    first, later = tokens[1], tokens[2]
    others = [
        Waiting([Tap(queries.held(*one).attempt_id, 1, "2", 1, False, now, 5)]) for one in (first, later)
    ]
    saving.save([Tap(held.attempt_id, 1, "0", 1, False, now, 7)])
    # Tapped often without network and never saw the other's answer: its high revision must not hide a good one.
    blind = Waiting([Tap(held.attempt_id, 1, "3", 9, False, now, 8, 0)])
    own = Waiting([Tap(held.attempt_id, 1, "1", 2, False, now, 7, 1)])
    saving.line.store_all([others[0], blind, own, others[1]])
    assert [(one.stored[0].response, one.stored[0].revision) for one in (blind, own)] == [("1", 2)] * 2
    assert [one.stored[0].response for one in others] == ["2", "2"]
