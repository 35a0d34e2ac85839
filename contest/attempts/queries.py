"""Every SELECT about attempts, scoped by the person whose they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Integer, String, and_, bindparam, func, or_, select

from contest.attempts import clock_queries, letters, paper_queries
from contest.attempts.models import Answer, Attempt
from contest.attempts.paper_queries import Content, Kept
from contest.contests import queries as contests
from contest.contests.models import Contest, Paper, Round
from contest.database import db
from contest.errors import NotFound
from contest.people import queries as people
from contest.people.models import Entry
from contest.rules import timing
from contest.rules.short_codes import tidy
from contest.rules.timing import GRACE, Phase, Timing, Window


@dataclass(frozen=True)
class Held:
    """What never changes about an attempt, so that saving asks for it once per process."""

    attempt_id: int
    person_id: int
    paper: Content


@dataclass(frozen=True)
class GivenAnswer:
    """An answer in the letters the paper shows."""

    position: int
    response: str
    revision: int
    flagged: bool
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Sitting:
    """An attempt with the round and contest it belongs to."""

    attempt: Attempt
    round: Round
    contest: Contest


def _read_held(token: str) -> Held:
    row = db.session.execute(
        select(Attempt.id, Attempt.person_id, Attempt.paper_id).where(Attempt.token == token)
    ).one_or_none()
    if row is None:
        raise NotFound
    found = Held(row[0], row[1], paper_queries.content(row[2]))
    # Gives the reading connection back: who waits for a commit must not hold one.
    db.session.rollback()
    return found


_held: Kept[str, Held] = Kept(_read_held, most=50_000)


def held(token: str, person_id: int) -> Held:
    """This person's attempt as saving needs it; a stranger gets NotFound. Costs a statement only once."""
    found = _held(token)
    if found.person_id != person_id:
        # Moved since to the person it belongs to, or a stranger.
        found = _held.again(token)
    if found.person_id != person_id:
        raise NotFound
    return found


# Statements of the opening minute are put together once: that takes longer than asking them.
_person_id = bindparam("person_id", type_=Integer)
_SITTING = (
    select(Attempt, Round, Contest)
    .join(Round, Round.id == Attempt.round_id)
    .join(Contest, Contest.id == Round.contest_id)
    .where(Attempt.token == bindparam("token", type_=String), Attempt.person_id == _person_id)
)


def sitting(token: str, person_id: int) -> Sitting:
    """This person's attempt with its round and contest; a stranger gets NotFound."""
    row = db.session.execute(_SITTING, {"token": token, "person_id": person_id}).one_or_none()
    if row is None:
        raise NotFound
    return Sitting(*row)


@dataclass(frozen=True)
class Made:
    """An attempt that a person at the doorstep has made or is making."""

    attempt_id: int
    token: str
    started_at: datetime
    deadline: datetime
    paused_at: datetime | None
    handed_in_at: datetime | None

    def is_over(self, now: datetime) -> bool:
        """Handed in, or beyond the moment until which anything is accepted."""
        return self.handed_in_at is not None or _is_past(self, now)


@dataclass(frozen=True)
class Doorstep:
    """All that starting asks about a round and a person. `entry_id` is None for who has not entered."""

    # This person's attempts in the round, first one first.
    made: tuple[Made, ...]
    round_id: int
    opens_at: datetime
    closes_at: datetime
    minutes: int
    late_start: str
    attempts_allowed: int
    seed: str | None
    paused_at: datetime | None
    # Which state of the round's clock all this was read in; see contests.models.Round.
    reckoning: int
    # Papers are numbered from 1 to this.
    papers: int
    # What this person has been given beyond the minutes.
    extra_seconds: int
    entry_id: int | None

    @property
    def latest(self) -> Made | None:
        """The newest attempt: the only one that can still be open."""
        return self.made[-1] if self.made else None


# Asked on a bare connection: hundreds of people ask it in the opening minute.
_DOORSTEP = (
    select(
        Round.id,
        Round.opens_at,
        Round.closes_at,
        Round.minutes,
        Round.late_start,
        Round.attempts_allowed,
        Round.seed,
        Round.paused_at,
        Round.reckoning,
        select(func.max(Paper.number)).where(Paper.round_id == Round.id).scalar_subquery(),
        clock_queries.extra_seconds(Round.id, Entry.id, Entry.unit_id),
        Entry.id,
        Attempt.id,
        Attempt.token,
        Attempt.started_at,
        Attempt.deadline,
        Attempt.paused_at,
        Attempt.handed_in_at,
    )
    .select_from(Round)
    .outerjoin(
        Entry,
        and_(
            Entry.contest_id == Round.contest_id,
            Entry.person_id == _person_id,
            ~people.merged(Entry.id),
        ),
    )
    .outerjoin(Attempt, and_(Attempt.round_id == Round.id, Attempt.person_id == _person_id))
    .where(or_(Round.code == bindparam("typed"), Round.code == bindparam("tidied")))
    .where(Round.published_at.is_not(None))
    .order_by(Attempt.number)
)


