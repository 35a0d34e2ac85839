"""Carrying an attempt from one browser of a person to another: out of an app's own window, say."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from contest.attempts.models import Attempt, Handover
from contest.database import db
from contest.errors import Refusal
from contest.language import _

# Long enough to find an app's menu, short enough that a link left behind opens nothing.
VALID_FOR = timedelta(minutes=10)


class NoLonger(Refusal):
    """The link has been used, is too old, or never was."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            _(
                "Liên kết này đã dùng rồi hoặc đã quá 10 phút. Hãy quay lại trình duyệt cũ và bấm "
                "“Mở bằng trình duyệt khác” lần nữa, hoặc nhập mã quay lại của bạn."
            )
        )


def offer(attempt: Attempt, secret: str, now: datetime) -> None:
    """Make the link good. `secret`: 22 characters nobody can guess. One link at a time leads to an attempt."""
    stale = (Handover.attempt_id == attempt.id) | (Handover.made_at < now - VALID_FOR)
    db.session.execute(delete(Handover).where(stale))
    db.session.add(Handover(secret_hash=_hashed(secret), attempt_id=attempt.id, made_at=now))


def offered(secret: str, now: datetime) -> Attempt:
    """Where the link leads, as long as it is good; looking uses nothing up. Raises NoLonger."""
    found = db.session.scalar(
        select(Attempt).join(Handover, Handover.attempt_id == Attempt.id).where(*_good(secret, now))
    )
    if found is None:
        raise NoLonger
    return found


def take(secret: str, now: datetime) -> Attempt:
    """Use the link up: of two who press at once only one goes on. Raises NoLonger."""
    used = update(Handover).where(*_good(secret, now)).values(used_at=now).returning(Handover.attempt_id)
    attempt_id = db.session.scalar(used)
    if attempt_id is None:
        raise NoLonger
    return db.session.scalars(select(Attempt).where(Attempt.id == attempt_id)).one()


def _good(secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Handover.secret_hash == _hashed(secret),
        Handover.used_at.is_(None),
        Handover.made_at >= now - VALID_FOR,
    )


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
