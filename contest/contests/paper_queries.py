"""What stands on a numbered paper, for the board to read and print before the round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from contest.banks import pictures
from contest.banks.models import QuestionVersion
from contest.banks.pictures import ShownPicture
from contest.banks.question_queries import answers
from contest.contests import queries
from contest.contests.models import PaperQuestion
from contest.database import db
from contest.rules.grading import Key, Kind
from contest.rules.question_shape import CHOSEN, key_of, left_side, lettered


@dataclass(frozen=True)
class PrintedChoice:
    """A choice under the letter it has on this paper."""

    label: str
    text: str
    right: bool
    chosen: bool = False


@dataclass(frozen=True)
class PrintedQuestion:
    """A question in its place on the paper.

    `choices`: what has a letter: choices, things to order, or what can be matched with the `lefts`, which
    are numbered from 1. `key`: the right answer in these letters and numbers, "" where it is not shown.
    """

    position: int
    text: str
    topic: str
    level: str
    citation: str
    choices: tuple[PrintedChoice, ...]
    kind: Kind = Kind.SINGLE
    lefts: tuple[str, ...] = ()
    key: str = ""
    picture: ShownPicture | None = None


def printed(round_id: int, number: int, with_key: bool) -> list[PrintedQuestion]:
    """Paper `number` of a round, question by question (four statements); raises NotFound.

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
    found = [(place, version) for place, version in rows]
    shown_with = pictures.of_versions([version.id for _, version in found])
    return [
        replace(_printed(place, version, with_key), picture=shown_with.get(version.id))
        for place, version in found
    ]


def _printed(place: PaperQuestion, version: QuestionVersion, with_key: bool) -> PrintedQuestion:
    kind, rows = Kind(version.kind), answers(version)
    order = [int(each) for each in place.choice_order.split(",") if each]
    shown = lettered(kind, rows, order)
    lefts = left_side(rows) if kind is Kind.MATCHING else ()
    marked = with_key and kind in CHOSEN
    return PrintedQuestion(
        position=place.position,
        text=version.text,
        topic=version.topic,
        level=version.level,
        citation=version.citation if with_key else "",
        choices=tuple(PrintedChoice(label, text, marked and rows[at].right) for label, at, text in shown),
        kind=kind,
        lefts=tuple(rows[at].text for at in lefts),
        key=key_in_words(key_of(kind, rows), {at: label for label, at, _ in shown}, lefts)
        if with_key
        else "",
    )


def key_in_words(key: Key, letters: Mapping[int, str], lefts: Sequence[int]) -> str:
    """The right answer as a paper with these letters (by place) and numbered lefts writes it: "1-B, 2-A"."""
    match key.kind:
        case Kind.SHORT_TEXT:
            return "; ".join(key.texts)
        case Kind.NUMBER:
            off = f" (± {_decimal(key.tolerance)})" if key.tolerance else ""
            return _decimal(key.number or Decimal(0)) + off
        case Kind.ORDERING:
            return ", ".join(letters[place] for place in key.order)
        case Kind.MATCHING:
            partner = dict(key.pairs)
            return ", ".join(f"{number}-{letters[partner[at]]}" for number, at in enumerate(lefts, start=1))
        case _:
            return ", ".join(sorted(letters[place] for place in key.right))


def _decimal(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")
