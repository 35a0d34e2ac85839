"""What was known and what was not, topic by topic: sums of what each question was worth."""

from collections.abc import Collection, Iterable

from sqlalchemy import func, select

from contest.banks.models import QuestionVersion
from contest.database import db
from contest.results.item_queries import TopicLine
from contest.results.models import ItemStatistic


def topics(round_ids: Collection[int]) -> dict[int, list[TopicLine]]:
    """Of each round that has been analysed: its topics, what people know least first; one statement."""
    rows = db.session.execute(
        select(
            ItemStatistic.round_id,
            QuestionVersion.topic,
            func.count(),
            func.sum(ItemStatistic.shown),
            func.sum(ItemStatistic.right),
        )
        .join(QuestionVersion, QuestionVersion.id == ItemStatistic.version_id)
        .where(ItemStatistic.round_id.in_(round_ids), ItemStatistic.shown > 0)
        .group_by(ItemStatistic.round_id, QuestionVersion.topic)
    )
    found: dict[int, list[TopicLine]] = {}
    for round_id, topic, questions, answers, right in rows:
        found.setdefault(round_id, []).append(TopicLine(topic, questions, int(answers), int(right)))
    return {round_id: least_known_first(lines) for round_id, lines in found.items()}


def least_known_first(lines: Iterable[TopicLine]) -> list[TopicLine]:
    """Topics in order of how few answers were right."""
    return sorted(lines, key=lambda one: (one.right / one.answers, one.topic))


def together(rounds: Iterable[Iterable[TopicLine]]) -> list[TopicLine]:
    """The topics of several rounds as one list."""
    found: dict[str, TopicLine] = {}
    for one in (line for lines in rounds for line in lines):
        before = found.get(one.topic, TopicLine(one.topic, 0, 0, 0))
        found[one.topic] = TopicLine(
            one.topic,
            before.questions + one.questions,
            before.answers + one.answers,
            before.right + one.right,
        )
    return least_known_first(found.values())
