"""Taking everything that came from an uploaded file out of its bank again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from contest import history
from contest.banks import draft_queries, pictures, queries, question_queries
from contest.banks.actions import Signature
from contest.banks.models import (
    BankImport,
    DraftQuestion,
    DraftState,
    Question,
    QuestionState,
    QuestionVersion,
)
from contest.database import db


@dataclass(frozen=True)
class Undone:
    """How many questions an undo took out of the bank, and how many it could only retire."""

    deleted: int
    retired: int


def undo(upload: BankImport, now: datetime, by: Signature) -> Undone:
    """Take everything that came from a file out of the bank again.

    A question that stands on a paper cannot vanish from it: that one is retired, and the file stays.
    """
    bank = queries.bank_for_writing(upload.bank_id)
    ids, shown = draft_queries.question_ids_from(upload.id), pictures.ids_from(upload.id)
    deleted = ids if _delete(ids) else [each for each in ids if _delete([each])]
    kept = question_queries.by_ids([each for each in ids if each not in set(deleted)])
    for row in kept:
        row.question.state = QuestionState.RETIRED
    if kept:
        db.session.execute(
            update(DraftQuestion)
            .where(DraftQuestion.import_id == upload.id, DraftQuestion.question_id.is_(None))
            .values(state=DraftState.LEFT_OUT)
        )
    else:
        db.session.delete(upload)
    pictures.drop_unused(shown)
    detail = f"{upload.filename}: xóa {len(deleted)} câu, ngừng dùng {len(kept)} câu"
    history.record(by, "bank:undo", ("bank", bank.id, bank.name), now, detail)
    return Undone(len(deleted), len(kept))


def _delete(question_ids: Sequence[int]) -> bool:
    """Delete questions with all their versions; whether a paper holds one is for the database to say."""
    try:
        with db.session.begin_nested():
            for statement in (
                update(DraftQuestion)
                .where(DraftQuestion.question_id.in_(question_ids))
                .values(question_id=None),
                delete(QuestionVersion).where(QuestionVersion.question_id.in_(question_ids)),
                delete(Question).where(Question.id.in_(question_ids)),
            ):
                db.session.execute(statement, execution_options={"synchronize_session": False})
    except IntegrityError:
        return False
    return True
