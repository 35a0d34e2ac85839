"""Every SELECT of the desk's first page: what waits for whom, and how the open rounds are going."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, literal_column, select

from contest.attempts.models import Attempt
from contest.banks.models import (
    Bank,
    BankImport,
    DraftFault,
    DraftQuestion,
    DraftState,
    Question,
    QuestionState,
)
from contest.contests.models import Contest, Round
from contest.database import db
from contest.participation import queries as participation
from contest.results.models import Sheet, SheetState
from contest.rules.counting import Tally
from contest.rules.parsed import Severity
from contest.units.models import Unit

# So far ahead a round that opens is something to think of today.
AHEAD = timedelta(hours=48)
MOST_LINES = 5
# A round that closed so lately is still being reported on.
LATELY = timedelta(days=30)
# Before any deadline there is.
EARLIER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class DraftLine:
    """An imported file with questions that somebody has to look at."""

    import_id: int
    filename: str
    doubtful: int


@dataclass(frozen=True)
class BankLine:
    """A bank with questions that wait for approval."""

    bank_id: int
    name: str
    waiting: int


@dataclass(frozen=True)
class RoundLine:
    """A round with its contest."""

    round: Round
    contest: Contest


@dataclass(frozen=True)
class SheetLine:
    """Standings that wait to be looked through and published."""

    round_id: int
    round_name: str
    contest_name: str
    version: int


@dataclass(frozen=True)
class Begun:
    """Which of the first steps have been taken."""

    units: bool
    questions: bool
    contests: bool


@dataclass(frozen=True)
class OpenRound:
    """An open round as one sees it: people and attempts handed in, attempts under way."""

    line: RoundLine
    tally: Tally
    under_way: int


def begun() -> Begun:
    """One statement, whatever the sizes: it only asks whether there is anything."""
    row = db.session.execute(
        select(
            select(Unit.id).limit(1).exists(),
            select(Question.id).limit(1).exists(),
            select(Contest.id).limit(1).exists(),
        )
    ).one()
    return Begun(units=row[0], questions=row[1], contests=row[2])


def doubtful_drafts() -> list[DraftLine]:
    """Files with questions held back by an error, the newest first."""
    held_back = select(DraftFault.draft_id).where(DraftFault.severity == Severity.ERROR)
    rows = db.session.execute(
        select(BankImport.id, BankImport.filename, func.count(DraftQuestion.id))
        .join(DraftQuestion, DraftQuestion.import_id == BankImport.id)
        .where(DraftQuestion.state == DraftState.WAITING, DraftQuestion.id.in_(held_back))
        .group_by(BankImport.id, BankImport.filename)
        .order_by(BankImport.id.desc())
        .limit(MOST_LINES)
    )
    return [DraftLine(*row) for row in rows]


def waiting_for_approval() -> list[BankLine]:
    """Banks with proposed questions, those with most first."""
    waiting = func.count(Question.id)
    rows = db.session.execute(
        select(Bank.id, Bank.name, waiting)
        .join(Question, Question.bank_id == Bank.id)
        .where(Question.state == QuestionState.PROPOSED)
        .group_by(Bank.id, Bank.name)
        .order_by(waiting.desc(), Bank.id)
        .limit(MOST_LINES)
    )
    return [BankLine(*row) for row in rows]


def rounds_at_hand(now: datetime) -> list[RoundLine]:
    """Rounds that are open or will be within two days, published or not, the first to open first."""
    rows = db.session.execute(
        select(Round, Contest)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Round.closes_at > now, Round.opens_at <= now + AHEAD)
        .order_by(Round.opens_at, Round.id)
    )
    return [RoundLine(*row) for row in rows]


def closed_lately(now: datetime) -> list[RoundLine]:
    """The published round that closed last, if that is not long ago: its reports are being written."""
    rows = db.session.execute(
        select(Round, Contest)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Round.published_at.is_not(None), Round.closes_at <= now, Round.closes_at > now - LATELY)
        .order_by(Round.closes_at.desc(), Round.id.desc())
        .limit(1)
    )
    return [RoundLine(*row) for row in rows]


def drafted_sheets() -> list[SheetLine]:
    """The newest draft of each round's standings, the oldest first."""
    rows = db.session.execute(
        select(Round.id, Round.name, Contest.name, Sheet.version)
        .join(Round, Round.id == Sheet.round_id)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Sheet.state == SheetState.DRAFT)
        .order_by(Sheet.drafted_at, Sheet.id)
        .limit(MOST_LINES)
    )
    return [SheetLine(*row) for row in rows]


def seen_by_everybody(lines: list[RoundLine]) -> list[OpenRound]:
    """Open rounds with all their people and attempts, and how many are at it right now."""
    ids = [line.round.id for line in lines]
    handed_in = participation.totals(ids)
    # Of every round, by the small index of what is open: rounds hold a million attempts, few of them open.
    # Times one, lest SQLite should go through the million in the order of rounds to save a little sorting.
    round_id = (Attempt.round_id * literal_column("1")).label("round_id")
    open_ones = select(round_id, func.count()).where(
        Attempt.handed_in_at.is_(None), Attempt.deadline > EARLIER
    )
    rows = db.session.execute(open_ones.group_by(round_id))
    under_way: dict[int, int] = {round_id: count for round_id, count in rows}  # noqa: C416 -- rows are not pairs
    return [
        OpenRound(line, handed_in.get(line.round.id, Tally()), under_way.get(line.round.id, 0))
        for line in lines
    ]
