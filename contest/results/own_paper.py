"""A person's own paper after closing: what they answered, what was right, why, and where it is written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from contest.attempts import letters, paper_queries
from contest.attempts import queries as attempts
from contest.attempts.paper_queries import ShownQuestion
from contest.attempts.queries import Sitting
from contest.banks.models import QuestionVersion
from contest.banks.pictures import ShownPicture
from contest.clock import VIETNAM
from contest.contests.paper_queries import key_in_words
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.results import queries
from contest.rules import grading, vietnamese
from contest.rules.grading import Key, Kind
from contest.rules.question_shape import ARRANGED, CHOSEN, TYPED


@dataclass(frozen=True)
class ReviewedChoice:
    """A choice with its letter on this paper."""

    label: str
    text: str
    right: bool
    chosen: bool


@dataclass(frozen=True)
class ReviewedLine:
    """A place of an ordering, or a thing to match, with what was given for it and what belongs there."""

    label: str
    given: str
    wanted: str

    @property
    def right(self) -> bool:
        """Whether the one is the other."""
        return self.given == self.wanted


@dataclass(frozen=True)
class ReviewedQuestion:
    """A question with the answer given.

    `choices` are of questions with choices, `lines` of orderings and matchings; of typed answers both are
    empty and the texts filled. `earned`: the part of the mark in hundredths.
    """

    position: int
    text: str
    choices: list[ReviewedChoice]
    lines: list[ReviewedLine]
    given: str
    accepted: str
    right: bool
    earned: int
    blank: bool
    citation: str
    explanation: str
    picture: ShownPicture | None


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
    mark = grading.mark(key, given, normalise=vietnamese.answer_key)
    return ReviewedQuestion(
        position=question.position,
        text=question.text,
        choices=_choices(question, key, given) if key.kind in CHOSEN else [],
        lines=_lines(question, key, given) if key.kind in ARRANGED else [],
        given=letters.sent(question, given),
        accepted=key_in_words(key, {}, ()) if key.kind in TYPED else "",
        right=mark == 1,
        earned=round(100 * mark),
        blank=not given,
        citation=version.citation,
        explanation=version.explanation,
        picture=question.picture,
    )


def _choices(question: ShownQuestion, key: Key, given: str) -> list[ReviewedChoice]:
    taken = {int(place) for place in given.split(",") if place}
    return [
        ReviewedChoice(choice.label, choice.text, choice.place in key.right, choice.place in taken)
        for choice in question.choices
    ]


def _lines(question: ShownQuestion, key: Key, given: str) -> list[ReviewedLine]:
    texts = {str(choice.place): choice.text for choice in question.choices}
    if key.kind is Kind.ORDERING:
        put = given.split(",") if given else [""] * len(key.order)
        return [
            ReviewedLine(str(number), texts.get(mine, ""), texts[str(right)])
            for number, (mine, right) in enumerate(zip(put, key.order, strict=True), start=1)
        ]
    chosen = dict(pair.split("-") for pair in given.split(",") if pair)
    partner = dict(key.pairs)
    return [
        ReviewedLine(
            left.text, texts.get(chosen.get(str(left.place), ""), ""), texts[str(partner[left.place])]
        )
        for left in question.lefts
    ]
