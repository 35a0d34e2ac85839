"""A person's own paper after closing: what they answered, what was right, why, and where it is written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from contest.attempts import letters, paper_queries
from contest.attempts import queries as attempts
from contest.attempts.paper_queries import ShownQuestion
from contest.attempts.queries import Sitting
from contest.banks.models import QuestionVersion
from contest.clock import VIETNAM
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.results import queries
from contest.rules import grading, vietnamese
from contest.rules.grading import Key, Kind


@dataclass(frozen=True)
class ReviewedChoice:
    """A choice with its letter on this paper."""

    label: str
    text: str
    right: bool
    chosen: bool


@dataclass(frozen=True)
class ReviewedQuestion:
    """A question with the answer given. For typed answers `choices` is empty and the texts are filled."""

    position: int
    text: str
    choices: list[ReviewedChoice]
    given: str
    accepted: str
    right: bool
    blank: bool
    citation: str
    explanation: str


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
    versions = _versions([question.version_id for question in paper.questions])
    questions = [
        _reviewed(question, key, given.get(question.position, ""), versions[question.version_id])
        for question, key in zip(paper.questions, keys, strict=True)
    ]
    return OwnPaper(sitting, paper.number, questions)


def _versions(version_ids: list[int]) -> dict[int, QuestionVersion]:
    rows = db.session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(version_ids)))
    return {version.id: version for version in rows}


def _reviewed(question: ShownQuestion, key: Key, given: str, version: QuestionVersion) -> ReviewedQuestion:
    taken = {int(place) for place in given.split(",") if place.isdecimal()} if question.choices else set()
    return ReviewedQuestion(
        position=question.position,
        text=question.text,
        choices=[
            ReviewedChoice(choice.label, choice.text, choice.place in key.right, choice.place in taken)
            for choice in question.choices
        ],
        given=letters.sent(question, given),
        accepted=_accepted(key),
        right=grading.mark(key, given, normalise=vietnamese.answer_key) == 1,
        blank=not given,
        citation=version.citation,
        explanation=version.explanation,
    )


def _accepted(key: Key) -> str:
    if key.kind is Kind.NUMBER:
        return f"{key.number:f}".replace(".", ",")
    return "; ".join(key.texts)