def doorstep(connection: Connection, code: str, person_id: int) -> Doorstep:
    """A published round, by its short code however typed, as this person stands before it; raises NotFound."""
    values = {"typed": code, "tidied": tidy(code), "person_id": person_id}
    rows = connection.execute(_DOORSTEP, values).all()
    if not rows:
        raise contests.no_such_round()
    return Doorstep(tuple(Made(*row[12:]) for row in rows if row[12] is not None), *rows[0][:12])


_ATTEMPTS_OF = (
    select(Attempt)
    .where(Attempt.round_id == bindparam("round_id", type_=Integer), Attempt.person_id == _person_id)
    .order_by(Attempt.number)
)


def attempts_of(round_id: int, person_id: int) -> list[Attempt]:
    """This person's attempts in the round, first one first."""
    return list(db.session.scalars(_ATTEMPTS_OF, {"round_id": round_id, "person_id": person_id}))


_ANSWERS = (
    select(Answer.position, Answer.response, Answer.revision, Answer.flagged, Answer.saved_at)
    .where(Answer.attempt_id == bindparam("attempt_id", type_=Integer))
    .order_by(Answer.position)
)


def answers(attempt: Attempt) -> dict[int, GivenAnswer]:
    """Every stored answer by its question's position, in letters."""
    paper = paper_queries.content(attempt.paper_id)
    rows = db.session.execute(_ANSWERS, {"attempt_id": attempt.id})
    return {row.position: _in_letters(paper, *row) for row in rows}


def _in_letters(
    paper: Content, position: int, response: str, revision: int, flagged: bool, at: datetime
) -> GivenAnswer:
    question = paper.questions[position - 1]
    return GivenAnswer(position, letters.sent(question, response), revision, flagged, at)


def responses(attempt_id: int) -> dict[int, str]:
    """What is to be marked: position -> stored response."""
    rows = db.session.execute(select(Answer.position, Answer.response).where(Answer.attempt_id == attempt_id))
    return {row.position: row.response for row in rows}


def locked(attempt_id: int) -> Attempt:
    """The attempt as it is now, held until the transaction ends, so that no answer slips in while marking."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.id == attempt_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def overdue(now: datetime, most: int) -> list[Attempt]:
    """Open attempts for which nothing is accepted any more, the longest overdue first."""
    return list(
        db.session.scalars(
            select(Attempt)
            .where(
                Attempt.handed_in_at.is_(None), Attempt.paused_at.is_(None), Attempt.deadline < now - GRACE
            )
            .order_by(Attempt.deadline)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    )


class Clocked(Protocol):
    """What the clock of an attempt rests on, wherever it was read from."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def deadline(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...


def timing_of(attempt: Clocked, now: datetime) -> Timing:
    """Where the attempt stands by the clock.

    The deadline holds all that was reckoned so far (clock_actions), so the attempt's own window and the pause
    it stands in are all that counts.
    """
    started_at, deadline = attempt.started_at, attempt.deadline
    whole_minutes = max(1, -int(-(deadline - started_at).total_seconds() // 60))
    pauses = [(attempt.paused_at, None)] if attempt.paused_at is not None else []
    return timing.at(now, Window(started_at, deadline), started_at, whole_minutes, pauses=pauses)


def phase_of(round_: Round, now: datetime) -> Phase:
    """Where somebody stands who has not started: BEFORE, OPEN, PAUSED or CLOSED."""
    return timing_before_start(round_, now).phase


def timing_before_start(round_: Round, now: datetime) -> Timing:
    """The same with the seconds until it opens or closes."""
    window, pauses = Window(round_.opens_at, round_.closes_at), clock_queries.standing(round_.paused_at)
    return timing.at(now, window, None, round_.minutes, pauses=pauses)


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Handed in, or beyond the moment until which anything is accepted."""
    return attempt.handed_in_at is not None or _is_past(attempt, now)


def _is_past(attempt: Clocked, now: datetime) -> bool:
    return timing_of(attempt, now).phase is Phase.OVER


def is_running(attempt: Attempt, now: datetime) -> bool:
    """The person may still think about it: not handed in, and time is left, be it that it stands still."""
    return attempt.handed_in_at is None and timing_of(attempt, now).phase in (Phase.RUNNING, Phase.PAUSED)
