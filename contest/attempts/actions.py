"""What a person does with an attempt: start it, answer, predict, hand it in; time running out hands in too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contest.attempts import clock_queries, letters, marking, queries, saving, starting, words
from contest.attempts.evidence import UNKNOWN, Origin
from contest.attempts.models import Attempt, HandedInBy
from contest.attempts.queries import Doorstep, Held, Made, Sitting
from contest.attempts.saving import Kept, Tap
from contest.contests import queries as contests
from contest.contests.models import Round
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.language import Text
from contest.people.models import Entry
from contest.rules import prediction, timing
from contest.rules.prediction import Target
from contest.rules.timing import Phase, Timing, Window

# Reading again is needed only when somebody came in between: a second tap, or an act that moves the clock.
MOST_READINGS = 3


@dataclass(frozen=True)
class Sent:
    """An answer as it came from the phone, in the letters the paper shows.

    `device` is the number the browser drew for itself, 0 for a plain form; `replaces` the newest revision it has
    seen stored, and without one it is taken to have seen everything before its own.
    """

    position: int
    response: str
    revision: int
    flagged: bool
    device: int = 0
    replaces: int | None = None


class Why(StrEnum):
    """Why an answer was not taken, for the script on the phone."""

    NEWER = "newer"
    OVER = "over"
    HANDED_IN = "handed_in"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Outcome:
    """What became of one answer. `refused` says why not; `response` and `revision` are what is held now."""

    position: int
    refused: Text | None
    response: str
    revision: int
    flagged: bool
    saved_at: datetime | None
    why: Why | None = None


@dataclass(frozen=True)
class Saved:
    """What became of everything sent at once, and where the attempt stands by the clock."""

    outcomes: tuple[Outcome, ...]
    timing: Timing | None


def start_among_many(
    code: str,
    person_id: int,
    token: str,
    now: datetime,
    door_id: int | None = None,
    origin: Origin = UNKNOWN,
) -> str | None:
    """Draw the paper and start the clock; gives the attempt's token, None to who has not entered.

    Starting again gives back the attempt that is still open. `token`: 22 characters nobody can guess.
    A transaction of its own, shared with everybody who starts at this moment: not to be called inside another.
    """
    for _reading in range(MOST_READINGS):
        # Given back at once: who waits for a commit must not hold a connection.
        with db.engine.connect() as connection:
            step = queries.doorstep(connection, code, person_id)
        if step.entry_id is None:
            return None
        latest = step.latest
        if latest is not None and not latest.is_over(now):
            return latest.token
        if latest is not None and latest.handed_in_at is None:
            _hand_in_alone(latest, step, now)
        _require_one_more(step, now)
        if starting.line.store([starting.drawn(step, step.entry_id, token, now, door_id, origin)])[0]:
            return token
    raise RuntimeError("the round and the person's attempts change faster than they can be read")


def start(round_: Round, entry: Entry, token: str, now: datetime, door_id: int | None = None) -> Attempt:
    """The same inside a write transaction that is already open, for who starts an attempt for somebody."""
    db.session.flush()
    connection = db.session.connection()
    step = queries.doorstep(connection, round_.code, entry.person_id)
    latest = step.latest
    if latest is not None and latest.handed_in_at is None and latest.is_over(now):
        hand_in(queries.locked(latest.attempt_id), round_, now)
    if latest is None or latest.is_over(now):
        _require_one_more(step, now)
        starting.write(connection, [starting.drawn(step, entry.id, token, now, door_id)])
    return queries.attempts_of(round_.id, entry.person_id)[-1]


def _hand_in_alone(made: Made, step: Doorstep, now: datetime) -> None:
    with write_transaction():
        hand_in(queries.locked(made.attempt_id), contests.round_for_staff(step.round_id), now)


def _require_one_more(step: Doorstep, now: datetime) -> None:
    window, pauses = Window(step.opens_at, step.closes_at), clock_queries.standing(step.paused_at)
    phase = timing.at(now, window, None, step.minutes, pauses=pauses).phase
    if phase is Phase.BEFORE:
        raise Refusal(words.not_open_yet(step.opens_at))
    if phase is Phase.CLOSED:
        raise Refusal(words.closed(step.closes_at))
    if phase is Phase.PAUSED:
        raise Refusal(words.PAUSED)
    if len(step.made) >= step.attempts_allowed:
        raise Refusal(words.all_used(step.attempts_allowed))


def save(held: Held, answers: Sequence[Sent], now: datetime) -> Saved:
    """Store what was sent and say what became of each answer. On return all of it is on disk.

    A transaction of its own, shared with everybody who saves at this moment: not to be called inside another.
    """
    impossible: list[Outcome] = []
    taps: list[Tap] = []
    for one in answers:
        try:
            taps.append(_tap(held, one, now))
        except ValueError:
            impossible.append(
                Outcome(one.position, _no_answer(held, one), "", 0, False, None, Why.IMPOSSIBLE)
            )
    kept = saving.save(taps) if taps else []
    outcomes = (_outcome(held, tap, one, now) for tap, one in zip(taps, kept, strict=True))
    return Saved((*outcomes, *impossible), kept[0].timing(now) if kept else None)


def _tap(held: Held, sent: Sent, now: datetime) -> Tap:
    question = held.paper.question(sent.position)
    if question is None:
        raise ValueError("the paper has no such question")
    response = letters.stored(question, sent.response)
    replaces = sent.revision - 1 if sent.replaces is None else sent.replaces
    given = response, sent.revision, sent.flagged
    return Tap(held.attempt_id, sent.position, *given, now, sent.device, replaces)


def _no_answer(held: Held, sent: Sent) -> Text:
    question = held.paper.question(sent.position)
    return words.NO_ANSWER.get(question.kind, words.NO_SUCH_ANSWER) if question else words.NO_SUCH_ANSWER


def _outcome(held: Held, tap: Tap, kept: Kept, now: datetime) -> Outcome:
    question = held.paper.questions[tap.position - 1]
    response = letters.sent(question, kept.response or "")
    refused, why = (None, None) if kept.holds(tap) else _why_not(kept, now)
    held_now = response, kept.revision or 0, bool(kept.flagged), kept.saved_at
    return Outcome(tap.position, refused, *held_now, why)


def _why_not(kept: Kept, now: datetime) -> tuple[Text, Why]:
    if kept.handed_in_at is not None:
        return words.handed_in(kept.handed_in_at), Why.HANDED_IN
    if kept.timing(now).phase is Phase.OVER:
        return words.TIME_IS_UP, Why.OVER
    return words.NEWER_ELSEWHERE, Why.NEWER


def predict(sitting: Sitting, typed: str, now: datetime) -> None:
    """Note the prediction, exact and as typed; an empty one takes it back. Raises prediction.Unreadable."""
    attempt, target = sitting.attempt, sitting.round.prediction
    if target is None or queries.is_over(attempt, now):
        return
    attempt.prediction = f"{prediction.parse(typed, Target(target)):f}" if typed.strip() else None
    attempt.prediction_as_typed = typed[:200] if typed.strip() else None


def hand_in(attempt: Attempt, round_: Round, now: datetime) -> Attempt:
    """Hand in and mark. Handing in twice gives the same score."""
    attempt = queries.locked(attempt.id)
    if attempt.handed_in_at is not None:
        return attempt
    over = queries.is_over(attempt, now)
    score = marking.score(attempt, round_)
    attempt.handed_in_at = now if attempt.paused_at is not None else min(now, attempt.deadline)
    attempt.paused_at = None
    attempt.handed_in_by = HandedInBy.CLOCK if over else HandedInBy.PERSON
    attempt.score = score.right
    pauses = clock_queries.pauses_as_spans(attempt.round_id)
    worked = timing.spent(attempt.started_at, attempt.handed_in_at, pauses)
    attempt.duration_seconds = int(worked.total_seconds())
    return attempt


def hand_in_if_over(sitting: Sitting, now: datetime) -> bool:
    """Do at once what the clock has made due, for somebody who is looking; whether it is handed in now."""
    if sitting.attempt.handed_in_at is None and queries.is_over(sitting.attempt, now):
        hand_in(sitting.attempt, sitting.round, now)
    return sitting.attempt.handed_in_at is not None


def hand_in_overdue(now: datetime, most: int) -> int:
    """Hand in up to `most` attempts whose time has run out; returns how many there were."""
    overdue = queries.overdue(now, most)
    rounds: dict[int, Round] = {}
    for attempt in overdue:
        if attempt.round_id not in rounds:
            rounds[attempt.round_id] = contests.round_for_staff(attempt.round_id)
        hand_in(attempt, rounds[attempt.round_id], now)
    db.session.flush()
    return len(overdue)
