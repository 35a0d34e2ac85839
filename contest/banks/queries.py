"""Every SELECT about banks and their questions."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from contest.banks.checking import PLAYABLE
from contest.banks.models import (
    Bank,
    BankImport,
    DraftQuestion,
    DraftState,
    Question,
    QuestionState,
    QuestionVersion,
)
from contest.banks.question_queries import IN_FORCE, answers
from contest.database import db
from contest.errors import NotFound
from contest.rules import vietnamese
from contest.rules.grading import Kind
from contest.rules.question_shape import TYPED, has_key


@dataclass(frozen=True)
class BankRow:
    """One bank in the list. `drafts` counts questions read from files on which nobody has decided yet.

    usable: how many questions papers may show.
    """

    id: int
    name: str
    description: str
    approved: int
    waiting: int
    returned: int
    retired: int
    drafts: int
    usable: int


@dataclass(frozen=True)
class CandidateRow:
    """A question as it may be drawn: its version in force, what is shown in the order of the bank.

    `pinned` holds the positions (from 0) of choices that must not move when choices are shuffled.
    """

    question_id: int
    number: int
    version_id: int
    kind: str
    topic: str
    level: str
    choices: tuple[str, ...]
    pinned: frozenset[int]
    has_key: bool


@dataclass(frozen=True)
class CellCount:
    """How many questions of a topic and level ("" where not said) are approved, wait, and may enter papers."""

    topic: str
    level: str
    approved: int
    waiting: int
    usable: int


def all_banks() -> list[BankRow]:
    """Every bank by name, with its counts (three statements, however many banks)."""
    states: dict[tuple[int, str], int] = {
        (bank_id, state): count
        for bank_id, state, count in db.session.execute(
            select(Question.bank_id, Question.state, func.count()).group_by(Question.bank_id, Question.state)
        )
    }
    drafts = _drafts_waiting()
    banks = db.session.scalars(select(Bank))
    rows = [
        BankRow(
            id=bank.id,
            name=bank.name,
            description=bank.description,
            approved=states.get((bank.id, QuestionState.APPROVED), 0),
            waiting=states.get((bank.id, QuestionState.PROPOSED), 0),
            returned=states.get((bank.id, QuestionState.RETURNED), 0),
            retired=states.get((bank.id, QuestionState.RETIRED), 0),
            drafts=drafts.get(bank.id, 0),
            usable=sum(states.get((bank.id, state), 0) for state in usable_states(bank)),
        )
        for bank in banks
    ]
    return sorted(rows, key=lambda row: vietnamese.sort_key(row.name))


def usable_states(bank: Bank) -> tuple[QuestionState, ...]:
    """In which states a bank's questions may enter papers."""
    return (
        (QuestionState.APPROVED,) if bank.only_approved else (QuestionState.APPROVED, QuestionState.PROPOSED)
    )


def _drafts_waiting() -> dict[int, int]:
    """Questions read from files that wait for a decision, per bank id."""
    rows = db.session.execute(
        select(BankImport.bank_id, func.count())
        .join(DraftQuestion, DraftQuestion.import_id == BankImport.id)
        .where(DraftQuestion.state == DraftState.WAITING)
        .group_by(BankImport.bank_id)
    )
    return {row[0]: row[1] for row in rows}


def size(bank_id: int) -> int:
    """How many questions a bank holds, whatever their state."""
    held = select(func.count()).select_from(Question).where(Question.bank_id == bank_id)
    return db.session.scalar(held) or 0


def bank(bank_id: int) -> Bank:
    """A bank; raises NotFound."""
    found = db.session.get(Bank, bank_id)
    if found is None:
        raise NotFound
    return found


def bank_for_writing(bank_id: int) -> Bank:
    """A bank, held until the end of the transaction: numbers are given out to one at a time."""
    found = db.session.scalar(select(Bank).where(Bank.id == bank_id).with_for_update())
    if found is None:
        raise NotFound
    return found


def bank_by_name(name: str) -> Bank | None:
    """The bank of exactly this name."""
    return db.session.scalar(select(Bank).where(Bank.name == name))


def candidates(bank_id: int) -> list[CandidateRow]:
    """The questions a paper can be drawn from, by number (a statement, and one more per 500)."""
    waiting_too = exists().where(Bank.id == Question.bank_id, Bank.only_approved.is_(False))
    usable = or_(
        Question.state == QuestionState.APPROVED, and_(Question.state == QuestionState.PROPOSED, waiting_too)
    )
    rows = db.session.execute(
        select(Question, QuestionVersion)
        .join(QuestionVersion, IN_FORCE)
        .where(
            Question.bank_id == bank_id,
            usable,
            QuestionVersion.kind.in_(PLAYABLE),
        )
        .options(selectinload(QuestionVersion.choices))
        .order_by(Question.number)
    )
    return [_candidate(question, version) for question, version in rows]


def _candidate(question: Question, version: QuestionVersion) -> CandidateRow:
    return CandidateRow(
        question_id=question.id,
        number=question.number,
        version_id=version.id,
        kind=version.kind,
        topic=version.topic,
        level=version.level,
        choices=tuple(choice.text for choice in version.choices if version.kind not in TYPED),
        pinned=frozenset(choice.position for choice in version.choices if choice.pinned),
        has_key=has_key(Kind(version.kind), answers(version)),
    )


def topics_and_levels(bank_id: int) -> list[CellCount]:
    """Questions per topic and level, approved and waiting, in the order of topics; retired ones left out."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    states = usable_states(bank(bank_id))
    for topic, level, state, count in db.session.execute(
        select(QuestionVersion.topic, QuestionVersion.level, Question.state, func.count())
        .join(Question, IN_FORCE)
        .where(Question.bank_id == bank_id, Question.state != QuestionState.RETIRED)
        .group_by(QuestionVersion.topic, QuestionVersion.level, Question.state)
    ):
        counts.setdefault((topic, level), {})[state] = count
    cells = [
        CellCount(
            topic,
            level,
            approved=by_state.get(QuestionState.APPROVED, 0),
            waiting=sum(by_state.values()) - by_state.get(QuestionState.APPROVED, 0),
            usable=sum(by_state.get(state, 0) for state in states),
        )
        for (topic, level), by_state in counts.items()
    ]
    return sorted(cells, key=lambda cell: (vietnamese.sort_key(cell.topic), level_order(cell.level)))


LEVELS = ("Nhận biết", "Thông hiểu", "Vận dụng", "Vận dụng cao")


def level_order(level: str) -> tuple[int, str]:
    """The four usual levels from easy to hard, then others by name, then none."""
    if level in LEVELS:
        return LEVELS.index(level), ""
    return (len(LEVELS), vietnamese.sort_key(level)) if level else (len(LEVELS) + 1, "")
