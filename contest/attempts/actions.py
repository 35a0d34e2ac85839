"""What a person does with an attempt: start it, answer, predict, hand it in; time running out hands in too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from contest.attempts import letters, marking, queries, saving, words
from contest.attempts.models import Attempt, HandedInBy
from contest.attempts.queries import Held, Sitting
from contest.attempts.saving import Kept, Tap
from contest.contests import queries as contests
from contest.contests import round_actions
from contest.contests.models import Round
from contest.database import db
from contest.errors import Refusal
from contest.events import queries as events
from contest.language import Text
from contest.people.models import Entry
from contest.permissions import Actor
from contest.rules import drawing, prediction, timing
from contest.rules.prediction import Target
from contest.rules.timing import LateStart, Phase, Timing, Window


@dataclass(frozen=True)
class Sent:
    """An answer as it came from the phone, in the letters the paper shows."""

    position: int
    response: str
    revision: int
    flagged: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one answer. `refused` says why not; `response` and `revision` are what is held now."""

    position: int
    refused: Text | None
    response: str
    revision: int
    flagged: bool
    saved_at: datetime | None


@dataclass(frozen=True)
class Saved:
    """What became of everything sent at once, and where the attempt stands by the clock."""

    outcomes: tuple[Outcome, ...]
    timing: Timing | None


def start(round_: Round, entry: Entry, token: str, now: datetime, door_id: int | None = None) -> Attempt:
    """Draw the paper and start the clock. Starting again gives back the attempt that is still open.

    `token`: 22 characters nobody can guess.
    """
    made = queries.attempts_of(round_.id, entry.person_id)
    unfinished = made[-1] if made and made[-1].handed_in_at is None else None
    if unfinished is not None and not queries.is_over(unfinished, now):
        return unfinished
    if unfinished is not None:
        hand_in(unfinished, round_, now)
    _require_open(round_, now)
    if len(made) >= round_.attempts_allowed:
        raise Refusal(words.all_used(round_.attempts_allowed))
    attempt = _drawn(round_, entry, len(made) + 1, token, now)
    door = events.door(door_id) if door_id is not None else None
    # A door of another round, scanned earlier on this device, says nothing about this one.
    attempt.door_id = door.id if door is not None and door.round_id == round_.id else None
    try:
        with db.session.begin_nested():
            db.session.add(attempt)
    except IntegrityError:
        # A second tap on the same button came first: there is one attempt, and it is that one.
        return queries.attempts_of(round_.id, entry.person_id)[-1]
    return attempt


def _require_open(round_: Round, now: datetime) -> None:
    phase = contests.phase_of(round_, now)
    if phase is Phase.BEFORE:
        raise Refusal(words.not_open_yet(round_.opens_at))
    if phase is Phase.CLOSED:
        raise Refusal(words.closed(round_.closes_at))


def _drawn(round_: Round, entry: Entry, number: int, token: str, now: datetime) -> Attempt:
    drawn = drawing.paper_for(round_.seed or "", entry.id, number, contests.papers_count(round_.id))
    paper_id = contests.paper(round_.id, drawn).id
    return Attempt(
        token=token,
        round_id=round_.id,
        entry_id=entry.id,
        person_id=entry.person_id,
        paper_id=paper_id,
        number=number,
        unit_id=entry.unit_id,
        block_id=entry.block_id,
        started_at=now,
        deadline=timing.deadline(
            Window(round_.opens_at, round_.closes_at),
            now,
            round_.minutes,
            late_start=LateStart(round_.late_start),
        ),
        out_of=queries.questions_on(paper_id),
    )


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
            impossible.append(Outcome(one.position, _no_answer(held, one), "", 0, False, None))
    kept = saving.line.save(taps) if taps else []
    outcomes = (_outcome(held, tap, one, now) for tap, one in zip(taps, kept, strict=True))
    return Saved((*outcomes, *impossible), kept[0].timing(now) if kept else None)


def _tap(held: Held, sent: Sent, now: datetime) -> Tap:
    question = held.paper.question(sent.position)
    if question is None:
        raise ValueError("the paper has no such question")
    response = letters.stored(question, sent.response)
    return Tap(held.attempt_id, sent.position, response, sent.revision, sent.flagged, now)


def _no_answer(held: Held, sent: Sent) -> Text:
    question = held.paper.question(sent.position)
    return words.NO_ANSWER.get(question.kind, words.NO_SUCH_ANSWER) if question else words.NO_SUCH_ANSWER


def _outcome(held: Held, tap: Tap, kept: Kept, now: datetime) -> Outcome:
    question = held.paper.questions[tap.position - 1]
    response = letters.sent(question, kept.response or "")
    refused = None if kept.holds(tap) else _why_not(kept, now)
    return Outcome(tap.position, refused, response, kept.revision or 0, bool(kept.flagged), kept.saved_at)


def _why_not(kept: Kept, now: datetime) -> Text:
    if kept.handed_in_at is not None:
        return words.handed_in(kept.handed_in_at)
    if kept.timing(now).phase is Phase.OVER:
        return words.TIME_IS_UP
    return words.NEWER_ELSEWHERE


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
    attempt.handed_in_at = min(now, attempt.deadline)
    attempt.handed_in_by = HandedInBy.CLOCK if over else HandedInBy.PERSON
    attempt.score = score.right
    attempt.duration_seconds = int((attempt.handed_in_at - attempt.started_at).total_seconds())
    return attempt


def extend(round_: Round, closes_at: datetime, now: datetime, by: Actor) -> int:
    """Let a round close later; attempts that its old closing would have cut get their minutes back.

    Returns how many of those under way gained time.
    """
    round_actions.extend(round_, closes_at, now, by)
    moved = 0
    for attempt in queries.under_way(round_.id):
        deadline = timing.deadline(
            Window(round_.opens_at, closes_at),
            attempt.started_at,
            round_.minutes,
            late_start=LateStart(round_.late_start),
        )
        if deadline > attempt.deadline:
            attempt.deadline = deadline
            moved += 1
    return moved


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
