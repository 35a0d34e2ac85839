"""Every SELECT about standing sheets and what is behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, or_, select

from contest.attempts.models import Attempt, ClaimedAttempt
from contest.contests.models import Contest, Round
from contest.database import db
from contest.errors import NotFound
from contest.language import _
from contest.people import queries as people_queries
from contest.results.counting import UNCOUNTED
from contest.results.models import Participant, Sheet, SheetState, Standing
from contest.results.words import RoundState
from contest.rules import vietnamese
from contest.rules.timing import GRACE

# A start pressed in the last second may still wait for its turn to write.
SETTLING = timedelta(seconds=30)
PODIUM_RANKS = 3
# Beyond so many shared places it is a list, not a podium.
PODIUM_PLACES = 6


@dataclass(frozen=True)
class RoundLine:
    """A round with how far its results are."""

    round: Round
    contest: Contest
    state: RoundState
    people: int


def rounds_to_draft(now: datetime) -> list[int]:
    """Closed rounds without a sheet in which somebody took part and everything is handed in and counted.

    Where people answer first, the standings wait until nobody may say any more who they are.
    """
    open_ = exists().where(Attempt.round_id == Round.id, Attempt.handed_in_at.is_(None))
    uncounted = exists().where(Attempt.round_id == Round.id, UNCOUNTED)
    claimed = exists().where(ClaimedAttempt.attempt_id == Attempt.id, Attempt.round_id == Round.id)
    statement = select(Round, Contest.answer_first).join(Contest, Contest.id == Round.contest_id)
    statement = statement.where(
        Round.published_at.is_not(None),
        Round.closes_at <= now - SETTLING,
        ~exists().where(Sheet.round_id == Round.id),
        exists().where(Participant.round_id == Round.id),
        ~open_,
        ~uncounted,
        ~claimed,
    )
    return [
        round_.id
        for round_, answer_first in db.session.execute(statement)
        if not answer_first or people_queries.declare_until(round_) < now
    ]


def rounds(now: datetime) -> list[RoundLine]:
    """Every published round, the one that closed or closes last first."""
    states: dict[int, set[str]] = {}
    live = (SheetState.DRAFT, SheetState.PUBLISHED)
    for round_id, state in db.session.execute(
        select(Sheet.round_id, Sheet.state).where(Sheet.state.in_(live))
    ):
        states.setdefault(round_id, set()).add(state)
    people = (
        select(Participant.round_id, func.count().label("people")).group_by(Participant.round_id).subquery()
    )
    rows = db.session.execute(
        select(Round, Contest, func.coalesce(people.c.people, 0))
        .join(Contest, Contest.id == Round.contest_id)
        .outerjoin(people, people.c.round_id == Round.id)
        .where(Round.published_at.is_not(None))
        .order_by(Round.closes_at.desc(), Round.id)
    )
    return [
        RoundLine(round_, contest, _state(round_, states.get(round_.id, set()), count, now), count)
        for round_, contest, count in rows
    ]


def _state(round_: Round, sheets: set[str], people: int, now: datetime) -> RoundState:
    if SheetState.PUBLISHED in sheets:
        return RoundState.CHANGED if SheetState.DRAFT in sheets else RoundState.PUBLISHED
    if SheetState.DRAFT in sheets:
        return RoundState.REVIEW
    if now < round_.opens_at:
        return RoundState.COMING
    if now < round_.closes_at:
        return RoundState.OPEN
    settled = now >= round_.closes_at + SETTLING + timedelta(minutes=round_.minutes)
    return RoundState.NOBODY if settled and not people else RoundState.COUNTING


def sheets(round_id: int) -> list[Sheet]:
    """Every version, newest first."""
    return list(
        db.session.scalars(select(Sheet).where(Sheet.round_id == round_id).order_by(Sheet.version.desc()))
    )


def published(round_id: int) -> list[Sheet]:
    """What has ever been published of a round, newest first; the first one is what holds now."""
    statement = select(Sheet).where(Sheet.round_id == round_id, Sheet.published_at.is_not(None))
    return list(db.session.scalars(statement.order_by(Sheet.version.desc())))


def is_published(round_id: int) -> bool:
    """Whether anybody may see results of the round."""
    statement = select(Sheet.id).where(Sheet.round_id == round_id, Sheet.state == SheetState.PUBLISHED)
    return db.session.scalar(statement.limit(1)) is not None


def version_of(sheets: list[Sheet], version: str | None) -> Sheet:
    """The version asked for in the address, the newest without one; raises NotFound."""
    if not sheets:
        raise NotFound(
            _("Kết quả chưa công bố. Sau khi đợt thi đóng, ban tổ chức soát bài rồi công bố tại trang này.")
        )
    if not version:
        return sheets[0]
    found = next((sheet for sheet in sheets if str(sheet.version) == version), None)
    if found is None:
        raise NotFound(_("Không có bản kết quả nào mang số này. Hãy xem bản mới nhất của đợt thi."))
    return found


def sheet_for_staff(sheet_id: int) -> Sheet:
    """Any version, published or not; raises NotFound."""
    found = db.session.get(Sheet, sheet_id)
    if found is None:
        raise NotFound
    return found


def standings(sheet_id: int, block_id: int | None = None, text: str = "") -> Select[Standing]:
    """The lines of a sheet in order, narrowed to a block and to a name or unit typed with or without marks."""
    statement = select(Standing).where(Standing.sheet_id == sheet_id)
    if block_id is not None:
        statement = statement.where(Standing.block_id == block_id)
    for word in vietnamese.search_key(text).split():
        statement = statement.where(Standing.search_key.contains(word, autoescape=True))
    return statement.order_by(Standing.block_id, Standing.position)


def podium(sheet_id: int, block_id: int) -> list[Standing]:
    """Whoever has one of the first three ranks, and the line after them to be compared with."""
    statement = standings(sheet_id, block_id).where(Standing.rank.is_not(None))
    return list(db.session.scalars(statement.limit(PODIUM_PLACES + 1)))


def first_lines(sheet_id: int, block_id: int, most: int) -> list[Standing]:
    """The first lines of a block."""
    return list(db.session.scalars(standings(sheet_id, block_id).limit(most)))


def each_line(sheet_id: int, block_id: int) -> Iterator[Standing]:
    """Every line of a block in order, read in portions as they are asked for."""
    yield from db.session.scalars(standings(sheet_id, block_id).execution_options(yield_per=2000))


def block_sizes(sheet_id: int) -> dict[int, int]:
    """How many lines each block has."""
    statement = select(Standing.block_id, func.count()).where(Standing.sheet_id == sheet_id)
    rows = db.session.execute(statement.group_by(Standing.block_id))
    return {row[0]: row[1] for row in rows}


def attempt_in(round_id: int, attempt_id: int) -> Attempt:
    """A handed-in attempt of this round; raises NotFound."""
    found = db.session.scalar(
        select(Attempt).where(
            Attempt.id == attempt_id, Attempt.round_id == round_id, Attempt.handed_in_at.is_not(None)
        )
    )
    if found is None:
        raise NotFound
    return found


def answers_shown_from(round_: Round, now: datetime) -> datetime:
    """From when the key helps nobody any more: the closing, and the end of every attempt still running."""
    may_run = or_(Attempt.deadline > now - GRACE, Attempt.paused_at.is_not(None))
    running = db.session.execute(
        select(Attempt.deadline, Attempt.paused_at)
        .where(Attempt.round_id == round_.id, Attempt.handed_in_at.is_(None), may_run)
        .order_by(Attempt.paused_at.is_(None), Attempt.deadline.desc())
        .limit(1)
    ).one_or_none()
    if running is None:
        return round_.closes_at + GRACE
    deadline, paused_at = running
    # Nobody knows when a clock that stands still goes on: at the earliest now.
    stood = now - paused_at if paused_at else timedelta()
    return max(round_.closes_at, deadline + stood) + GRACE
