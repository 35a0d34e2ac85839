"""One go at practice: which question comes next, and what was right. Nothing of it is kept anywhere."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contest.attempts import letters, paper_queries
from contest.attempts.paper_queries import ShownQuestion
from contest.banks.models import QuestionVersion
from contest.banks.question_queries import answers
from contest.errors import Refusal
from contest.language import _
from contest.learning import page_queries, practice_queries
from contest.learning.practice_queries import Offer
from contest.learning.reviewed import ReviewedQuestion, reviewed
from contest.rules import drawing
from contest.rules.drawing import Candidate
from contest.rules.grading import Kind
from contest.rules.question_shape import ARRANGED, has_key, key_of


@dataclass(frozen=True)
class PracticePicture:
    """A picture as practice shows it, at an address of its own."""

    token: str
    width: int
    height: int
    address: str


@dataclass(frozen=True)
class Step:
    """Question `number` (from 1) of a go of `count`; None when the go is over."""

    number: int
    count: int
    question: Any
    version: QuestionVersion | None


def step(one: Offer, seed: str, number: int, now: datetime) -> Step:
    """What stands in this place of the go with this seed. Raises Refusal while there is nothing to practise on."""
    playable = practice_queries.open_to_all(one, now)
    if not playable:
        raise Refusal(
            _(
                "Lúc này chưa có câu nào để thi thử: các câu đang nằm trong đề của đợt thi chưa đóng. "
                "Hãy quay lại sau khi đợt thi đóng, hoặc đọc tài liệu trước."
            )
        )
    order = drawing.practice_order(playable, seed)
    count = min(one.set.per_go, len(order))
    if number > count:
        return Step(number, count, None, None)
    version = practice_queries.versions([playable[order[number - 1]]])[playable[order[number - 1]]]
    return Step(number, count, shown(version, seed, number), version)


def answered(one: Offer, seed: str, number: int, version_id: int, now: datetime) -> Step:
    """The question that was shown, whatever has come or gone in between; raises Refusal if it is not open."""
    playable = practice_queries.open_to_all(one, now)
    if version_id not in playable.values():
        raise Refusal(
            _("Câu này vừa được dùng trong một đợt thi nên không thi thử được nữa. Hãy sang câu tiếp.")
        )
    version = practice_queries.versions([version_id])[version_id]
    count = min(one.set.per_go, len(playable))
    return Step(number, count, shown(version, seed, number), version)


def shown(version: QuestionVersion, seed: str, number: int) -> ShownQuestion:
    """A version as this go shows it, with its choices in an order of their own."""
    choices = answers(version)
    kind = Kind(version.kind)
    # "Đúng" before "Sai", as everybody expects it.
    still = kind is Kind.TRUE_FALSE
    pinned = frozenset(choice.position for choice in version.choices if choice.pinned or still)
    candidate = Candidate(version.question_id, None, None, len(choices), pinned, kind in ARRANGED)
    order = ",".join(map(str, drawing.choice_order(candidate, seed)))
    return paper_queries.shown_questions([(version, order)], first=number)[0]


def at_own_address(question: ShownQuestion, address: str) -> ShownQuestion:
    """The question with its picture where practice may show it."""
    if question.picture is None:
        return question
    found = question.picture
    own: Any = PracticePicture(found.token, found.width, found.height, address)
    return replace(question, picture=own)


def review(one: Offer, shown_step: Step, sent: str) -> ReviewedQuestion:
    """What was right, at once; ValueError for what cannot be an answer to it."""
    version = shown_step.version
    if version is None or not has_key(Kind(version.kind), answers(version)):
        raise ValueError("there is nothing to answer")
    stored = letters.stored(shown_step.question, sent)
    key = key_of(Kind(version.kind), answers(version), version.partial)
    reading = page_queries.reading_of(one.contest.id).about(version.topic)
    return reviewed(shown_step.question, key, stored, version, reading)
