"""What stands on a numbered paper: read once per process, for papers never change after publishing."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import select

from contest.banks import pictures
from contest.banks.models import Choice, QuestionVersion
from contest.banks.pictures import ShownPicture
from contest.contests.models import Paper, PaperQuestion
from contest.database import db
from contest.rules.grading import Key, Kind
from contest.rules.parsed import ParsedChoice
from contest.rules.question_shape import CHOSEN, key_of, left_side, lettered

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WITH_CHOICES = CHOSEN


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

    def again(self, key: K) -> V:
        """The same, read anew."""
        self.held.pop(key, None)
        return self(key)


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
    Of a matching, `choices` is the right side, in letters, and `lefts` the left side, in numbers from 1.
    """

    position: int
    version_id: int
    kind: Kind
    text: str
    choices: tuple[ShownChoice, ...]
    lefts: tuple[ShownChoice, ...] = ()
    picture: ShownPicture | None = None


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
    questions = shown_questions([(version, placed.choice_order) for placed, version, _ in rows])
    return Content(paper_id, rows[0][2] if rows else 0, questions)


def shown_questions(
    placed: Sequence[tuple[QuestionVersion, str]], first: int = 1
) -> tuple[ShownQuestion, ...]:
    """Versions with the order of their choices ("2,0,1") as they are shown, counted from `first`."""
    version_ids = [version.id for version, _order in placed]
    choices, shown_with = _choices(version_ids), pictures.of_versions(version_ids)
    return tuple(
        ShownQuestion(
            position=position,
            version_id=version.id,
            kind=Kind(version.kind),
            text=version.text,
            choices=_shown(Kind(version.kind), order, choices[version.id]),
            lefts=_lefts(choices[version.id]) if version.kind == Kind.MATCHING else (),
            picture=shown_with.get(version.id),
        )
        for position, (version, order) in enumerate(placed, start=first)
    )


def _choices(version_ids: list[int]) -> dict[int, list[ParsedChoice]]:
    found: dict[int, list[ParsedChoice]] = {version_id: [] for version_id in version_ids}
    statement = select(Choice).where(Choice.version_id.in_(version_ids)).order_by(Choice.position)
    for each in db.session.scalars(statement):
        letter = LETTERS[each.position]
        found[each.version_id].append(ParsedChoice(letter, each.text, each.right, each.match, each.tolerance))
    return found


def _shown(kind: Kind, choice_order: str, choices: list[ParsedChoice]) -> tuple[ShownChoice, ...]:
    order = [int(place) for place in choice_order.split(",") if place]
    return tuple(ShownChoice(*shown) for shown in lettered(kind, choices, order))


def _lefts(choices: list[ParsedChoice]) -> tuple[ShownChoice, ...]:
    return tuple(
        ShownChoice(str(number), place, choices[place].text)
        for number, place in enumerate(left_side(choices), start=1)
    )


def _read_keys(paper_id: int) -> tuple[Key, ...]:
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.kind, QuestionVersion.partial)
        .join(PaperQuestion, PaperQuestion.version_id == QuestionVersion.id)
        .where(PaperQuestion.paper_id == paper_id)
        .order_by(PaperQuestion.position)
    ).all()
    choices = _choices([row.id for row in rows])
    return tuple(key_of(Kind(row.kind), choices[row.id], row.partial) for row in rows)


# A round has some hundreds of papers; what a paper shows takes about 20 KB.
content: Kept[int, Content] = Kept(_read_content, most=2000)
# The keys are kept apart from what is shown, so that no page can show them by mistake.
keys: Kept[int, tuple[Key, ...]] = Kept(_read_keys, most=2000)
