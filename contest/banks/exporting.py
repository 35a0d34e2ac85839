"""A bank's questions in the shape that the writers of files take."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from contest import history
from contest.banks import pictures, tag_queries
from contest.banks.models import Bank, Question, QuestionState, QuestionVersion
from contest.banks.question_queries import IN_FORCE, answers
from contest.database import db
from contest.permissions import Actor
from contest.rules.parsed import ParsedQuestion


def questions(bank_id: int) -> list[ParsedQuestion]:
    """Every question of a bank that is not retired, in its version in force, in the bank's order."""
    rows = list(_in_use(bank_id))
    shown = pictures.parsed_of_versions([version.id for _question, version in rows])
    tags = tag_queries.of_questions([question.id for question, _version in rows])
    return [
        ParsedQuestion(
            number=str(question.number),
            place="",
            kind=version.kind,
            text=version.text,
            choices=answers(version),
            topic=version.topic,
            level=version.level,
            citation=version.citation,
            explanation=version.explanation,
            partial=version.partial,
            picture=shown.get(version.id),
            tags=tuple(tags[question.id]),
        )
        for question, version in rows
    ]


def _in_use(bank_id: int) -> Iterator[tuple[Question, QuestionVersion]]:
    rows = db.session.execute(
        select(Question, QuestionVersion)
        .join(QuestionVersion, IN_FORCE)
        .where(Question.bank_id == bank_id, Question.state != QuestionState.RETIRED)
        .options(selectinload(QuestionVersion.choices))
        .order_by(Question.number)
    )
    return ((row[0], row[1]) for row in rows)


def note(bank: Bank, kind: str, count: int, actor: Actor, now: datetime) -> None:
    """Write down who took the keys of a whole bank out of the house."""
    history.record(actor.signature, "bank:export", ("bank", bank.id, bank.name), now, f"{kind}: {count} câu")
