"""What stands on a numbered paper, for the board to read and print before the round."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from contest.banks.models import Choice, QuestionVersion
from contest.contests import queries
from contest.contests.models import PaperQuestion
from contest.database import db


@dataclass(frozen=True)
class PrintedChoice:
    """A choice under the letter it has on this paper."""

    label: str
    text: str
    right: bool
    chosen: bool = False


@dataclass(frozen=True)
class PrintedQuestion:
    """A question in its place on the paper."""

    position: int
    text: str
    topic: str
    level: str
    citation: str
    choices: tuple[PrintedChoice, ...]


def printed(round_id: int, number: int, with_key: bool) -> list[PrintedQuestion]:
    """Paper `number` of a round, question by question (three statements); raises NotFound.

    Without the key no choice is marked right and no source is given, since it tells the answer.
    """
    paper = queries.paper(round_id, number)
    rows = db.session.execute(
        select(PaperQuestion, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == PaperQuestion.version_id)
        .where(PaperQuestion.paper_id == paper.id)
        .options(selectinload(QuestionVersion.choices))
        .order_by(PaperQuestion.position)
    )
    return [
        PrintedQuestion(
            place.position,
            version.text,
            version.topic,
            version.level,
            version.citation if with_key else "",
            in_order(version.choices, place.choice_order, with_key),
        )
        for place, version in rows
    ]


def in_order(choices: list[Choice], choice_order: str, with_key: bool) -> tuple[PrintedChoice, ...]:
    """The choices as a paper shows them; "2,0,1" shows the bank's third choice as A."""
    by_position = {choice.position: choice for choice in choices}
    order = [int(position) for position in choice_order.split(",") if position]
    return tuple(
        PrintedChoice(
            label=chr(ord("A") + shown),
            text=by_position[position].text,
            right=with_key and by_position[position].right,
        )
        for shown, position in enumerate(order)
    )
