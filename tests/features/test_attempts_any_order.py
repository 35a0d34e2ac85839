"""Taps, pauses, extra time, closings and handing in, in any order: what was acknowledged is there, once, and last.

A machine does what two phones and an organiser may do, through the real actions, and reckons beside it in a way of
its own: not with moments, as the program does, but with the seconds that are left on a clock that stops and goes on.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from contest.attempts import actions, clock_actions, clock_queries, queries
from contest.attempts.actions import Sent
from contest.attempts.clock_actions import Gift
from contest.attempts.clock_queries import Whom
from contest.attempts.models import Answer, Attempt
from contest.contests import queries as contests
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.permissions import Actor, Role
from tests.conftest import NOW

QUESTIONS, MINUTES, GRACE, NOTICE = 3, 20, 5, 60
DEVICES = (7, 8)
WHAT = (
    *("tap",) * 5,
    *("send again",) * 3,
    *("wait",) * 3,
    *(
        "ask",
        "stop or go on",
        "stop or go on",
        "give",
        "withdraw",
        "close later",
        "press start",
        "chore",
        "hand in",
    ),
)
# Which question, which letter, and whether the tap reaches the server at once.
FINGER = st.tuples(st.integers(1, QUESTIONS), st.sampled_from("ABCD"), st.sampled_from([True, True, False]))


@dataclass
class Phone:
    """What a browser knows: the newest revision it has seen stored of each question, and all it ever tapped."""

    number: int
    seen: dict[int, int] = field(default_factory=dict)
    newest: dict[int, int] = field(default_factory=dict)
    tapped: list[Sent] = field(default_factory=list)


class AnyOrder(RuleBasedStateMachine):
    """One attempt, two phones, one organiser, one clock on the wall."""

    def __init__(self, site) -> None:
        super().__init__()
        self.app, self.make, self.contest, self.bank, self.by = site
        self.now = NOW
        self.phones = {number: Phone(number) for number in DEVICES}
        self.stored: dict[int, Sent] = {}
        self.given: list[int] = []
        # `left`: seconds on the person's clock; None once handed in.
        self.left: float | None = 0.0
        self.extra = 0
        self.stands = self.round_stands = False
        self.left_when_it_stopped = 0.0
        self.worked_out = 0.0

    @initialize(closes=st.integers(8, 40))
    def start(self, closes: int) -> None:
        self.round = self.make.round(
            self.contest, self.bank, closes=timedelta(minutes=closes), minutes=MINUTES, questions=QUESTIONS
        )
        self.closes_in = self.base = closes * 60
        self.base = min(MINUTES * 60, self.base)
        self.left = float(self.base)
        person_id = self.make.entry(self.contest).person_id
        self.token = f"token-{person_id}"
        with self.app.app_context():
            assert actions.start_among_many(self.round.code, person_id, self.token, self.now) == self.token
            self.held = queries.held(self.token, person_id)
        self.person_id = person_id

    @rule(
        what=st.sampled_from(WHAT),
        device=st.sampled_from(DEVICES),
        fingers=st.lists(FINGER, min_size=1, max_size=5),
        chosen=st.lists(st.integers(0, 7), min_size=1, max_size=3),
        seconds=st.one_of(st.integers(0, 20), st.integers(20, 400)),
        minutes=st.integers(1, 15),
    )
    def step(self, what: str, device: int, fingers, chosen, seconds: int, minutes: int) -> None:
        """One rule that draws what happens, so that each thing comes as often as it is named in WHAT."""
        match what:
            case "tap":
                self.tap(self.phones[device], fingers)
            case "send again":
                self.send_again(self.phones[device], chosen)
            case "wait":
                self.wait(seconds)
            case "ask":
                self.ask_for_the_state(self.phones[device])
            case "stop or go on":
                self.resume() if self.round_stands else self.pause()
            case "give":
                self.give(minutes)
            case "withdraw" if self.given:
                self.withdraw(minutes)
            case "close later" if self.closes_in > 0:
                self.close_later(minutes)
            case "press start":
                self.press_start_again()
            case "chore":
                self.the_chore_comes_by()
            case "hand in" if len(self.stored) == QUESTIONS and seconds > 200:
                self.hand_in()

    # ---- Time ----
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.closes_in -= seconds
        if self.left is not None and not self.stands:
            self.left -= seconds

    def is_over(self) -> bool:
        return self.left is None or (not self.stands and self.left < -GRACE)

    # ---- The phones ----
    def tap(self, phone: Phone, fingers: list[tuple[int, str, bool]]) -> None:
        """Fingers on a phone; some taps arrive at once, the others are still on the way."""
        for position, letter, arrives in fingers:
            seen = phone.seen.get(position, 0)
            phone.newest[position] = max(phone.newest.get(position, 0), seen) + 1
            made = Sent(position, letter, phone.newest[position], False, phone.number, seen)
            phone.tapped.append(made)
            if arrives:
                self.arrive(phone, [made])

    def send_again(self, phone: Phone, chosen: list[int]) -> None:
        """Taps arrive late, twice, or in another order than they were made."""
        if phone.tapped:
            last = phone.tapped[-8:]
            self.arrive(phone, [last[one % len(last)] for one in chosen])

    def arrive(self, phone: Phone, sent: list[Sent]) -> None:
        with self.app.app_context():
            outcomes = actions.save(self.held, sent, self.now).outcomes
        # Within one request the newest of a question counts.
        for position in sorted({one.position for one in sent}):
            self.judge(max((one for one in sent if one.position == position), key=lambda one: one.revision))
        for one, outcome in zip(sent, outcomes, strict=True):
            held = self.stored.get(one.position)
            is_held = held is not None and (held.response, held.revision) == (one.response, one.revision)
            assert (outcome.refused is None) == is_held
            if is_held:
                phone.seen[one.position] = max(phone.seen.get(one.position, 0), one.revision)

    def judge(self, tap: Sent) -> None:
        before = self.stored.get(tap.position)
        may_replace = before is None or (
            tap.revision > before.revision
            and (tap.device == before.device or (tap.replaces or 0) >= before.revision)
        )
        if not self.is_over() and may_replace:
            self.stored[tap.position] = tap

    def ask_for_the_state(self, phone: Phone) -> None:
        """Load, return from the background: the phone learns what is stored and how much time is left."""
        with self.app.app_context():
            attempt = queries.sitting(self.token, self.person_id).attempt
            given, timing = queries.answers(attempt), queries.timing_of(attempt, self.now)
        for position, answer in given.items():
            phone.seen[position] = answer.revision
            phone.newest[position] = max(phone.newest.get(position, 0), answer.revision)
        if self.left is not None:
            assert timing.seconds_left == max(0, int(self.left))
            assert (timing.phase == "paused") == self.stands

    def press_start_again(self) -> None:
        with self.app.app_context():
            if self.is_over():
                with pytest.raises(Refusal):
                    actions.start_among_many(self.round.code, self.person_id, "another", self.now)
                self.handed_in_by_the_clock()
            else:
                again = actions.start_among_many(self.round.code, self.person_id, "another", self.now)
                assert again == self.token

    def hand_in(self) -> None:
        with self.app.app_context(), write_transaction():
            sitting = queries.sitting(self.token, self.person_id)
            actions.hand_in(sitting.attempt, sitting.round, self.now)
        if self.left is not None:
            self.worked_out = self.base + self.extra - max(0.0, self.left)
        self.left, self.stands = None, False

    def the_chore_comes_by(self) -> None:
        with self.app.app_context(), write_transaction():
            actions.hand_in_overdue(self.now, 50)
        self.handed_in_by_the_clock()

    def handed_in_by_the_clock(self) -> None:
        if self.left is not None and self.is_over():
            self.worked_out = self.base + self.extra
            self.left = None

    # ---- The organiser ----
    def act(self, action, *values) -> int:
        with self.app.app_context(), write_transaction():
            held = contests.round_for_writing(self.round.id)
            here = [
                clock_queries.one_extra(self.round.id, one) if isinstance(one, int) else one for one in values
            ]
            return action(held, *here, self.now, self.by)

    def pause(self) -> None:
        if self.closes_in <= 0:
            return
        standing = self.act(clock_actions.pause, "Sự cố")
        self.round_stands = True
        self.stands = self.left is not None and self.left > 0
        self.left_when_it_stopped = self.left or 0.0
        assert standing == self.stands

    def resume(self) -> None:
        assert self.act(clock_actions.resume) == self.stands
        self.round_stands = self.stands = False

    def give(self, minutes: int) -> None:
        touched = self.act(clock_actions.give, Whom(), Gift(minutes * 60, None, "Sự cố"))
        assert touched == (not self.is_over())
        with self.app.app_context():
            self.given.append(clock_queries.extras(self.round.id)[0].extra.id)
        self.reckon()

    def withdraw(self, which: int) -> None:
        self.act(clock_actions.withdraw, self.given.pop(which % len(self.given)))
        self.reckon()

    def reckon(self) -> None:
        """The extra time that holds now; less of it leaves a minute."""
        if self.is_over() or self.left is None:
            return
        with self.app.app_context():
            lines = clock_queries.extras(self.round.id)
        granted = sum(line.extra.seconds for line in lines if line.extra.withdrawn_at is None)
        # Its time was up when the round stopped; more of it counts from that moment.
        woken = self.left_when_it_stopped + granted - self.extra
        if self.round_stands and not self.stands and granted > self.extra and woken > 0:
            self.left, self.stands, self.extra = woken, True, granted
            return
        if granted < self.extra:
            granted += max(0, min(self.left, NOTICE) - (self.left - (self.extra - granted)))
        self.left += granted - self.extra
        self.extra = granted

    def close_later(self, minutes: int) -> None:
        with self.app.app_context():
            before = contests.round_for_staff(self.round.id).closes_at
        closes_at = before + timedelta(minutes=minutes)
        self.act(clock_actions.extend, closes_at)
        self.closes_in += minutes * 60
        if not self.is_over():
            base = min(MINUTES * 60, (closes_at - NOW).total_seconds())
            if not self.stands and self.round_stands and self.left_when_it_stopped + base - self.base > 0:
                self.left, self.stands = self.left_when_it_stopped, True
            self.left += base - self.base
            self.base = base

    # ---- What must hold after every step ----
    @invariant()
    def the_database_holds_what_was_acknowledged_and_nothing_else(self) -> None:
        with self.app.app_context():
            rows = db.session.query(Answer).filter_by(attempt_id=self.held.attempt_id).all()
            attempt: Attempt = db.session.get(Attempt, self.held.attempt_id)
        assert {row.position: (row.revision, row.device) for row in rows} == {
            position: (tap.revision, tap.device) for position, tap in self.stored.items()
        }
        assert all(row.saved_at <= self.end_of(attempt) for row in rows)
        assert (attempt.handed_in_at is not None) == (self.left is None)
        assert attempt.extra_seconds == self.extra
        if attempt.handed_in_at is not None:
            assert attempt.duration_seconds == int(self.worked_out)

    def end_of(self, attempt: Attempt) -> datetime:
        if attempt.paused_at is not None:
            return self.now
        return max(attempt.deadline, attempt.handed_in_at or attempt.deadline) + timedelta(seconds=GRACE)


@pytest.fixture
def site(app, make, database_kind):
    if database_kind != "sqlite":
        pytest.skip("the same actions, on the quicker database")
    organiser = make.staff(Role.ORGANISER)
    by = Actor(organiser.id, organiser.email, organiser.name, Role.ORGANISER, None, None, "")
    return app, make, make.contest(), make.bank(QUESTIONS), by


@pytest.mark.slow
def test_every_tap_made_in_time_and_acknowledged_is_there_once_with_its_last_value(site):
    run_state_machine_as_test(
        lambda: AnyOrder(site),
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
