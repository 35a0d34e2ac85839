"""The picture behind an address, for those who may see the question that it belongs to."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import undefer

from contest.banks.models import QuestionPicture, VersionPicture
from contest.contests.models import Paper, PaperQuestion, Round
from contest.database import db
from contest.errors import NotFound


def picture(token: str, now: datetime, for_staff: bool) -> tuple[str, bytes]:
    """Media type and content. Staff see every picture, others those of a round that has opened; else NotFound."""
    opened = (
        exists()
        .where(VersionPicture.picture_id == QuestionPicture.id)
        .where(PaperQuestion.version_id == VersionPicture.version_id)
        .where(Paper.id == PaperQuestion.paper_id)
        .where(Round.id == Paper.round_id, Round.published_at.is_not(None), Round.opens_at <= now)
    )
    statement = (
        select(QuestionPicture)
        .where(QuestionPicture.token == token)
        .options(undefer(QuestionPicture.content))
    )
    found = db.session.scalar(statement if for_staff else statement.where(opened))
    if found is None:
        raise NotFound
    return found.media_type, found.content
