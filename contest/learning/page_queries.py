"""Every SELECT about reading pages, their files and visits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from contest.contests.models import Contest
from contest.database import db
from contest.errors import NotFound
from contest.learning.models import ReadingFile, ReadingPage, ReadingTopic, ReadingVisit
from contest.learning.reviewed import ReadingLink
from contest.rules import vietnamese


@dataclass(frozen=True)
class PageRow:
    """A page with its contest."""

    page: ReadingPage
    contest: Contest


@dataclass(frozen=True)
class Reading:
    """What a contest offers to read, by folded topic."""

    by_topic: Mapping[str, Sequence[ReadingLink]]

    def about(self, topic: str) -> Sequence[ReadingLink]:
        """The pages chosen for questions of this topic; case and accents do not matter."""
        return self.by_topic.get(vietnamese.fold(topic), ()) if topic else ()


def published(contest_id: int) -> list[ReadingPage]:
    """The pages anybody may read, in order."""
    statement = select(ReadingPage).where(
        ReadingPage.contest_id == contest_id, ReadingPage.published_at.is_not(None)
    )
    return list(db.session.scalars(statement.order_by(ReadingPage.position)))


def pages_of(contest_id: int) -> list[ReadingPage]:
    """All pages of a contest in order, drafts included."""
    statement = select(ReadingPage).where(ReadingPage.contest_id == contest_id)
    return list(db.session.scalars(statement.order_by(ReadingPage.position)))


def page(page_id: int, *, for_staff: bool = False) -> PageRow:
    """One page; for others than staff only a published one of a published contest. Raises NotFound."""
    statement = (
        select(ReadingPage, Contest)
        .join(Contest, Contest.id == ReadingPage.contest_id)
        .where(ReadingPage.id == page_id)
    )
    if not for_staff:
        statement = statement.where(ReadingPage.published_at.is_not(None), Contest.published_at.is_not(None))
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return PageRow(*row)


def topics_of(page_id: int) -> list[str]:
    """The topics whose explanations lead to a page, in the order of the alphabet."""
    found = db.session.scalars(select(ReadingTopic.topic).where(ReadingTopic.page_id == page_id))
    return sorted(found, key=vietnamese.sort_key)


def reading_of(contest_id: int) -> Reading:
    """The published pages of a contest by the topics they were chosen for (one statement)."""
    rows = db.session.execute(
        select(ReadingTopic.topic, ReadingPage.id, ReadingPage.title)
        .join(ReadingPage, ReadingPage.id == ReadingTopic.page_id)
        .where(ReadingPage.contest_id == contest_id, ReadingPage.published_at.is_not(None))
        .order_by(ReadingPage.position)
    )
    by_topic: dict[str, list[ReadingLink]] = defaultdict(list)
    for topic, page_id, title in rows:
        by_topic[vietnamese.fold(topic)].append(ReadingLink(page_id, title))
    return Reading(by_topic)


def files_of(page_id: int) -> list[ReadingFile]:
    """The files of a page by name, without their content."""
    statement = select(ReadingFile).where(ReadingFile.page_id == page_id)
    return list(db.session.scalars(statement.order_by(ReadingFile.name)))


def file(token: str, *, for_staff: bool = False) -> ReadingFile:
    """A file with its content, where its page may be read; raises NotFound."""
    statement = (
        select(ReadingFile)
        .join(ReadingPage, ReadingPage.id == ReadingFile.page_id)
        .join(Contest, Contest.id == ReadingPage.contest_id)
        .where(ReadingFile.token == token)
        .options(undefer(ReadingFile.content))
    )
    if not for_staff:
        statement = statement.where(ReadingPage.published_at.is_not(None), Contest.published_at.is_not(None))
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def visits(contest_id: int) -> dict[int, int]:
    """How often each page of a contest has been opened."""
    rows = db.session.execute(
        select(ReadingVisit.page_id, func.sum(ReadingVisit.visits))
        .join(ReadingPage, ReadingPage.id == ReadingVisit.page_id)
        .where(ReadingPage.contest_id == contest_id)
        .group_by(ReadingVisit.page_id)
    )
    return {page_id: int(count) for page_id, count in rows}
