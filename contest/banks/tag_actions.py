"""Giving questions their tags."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert

from contest.banks import tag_queries
from contest.banks.keeping import as_spelled
from contest.banks.models import QuestionTag
from contest.database import db


def set_tags(bank_id: int, wanted: Mapping[int, Sequence[str]]) -> list[int]:
    """Give each of these questions exactly these tags; returns the ids of those whose tags changed."""
    known = tag_queries.of_bank(bank_id)
    before = tag_queries.of_questions(list(wanted))
    after = {each: as_spelled(tuple(tags), known) for each, tags in wanted.items()}
    changed = [each for each, tags in after.items() if set(tags) != set(before[each])]
    db.session.execute(delete(QuestionTag).where(QuestionTag.question_id.in_(changed)))
    rows = [{"question_id": each, "tag": tag} for each in changed for tag in after[each]]
    if rows:
        db.session.execute(insert(QuestionTag), rows)
    return changed
