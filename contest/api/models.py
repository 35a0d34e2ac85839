"""Access of other programs to what is not public. Only the hash of a token is kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model


class ApiToken(Model):
    """What one program may read: a unit with all below it, or (no unit) everything, drafts of standings too."""

    __tablename__ = "api_tokens"
    __table_args__ = (
        CheckConstraint("NOT (drafts AND unit_id IS NOT NULL)", name="drafts_are_of_all_units"),
    )

    id: Mapped[Id]
    name: Mapped[Line]
    secret_hash: Mapped[Line] = mapped_column(unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    drafts: Mapped[bool]
    made_at: Mapped[datetime]
    # To the minute: a token that is used all day is written down once a minute.
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
