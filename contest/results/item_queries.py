"""Every SELECT about what questions were worth: a round's table, its topics, one question through its rounds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import selectinload

from contest.attempts.paper_queries import LETTERS, WITH_CHOICES
from contest.banks.models import Choice, Question, QuestionVersion
from contest.contests import queries as contests
from contest.contests.models import Contest, Paper, PaperQuestion, Round
from contest.database import db
from contest.errors import NotFound
from contest.paging import A_PAGE, Page
from contest.results.models import ItemAnalysis, ItemChoice, ItemStatistic, Sheet
from contest.rules import item_analysis
from contest.rules.grading import Kind
from contest.rules.item_analysis import Discrimination, Facility

Z = TypeVar("Z", bound=StrEnum)


class Order(StrEnum):
    """How the table of a round's questions is ordered."""

    DISCRIMINATION = "discrimination"
    FACILITY = "facility"


@dataclass(frozen=True)
class TakenChoice:
    """A choice of the bank, and how many people took it."""

    letter: str
    text: str
    right: bool
    taken: int


@dataclass(frozen=True)
class ItemLine:
    """A question's figures in a round, with what it said there."""

    statistic: ItemStatistic
    question: Question
    version: QuestionVersion
    # How many took the wrong choice that most people took; 0 where several may be taken.
    most_wrong: int = 0
    choices: tuple[TakenChoice, ...] = ()

    @property
    def outvoted(self) -> bool:
        """Whether more people took that one than the key."""
        return item_analysis.outvoted(self.statistic.right, self.most_wrong, self.statistic.shown)

    @property
    def doubtful(self) -> bool:
        """Whether anything speaks for a wrong key."""
        return self.outvoted or self.worth is Discrimination.SUSPECT_KEY

    @property
    def hardness(self) -> Facility | None:
        """How hard it was."""
        return item_analysis.facility_zone(self.statistic.facility)

    @property
    def worth(self) -> Discrimination | None:
        """How well it told people apart; None where that cannot be said."""
        return item_analysis.discrimination_zone(self.statistic.discrimination, self.statistic.shown)

    @property
    def tempting(self) -> TakenChoice | None:
        """The wrong choice that most people took."""
        wrong = [choice for choice in self.choices if not choice.right and choice.taken]
        return max(wrong, key=lambda choice: choice.taken, default=None)


@dataclass(frozen=True)
class TopicLine:
    """A topic: how many questions of it were asked, how many answers that made, and how many were right."""

    topic: str
    questions: int
    answers: int
    right: int


@dataclass(frozen=True)
class RoundItems:
    """The questions of a round. `analysis` is None until figures exist; `current`: of the newest sheet."""

    round: Round
    contest: Contest
    analysis: ItemAnalysis | None
    current: bool
    drafted: bool
    order: Order
    page: Page[ItemLine]
    doubtful: int
    topics: list[TopicLine]
    hardness: Mapping[Facility | None, int]
    worth: Mapping[Discrimination | None, int]


@dataclass(frozen=True)
class Use:
    """A round that has a version of a question on its papers; `line` where the round has been worked out."""

    round: Round
    contest: Contest
    version: QuestionVersion
    papers: int
    line: ItemLine | None


@dataclass(frozen=True)
class QuestionUse:
    """A question with its newest version and every round it was used in, the latest first."""

    question: Question
    version: QuestionVersion
    uses: list[Use]


def to_analyse() -> list[tuple[int, int]]:
    """(round, newest sheet) of every round without figures of that sheet."""
    newest = select(Sheet.round_id, func.max(Sheet.id).label("sheet_id")).group_by(Sheet.round_id).subquery()
    statement = (
        select(newest.c.round_id, newest.c.sheet_id)
        .outerjoin(ItemAnalysis, ItemAnalysis.round_id == newest.c.round_id)
        .where(func.coalesce(ItemAnalysis.sheet_id, 0) != newest.c.sheet_id)
        .order_by(newest.c.sheet_id)
    )
    return [(row.round_id, row.sheet_id) for row in db.session.execute(statement)]


def round_items(round_id: int, order: str | None, asked_page: str | None) -> RoundItems:
    """A round's questions in an order, a page of them with their choices; raises NotFound for no such round."""
    round_ = contests.round_for_staff(round_id)
    newest = db.session.scalar(select(func.max(Sheet.id)).where(Sheet.round_id == round_id))
    analysis = db.session.get(ItemAnalysis, round_id)
    chosen = Order(order) if order in set(Order) else Order.DISCRIMINATION
    lines = sorted(_lines(round_id), key=_FIRST[chosen])
    return RoundItems(
        round=round_,
        contest=contests.contest_of(round_),
        analysis=analysis,
        current=analysis is not None and analysis.sheet_id == newest,
        drafted=newest is not None,
        order=chosen,
        page=_page(lines, asked_page),
        doubtful=sum(line.doubtful for line in lines),
        topics=_topics(lines),
        hardness=_counted([line.hardness for line in lines], list(Facility)),
        worth=_counted([line.worth for line in lines], list(Discrimination)),
    )


