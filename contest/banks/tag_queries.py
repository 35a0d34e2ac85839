"""Every SELECT about the tags of questions."""

from collections.abc import Sequence

from sqlalchemy import select

from contest.banks.models import Question, QuestionTag
from contest.database import db
from contest.rules import vietnamese


def of_bank(bank_id: int) -> list[str]:
    """Every tag in use in a bank, in the order of the alphabet."""
    found = db.session.scalars(
        select(QuestionTag.tag)
        .join(Question, Question.id == QuestionTag.question_id)
        .where(Question.bank_id == bank_id)
        .distinct()
    )
    return sorted(found, key=vietnamese.sort_key)


def of_questions(question_ids: Sequence[int]) -> dict[int, list[str]]:
    """The tags of each of these questions, in the order of the alphabet; every id is in the answer."""
    tags: dict[int, list[str]] = {each: [] for each in question_ids}
    rows = db.session.execute(
        select(QuestionTag.question_id, QuestionTag.tag).where(QuestionTag.question_id.in_(question_ids))
    )
    for question_id, tag in rows:
        tags[question_id].append(tag)
    return {each: sorted(found, key=vietnamese.sort_key) for each, found in tags.items()}
