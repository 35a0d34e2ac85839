"""What stands on a numbered paper: read once per process, for papers never change after publishing."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from sqlalchemy import select

from contest.banks.models import Choice, QuestionVersion
from contest.contests.models import Paper, PaperQuestion
from contest.database import db
from contest.rules.grading import Key, Kind

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WITH_CHOICES = (Kind.SINGLE, Kind.TRUE_FALSE, Kind.MULTIPLE)


class Kept(Generic[K, V]):
    """The things read most recently, by key; what has not been asked for longest is let go."""

    def __init__(self, read: Callable[[K], V], most: int) -> None:
        self.read, self.most = read, most
        self.held: OrderedDict[K, V] = OrderedDict()

    def __call__(self, key: K) -> V:
        try:
            # Under a real thread another may have let the key go between the two lines: then it is read anew.
            value = self.held[key]
            self.held.move_to_end(key)
        except KeyError:
            value = self.held[key] = self.read(key)
            if len(self.held) > self.most:
                self.held.popitem(last=False)
        return value


@dataclass(frozen=True)
class ShownChoice:
    """A choice as this paper shows it. `place` is its position in the bank, from 0."""

    label: str
    place: int
    text: str

    @property
    def value(self) -> str:
        """What a form sends for it: the letter, never the place, which could tell the key."""
        return self.label


@dataclass(frozen=True)
class ShownQuestion:
    """A question as this paper shows it: nothing here tells the key.

    `choices` is empty for kinds that are typed; their accepted answers stand in the same table as choices.
    """

    position: int
    version_id: int
    kind: Kind
    text: str
    choices: tuple[ShownChoice, ...]


@dataclass(frozen=True)
class Content:
    """A paper's questions in order; `questions[0]` is question 1."""

    paper_id: int
    number: int
    questions: tuple[ShownQuestion, ...]

    def question(self, position: int) -> ShownQuestion | None:
        """The question in this place, counted from 1; None when the paper has none there."""
        return self.questions[position - 1] if 1 <= position <= len(self.questions) else None


def _read_content(paper_id: int) -> Content:
    rows = db.session.execute(
        select(PaperQuestion, QuestionVersion, Paper.number)
        .join(QuestionVersion, QuestionVersion.id == PaperQuestion.version_id)
        .join(Paper, Paper.id == PaperQuestion.paper_id)
        .where(PaperQuestion.paper_id == paper_id)
        .order_by(PaperQuestion.position)
    ).all()
    choices = _choices([version.id for _, version, _ in rows])
    questions = tuple(
        ShownQuestion(
            position=position,
            version_id=version.id,
            kind=Kind(version.kind),
            text=version.text,
            choices=_shown(placed.choice_order, choices[version.id]) if version.kind in WITH_CHOICES else (),
        )
        for position, (placed, version, _) in enumerate(rows, start=1)
    )
    return Content(paper_id, rows[0][2] if rows else 0, questions)


def _choices(version_ids: list[int]) -> dict[int, list[Choice]]:
    found: dict[int, list[Choice]] = {version_id: [] for version_id in version_ids}
    statement = select(Choice).where(Choice.version_id.in_(version_ids)).order_by(Choice.position)
    for choice in db.session.scalars(statement):
        found[choice.version_id].append(choice)
    return found


def _shown(choice_order: str, choices: list[Choice]) -> tuple[ShownChoice, ...]:
    texts = {choice.position: choice.text for choice in choices}
    order = [int(place) for place in choice_order.split(",")]
    return tuple(
        ShownChoice(label, place, texts[place]) for label, place in zip(LETTERS, order, strict=False)
    )


def _read_keys(paper_id: int) -> tuple[Key, ...]:
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.kind)
        .join(PaperQuestion, PaperQuestion.version_id == QuestionVersion.id)
        .where(PaperQuestion.paper_id == paper_id)
        .order_by(PaperQuestion.position)
    ).all()
    choices = _choices([version_id for version_id, _ in rows])
    return tuple(_key(Kind(kind), choices[version_id]) for version_id, kind in rows)


def _key(kind: Kind, choices: list[Choice]) -> Key:
    right = [choice for choice in choices if choice.right]
    if kind is Kind.SHORT_TEXT:
        return Key(kind, texts=tuple(choice.text for choice in right))
    if kind is Kind.NUMBER:
        return Key(kind, number=Decimal(right[0].text.replace(".", "").replace(",", ".")))
    return Key(kind, right=frozenset(choice.position for choice in right))


# A round has some hundreds of papers; what a paper shows takes about 20 KB.
content: Kept[int, Content] = Kept(_read_content, most=2000)
# The keys are kept apart from what is shown, so that no page can show them by mistake.
keys: Kept[int, tuple[Key, ...]] = Kept(_read_keys, most=2000)
