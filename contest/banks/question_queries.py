"""Every SELECT about the questions of a bank and their versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import selectinload

from contest import history
from contest.banks.checking import BankText
from contest.banks.models import (
    Question,
    QuestionPicture,
    QuestionState,
    QuestionTag,
    QuestionVersion,
    VersionPicture,
)
from contest.database import db
from contest.errors import NotFound
from contest.paging import Page, page_of
from contest.rules import vietnamese
from contest.rules.parsed import ParsedChoice, picture_mark


@dataclass(frozen=True)
class QuestionRow:
    """A question with its version in force."""

    question: Question
    version: QuestionVersion


@dataclass(frozen=True)
class Filters:
    """What somebody looks for in a bank; "" means any."""

    search: str = ""
    topic: str = ""
    level: str = ""
    state: str = ""
    tag: str = ""


IN_FORCE = and_(QuestionVersion.question_id == Question.id, QuestionVersion.number == Question.version)


def questions(bank_id: int, filters: Filters, asked_page: str | None) -> Page[QuestionRow]:
    """One page of a bank's questions, by number."""
    ids = page_of(_matching(bank_id, filters), asked_page)
    found = db.session.execute(
        select(Question, QuestionVersion)
        .join(QuestionVersion, IN_FORCE)
        .where(Question.id.in_(ids.rows))
        .order_by(Question.number)
    )
    return Page([QuestionRow(*row) for row in found], ids.number, ids.total, ids.size)


def matching_ids(bank_id: int, filters: Filters) -> list[int]:
    """The ids of every question of a bank that fits, on whatever page."""
    return list(db.session.scalars(_matching(bank_id, filters)))


def has_any(bank_id: int) -> bool:
    """Whether the bank holds a question at all, retired ones included."""
    return db.session.scalar(select(exists().where(Question.bank_id == bank_id))) or False


def count(bank_id: int, filters: Filters) -> int:
    """How many questions fit."""
    return db.session.scalar(select(func.count()).select_from(_matching(bank_id, filters).subquery())) or 0


def neighbours(question: Question, filters: Filters) -> tuple[int | None, int | None]:
    """The ids of the questions before and after this one, by number, among those of its bank that fit."""
    matching = _matching(question.bank_id, filters).order_by(None)
    before = matching.where(Question.number < question.number).order_by(Question.number.desc()).limit(1)
    after = matching.where(Question.number > question.number).order_by(Question.number).limit(1)
    return db.session.scalar(before), db.session.scalar(after)


def _matching(bank_id: int, filters: Filters) -> Select[int]:
    """Question ids by number. Retired ones only when asked for."""
    return (
        select(Question.id)
        .join(QuestionVersion, IN_FORCE)
        .where(Question.bank_id == bank_id, *_wanted(filters))
        .order_by(Question.number)
    )


def _wanted(filters: Filters) -> list[ColumnElement[bool]]:
    wanted = [
        QuestionVersion.search_key.contains(word, autoescape=True)
        for word in vietnamese.search_key(filters.search).split()
    ]
    if filters.topic:
        wanted.append(QuestionVersion.topic == filters.topic)
    if filters.level:
        wanted.append(QuestionVersion.level == filters.level)
    if filters.tag:
        wanted.append(exists().where(QuestionTag.question_id == Question.id, QuestionTag.tag == filters.tag))
    if filters.state:
        wanted.append(Question.state == filters.state)
    else:
        wanted.append(Question.state != QuestionState.RETIRED)
    return wanted


def question(question_id: int) -> Question:
    """A question; raises NotFound."""
    found = db.session.get(Question, question_id)
    if found is None:
        raise NotFound
    return found


def versions(question_id: int) -> list[QuestionVersion]:
    """Every version of a question with its choices, newest first."""
    return list(
        db.session.scalars(
            select(QuestionVersion)
            .where(QuestionVersion.question_id == question_id)
            .options(selectinload(QuestionVersion.choices))
            .order_by(QuestionVersion.number.desc())
        )
    )


def version_in_force(question_id: int) -> QuestionVersion:
    """The version a new paper would show, with its choices; raises NotFound."""
    found = db.session.scalar(
        select(QuestionVersion)
        .join(Question, IN_FORCE)
        .where(Question.id == question_id)
        .options(selectinload(QuestionVersion.choices))
    )
    if found is None:
        raise NotFound
    return found


def answers(version: QuestionVersion) -> tuple[ParsedChoice, ...]:
    """The choices of a version (loaded with it) in the shape that the rules of its kind read."""
    return tuple(
        ParsedChoice(letter, each.text, each.right, each.match, each.tolerance)
        for letter, each in zip(ascii_uppercase, version.choices, strict=False)
    )


def next_number(bank_id: int) -> int:
    """The number the bank's next question gets; ask only while holding the bank."""
    return (db.session.scalar(select(func.max(Question.number)).where(Question.bank_id == bank_id)) or 0) + 1


def acts_on(question_id: int) -> Sequence[history.HistoryEntry]:
    """What staff did with a question, newest first, with the notes of reviewers."""
    return db.session.scalars(
        select(history.HistoryEntry)
        .where(
            history.HistoryEntry.subject_kind == "question", history.HistoryEntry.subject_id == question_id
        )
        .order_by(history.HistoryEntry.id.desc())
    ).all()


def texts(bank_id: int) -> list[BankText]:
    """The wording in force of every question of a bank that is not retired, by number."""
    rows = db.session.execute(
        select(Question.id, Question.number, QuestionVersion.text, *_MARK)
        .join(QuestionVersion, IN_FORCE)
        .outerjoin(VersionPicture, VersionPicture.version_id == QuestionVersion.id)
        .outerjoin(QuestionPicture, QuestionPicture.id == VersionPicture.picture_id)
        .where(Question.bank_id == bank_id, Question.state != QuestionState.RETIRED)
        .order_by(Question.number)
    )
    return [BankText(row[0], row[1], row[2], _mark(*row[3:])) for row in rows]


_MARK = (QuestionPicture.width, QuestionPicture.height, func.length(QuestionPicture.content))


def _mark(width: int | None, height: int | None, size: int | None) -> str:
    return picture_mark(width, height, size or 0) if width and height else ""


def by_ids(question_ids: Sequence[int]) -> list[QuestionRow]:
    """These questions with their versions in force and choices, by number."""
    rows = db.session.execute(
        select(Question, QuestionVersion)
        .join(QuestionVersion, IN_FORCE)
        .where(Question.id.in_(question_ids))
        .options(selectinload(QuestionVersion.choices))
        .order_by(Question.number)
    )
    return [QuestionRow(*row) for row in rows]


def by_text_key(bank_id: int, keys: Sequence[str]) -> dict[tuple[str, str], BankText]:
    """Questions of a bank, not retired, whose wording in force has one of these text keys: per key and picture."""
    rows = db.session.execute(
        select(QuestionVersion.text_key, Question.id, Question.number, QuestionVersion.text, *_MARK)
        .join(Question, IN_FORCE)
        .outerjoin(VersionPicture, VersionPicture.version_id == QuestionVersion.id)
        .outerjoin(QuestionPicture, QuestionPicture.id == VersionPicture.picture_id)
        .where(
            Question.bank_id == bank_id,
            Question.state != QuestionState.RETIRED,
            QuestionVersion.text_key.in_(keys),
        )
        .order_by(Question.number.desc())
    )
    texts = ((row[0], BankText(row[1], row[2], row[3], _mark(*row[4:]))) for row in rows)
    return {(key, text.picture): text for key, text in texts}
