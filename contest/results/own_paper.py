"""A person's own paper after closing: what they answered, what was right, why, and where it is written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from contest.attempts import paper_queries
from contest.attempts import queries as attempts
from contest.attempts.queries import Sitting
from contest.banks.models import QuestionVersion
from contest.clock import VIETNAM
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.learning import page_queries
from contest.learning.reviewed import ReviewedQuestion, reviewed
from contest.results import queries


@dataclass(frozen=True)
class OwnPaper:
    """The whole paper with its attempt."""

    sitting: Sitting
    number: int
    questions: list[ReviewedQuestion]


def own_paper(token: str, person_id: int, now: datetime) -> OwnPaper:
    """This person's paper; a stranger gets NotFound, and before the key may be seen it is a Refusal."""
    sitting = attempts.sitting(token, person_id)
    shown_from = queries.answers_shown_from(sitting.round, now)
    if now < shown_from:
        raise Refusal(
            _(
                "Đáp án và giải thích được mở sau khi đợt thi đóng, từ %(at)s. Hãy quay lại trang này khi đó.",
                at=shown_from.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y"),
            )
        )
    if sitting.attempt.handed_in_at is None:
        raise Refusal(_("Bài này đang được hệ thống nộp và chấm. Hãy tải lại trang sau một phút."))
    paper = paper_queries.content(sitting.attempt.paper_id)
    keys = paper_queries.keys(sitting.attempt.paper_id)
    given = attempts.responses(sitting.attempt.id)
    reading = page_queries.reading_of(sitting.contest.id)
    versions = _versions([question.version_id for question in paper.questions])
    questions = [
        reviewed(
            question,
            key,
            given.get(question.position, ""),
            versions[question.version_id],
            reading.about(versions[question.version_id].topic),
        )
        for question, key in zip(paper.questions, keys, strict=True)
    ]
    return OwnPaper(sitting, paper.number, questions)


def _versions(version_ids: list[int]) -> dict[int, QuestionVersion]:
    rows = db.session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(version_ids)))
    return {version.id: version for version in rows}