def question_use(question_id: int) -> QuestionUse:
    """A question through all the rounds whose papers have it; raises NotFound."""
    row = db.session.execute(
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.id == question_id, QuestionVersion.number == Question.version)
        .options(selectinload(QuestionVersion.choices))
    ).one_or_none()
    if row is None:
        raise NotFound
    question, version = row
    return QuestionUse(question, version, _uses(question))


def _uses(question: Question) -> list[Use]:
    placed = (
        select(Paper.round_id, PaperQuestion.version_id, func.count().label("papers"))
        .join(Paper, Paper.id == PaperQuestion.paper_id)
        .join(QuestionVersion, QuestionVersion.id == PaperQuestion.version_id)
        .where(QuestionVersion.question_id == question.id)
        .group_by(Paper.round_id, PaperQuestion.version_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Round, Contest, QuestionVersion, placed.c.papers, ItemStatistic)
        .join(placed, placed.c.round_id == Round.id)
        .join(Contest, Contest.id == Round.contest_id)
        .join(QuestionVersion, QuestionVersion.id == placed.c.version_id)
        .outerjoin(
            ItemStatistic,
            (ItemStatistic.round_id == Round.id) & (ItemStatistic.version_id == QuestionVersion.id),
        )
        .order_by(Round.closes_at.desc(), Round.id.desc())
    ).all()
    found = [ItemLine(row[4], question, row[2]) for row in rows if row[4] is not None]
    lines = {(line.statistic.round_id, line.version.id): line for line in _with_choices(found)}
    return [Use(row[0], row[1], row[2], row[3], lines.get((row[0].id, row[2].id))) for row in rows]


def _lines(round_id: int) -> list[ItemLine]:
    rows = db.session.execute(
        select(ItemStatistic, Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == ItemStatistic.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(ItemStatistic.round_id == round_id)
        .order_by(Question.number)
    )
    wrong = _most_wrong(round_id)
    return [ItemLine(*row, most_wrong=wrong.get(row[2].id, 0)) for row in rows]


def _most_wrong(round_id: int) -> dict[int, int]:
    """version -> how many took the wrong choice that most people took, where only one may be taken."""
    rows = db.session.execute(
        select(ItemChoice.version_id, func.max(ItemChoice.taken))
        .join(
            Choice,
            (Choice.version_id == ItemChoice.version_id) & (Choice.position == ItemChoice.position),
        )
        .join(QuestionVersion, QuestionVersion.id == ItemChoice.version_id)
        .where(ItemChoice.round_id == round_id, ~Choice.right, QuestionVersion.kind != Kind.MULTIPLE)
        .group_by(ItemChoice.version_id)
    )
    return {row[0]: row[1] for row in rows}


# The most doubtful, or the hardest, first; what cannot be told stands at the end.
_FIRST = {
    Order.DISCRIMINATION: lambda line: (
        not line.doubtful,
        line.worth is None,
        line.statistic.discrimination or 0.0,
        line.statistic.facility,
    ),
    Order.FACILITY: lambda line: (line.statistic.facility, line.question.number),
}


def _page(lines: list[ItemLine], asked: str | None) -> Page[ItemLine]:
    last = max(1, -(-len(lines) // A_PAGE))
    number = min(max(int(asked) if asked and asked.isdecimal() else 1, 1), last)
    shown = lines[(number - 1) * A_PAGE : number * A_PAGE]
    return Page(_with_choices(shown), number, len(lines), A_PAGE)


def _with_choices(lines: list[ItemLine]) -> list[ItemLine]:
    """The same lines with every choice of their versions, taken or not (two statements)."""
    keys = [(line.statistic.round_id, line.version.id) for line in lines]
    counted = select(ItemChoice).where(tuple_(ItemChoice.round_id, ItemChoice.version_id).in_(keys))
    taken = {(one.round_id, one.version_id, one.position): one.taken for one in db.session.scalars(counted)}
    choices: dict[int, list[Choice]] = {line.version.id: [] for line in lines}
    statement = select(Choice).where(Choice.version_id.in_(choices)).order_by(Choice.position)
    for choice in db.session.scalars(statement):
        choices[choice.version_id].append(choice)
    return [
        replace(
            line,
            choices=tuple(
                TakenChoice(
                    LETTERS[choice.position], choice.text, choice.right, taken.get((*key, choice.position), 0)
                )
                for choice in choices[line.version.id]
                if line.version.kind in WITH_CHOICES
            ),
        )
        for key, line in zip(keys, lines, strict=True)
    ]


def _topics(lines: list[ItemLine]) -> list[TopicLine]:
    """What people know least, first."""
    found: dict[str, TopicLine] = {}
    for line in lines:
        topic, one = line.version.topic, line.statistic
        before = found.get(topic, TopicLine(topic, 0, 0, 0))
        found[topic] = TopicLine(
            topic, before.questions + 1, before.answers + one.shown, before.right + one.right
        )
    return sorted(found.values(), key=lambda one: (one.right / one.answers, one.topic))


def _counted(zones: list[Z | None], order: list[Z]) -> dict[Z | None, int]:
    """How many questions lie in each zone, in the order of zones; what cannot be told comes last."""
    return {zone: zones.count(zone) for zone in (*order, None)}
