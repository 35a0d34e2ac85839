"""A question with the answer given, the right one, why, where it is written, and what there is to read about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from contest.attempts import letters
from contest.attempts.paper_queries import ShownQuestion
from contest.banks.models import QuestionVersion
from contest.banks.pictures import ShownPicture
from contest.contests.paper_queries import key_in_words
from contest.rules import grading, vietnamese
from contest.rules.grading import Key, Kind
from contest.rules.question_shape import ARRANGED, CHOSEN, TYPED


@dataclass(frozen=True)
class ReadingLink:
    """A reading page as an explanation leads to it."""

    page_id: int
    title: str


@dataclass(frozen=True)
class ReviewedChoice:
    """A choice with the letter it was shown under."""

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
    # What there is to read about it.
    reading: Sequence[ReadingLink] = ()


def reviewed(
    question: ShownQuestion,
    key: Key,
    given: str,
    version: QuestionVersion,
    reading: Sequence[ReadingLink] = (),
) -> ReviewedQuestion:
    """A question with its key beside a stored response. Only for what may be told: see who calls it."""
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
        reading=reading,
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
