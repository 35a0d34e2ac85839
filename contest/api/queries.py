"""Every SELECT about access of other programs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from contest.api.models import ApiToken
from contest.database import db
from contest.errors import NotFound
from contest.units.models import Unit


@dataclass(frozen=True)
class Holder:
    """Who asks with a token. `unit_path`: the subtree it is for, as it stands today; None: every unit."""

    token_id: int
    unit_path: str | None
    drafts: bool
    last_used_at: datetime | None


@dataclass(frozen=True)
class TokenLine:
    """One line of the list of tokens."""

    token: ApiToken
    unit_name: str | None


def holder(secret_hash: str) -> Holder | None:
    """Whoever holds the secret behind this hash; None where it is unknown or revoked."""
    row = db.session.execute(
        select(ApiToken.id, Unit.path, ApiToken.drafts, ApiToken.last_used_at)
        .outerjoin(Unit, Unit.id == ApiToken.unit_id)
        .where(ApiToken.secret_hash == secret_hash, ApiToken.revoked_at.is_(None))
    ).one_or_none()
    return None if row is None else Holder(*row)


def token(token_id: int) -> ApiToken:
    """A token, revoked or not; raises NotFound."""
    found = db.session.get(ApiToken, token_id)
    if found is None:
        raise NotFound
    return found


def tokens() -> list[TokenLine]:
    """All tokens, those that work first, the newest first."""
    rows = db.session.execute(
        select(ApiToken, Unit.name)
        .outerjoin(Unit, Unit.id == ApiToken.unit_id)
        .order_by(ApiToken.revoked_at.is_not(None), ApiToken.made_at.desc(), ApiToken.id.desc())
    )
    return [TokenLine(*row) for row in rows]
