"""What is done with access of other programs: make, use, revoke."""

import hashlib
import secrets
from datetime import datetime, timedelta

from contest import history
from contest.api import queries
from contest.api.models import ApiToken
from contest.api.queries import Holder
from contest.database import db
from contest.errors import Refusal
from contest.language import _
from contest.permissions import Actor

NOTED_EVERY = timedelta(minutes=1)


class NoToken(Refusal):
    """The address needs a token, and none that works came with the question."""

    status = 401


def make(name: str, unit_id: int | None, drafts: bool, now: datetime, by: Actor) -> str:
    """Give a program access; returns the secret, which is shown once. Raises Refusal for drafts of one unit."""
    if drafts and unit_id is not None:
        raise Refusal(
            _("Bảng xếp hạng chưa công bố là của mọi đơn vị. Hãy để trống đơn vị, hoặc bỏ chọn mục này.")
        )
    secret = secrets.token_urlsafe(32)
    token = ApiToken(name=name, secret_hash=_hash(secret), unit_id=unit_id, drafts=drafts, made_at=now)
    db.session.add(token)
    db.session.flush()
    history.record(by.signature, "token:make", ("token", token.id, name), now)
    return secret


def holder_of(secret: str) -> Holder:
    """Who asks with this secret; raises NoToken where it is empty, unknown or revoked."""
    found = queries.holder(_hash(secret)) if secret else None
    if found is None:
        raise NoToken(
            _(
                "Địa chỉ này cần mã truy cập còn hiệu lực. Hãy xin quản trị một mã và gửi kèm trong Authorization."
            )
        )
    return found


def is_to_be_noted(holder: Holder, now: datetime) -> bool:
    """Whether the use is worth a write: the first one, or a minute after the last one noted."""
    return holder.last_used_at is None or now - holder.last_used_at >= NOTED_EVERY


def note_use(holder: Holder, now: datetime) -> None:
    """Write down that a token was used."""
    queries.token(holder.token_id).last_used_at = now


def revoke(token_id: int, now: datetime, by: Actor) -> None:
    """The token works no more; again changes nothing."""
    token = queries.token(token_id)
    if token.revoked_at is None:
        token.revoked_at = now
        history.record(by.signature, "token:revoke", ("token", token.id, token.name), now)


def _hash(secret: str) -> str:
    # Long and random already: a slow hash would only slow down every question.
    return hashlib.sha256(secret.encode()).hexdigest()
