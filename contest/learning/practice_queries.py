"""What may be practised on: chosen by the organiser, and on no paper of a round whose keys must be kept."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import selectinload, undefer

from contest.attempts.models import Attempt
from contest.banks.models import (
    Question,
    QuestionPicture,
    QuestionState,
    QuestionTag,
    QuestionVersion,
    VersionPicture,
)
from contest.banks.question_queries import IN_FORCE
from contest.contests.models import Contest, Paper, PaperQuestion, Round
from contest.database import db
from contest.errors import NotFound
from contest.learning.models import PartKind, PracticePart, PracticeSet
from contest.rules.timing import GRACE

Parts = dict[PartKind, frozenset[str]]


@dataclass(frozen=True)
class Offer:
    """A set with its contest and what it is made of."""

    set: PracticeSet
    contest: Contest
    parts: Parts


def open_sets(contest_id: int) -> list[PracticeSet]:
    """The sets of a contest that anybody may practise on, by name."""
    statement = select(PracticeSet).where(
        PracticeSet.contest_id == contest_id, PracticeSet.opened_at.is_not(None)
    )
    return list(db.session.scalars(statement.order_by(PracticeSet.name, PracticeSet.id)))


def sets_of(contest_id: int) -> list[PracticeSet]:
    """All sets of a contest, oldest first."""
    return list(
        db.session.scalars(
            select(PracticeSet).where(PracticeSet.contest_id == contest_id).order_by(PracticeSet.id)
        )
    )


def offer(set_id: int, *, for_staff: bool = False) -> Offer:
    """One set; for others than staff only an open one of a published contest. Raises NotFound."""
    statement = (
        select(PracticeSet, Contest)
        .join(Contest, Contest.id == PracticeSet.contest_id)
        .where(PracticeSet.id == set_id)
    )
    if not for_staff:
        statement = statement.where(PracticeSet.opened_at.is_not(None), Contest.published_at.is_not(None))
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return Offer(row[0], row[1], _parts(set_id))


def _parts(set_id: int) -> Parts:
    found: dict[PartKind, set[str]] = defaultdict(set)
    for part in db.session.scalars(select(PracticePart).where(PracticePart.set_id == set_id)):
        found[PartKind(part.kind)].add(part.value)
    return {kind: frozenset(values) for kind, values in found.items()}


def chosen(one: Offer) -> dict[int, tuple[int, str]]:
    """The approved questions a set chooses, kept-back ones included: question -> version in force, text key."""
    statement = (
        select(Question.id, QuestionVersion.id, QuestionVersion.text_key)
        .join(QuestionVersion, IN_FORCE)
        .where(Question.bank_id == one.set.bank_id, Question.state == QuestionState.APPROVED)
    )
    if PartKind.TOPIC in one.parts:
        statement = statement.where(QuestionVersion.topic.in_(one.parts[PartKind.TOPIC]))
    if PartKind.LEVEL in one.parts:
        statement = statement.where(QuestionVersion.level.in_(one.parts[PartKind.LEVEL]))
    if PartKind.TAG in one.parts:
        tagged = exists().where(
            QuestionTag.question_id == Question.id, QuestionTag.tag.in_(one.parts[PartKind.TAG])
        )
        statement = statement.where(tagged)
    return {row[0]: (row[1], row[2]) for row in db.session.execute(statement)}


def open_to_all(one: Offer, now: datetime) -> dict[int, int]:
    """The questions to practise on now: question -> version in force.

    Kept back: what stands, in whatever version, on a paper of a published round whose keys still matter; and what
    reads the same as such a question, in whatever bank.
    """
    questions, texts = _kept_back(now)
    return {
        question: version
        for question, (version, text) in chosen(one).items()
        if question not in questions and text not in texts
    }


def _kept_back(now: datetime) -> tuple[set[int], set[str]]:
    """Questions and texts of the papers in play (two statements)."""
    # As long as somebody may still answer: after the closing too, with extra time or a clock that was stopped.
    under_way = exists().where(Attempt.round_id == Round.id, Attempt.handed_in_at.is_(None))
    in_play = select(Round.id).where(
        Round.published_at.is_not(None),
        or_(Round.closes_at > now - GRACE, Round.paused_at.is_not(None), under_way),
    )
    rounds = list(db.session.scalars(in_play))
    if not rounds:
        return set(), set()
    versions = (
        select(PaperQuestion.version_id)
        .join(Paper, Paper.id == PaperQuestion.paper_id)
        .where(Paper.round_id.in_(rounds))
        .distinct()
    )
    rows = db.session.execute(
        select(QuestionVersion.question_id, QuestionVersion.text_key).where(QuestionVersion.id.in_(versions))
    ).all()
    return {row[0] for row in rows}, {row[1] for row in rows}


def versions(version_ids: Collection[int]) -> dict[int, QuestionVersion]:
    """These versions with their choices."""
    statement = select(QuestionVersion).where(QuestionVersion.id.in_(version_ids))
    loaded = db.session.scalars(statement.options(selectinload(QuestionVersion.choices)))
    return {version.id: version for version in loaded}


def picture(one: Offer, token: str, now: datetime) -> tuple[str, bytes]:
    """Media type and content of a picture that a question of this set shows; raises NotFound."""
    row = db.session.execute(
        select(QuestionPicture, VersionPicture.version_id)
        .join(VersionPicture, VersionPicture.picture_id == QuestionPicture.id)
        .where(QuestionPicture.token == token)
        .options(undefer(QuestionPicture.content))
    ).all()
    shown: Sequence[int] = list(open_to_all(one, now).values())
    for found, version_id in row:
        if version_id in shown:
            return found.media_type, found.content
    raise NotFound
