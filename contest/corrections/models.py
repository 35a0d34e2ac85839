"""Moves of people between units, and which unit each attempt was made for before."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of


class MoveState(StrEnum):
    """Offered to another unit, done (at once or once accepted), or come to nothing."""

    OFFERED = "offered"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class UnitMove(Model):
    """Somebody's entry goes from one unit to another, with what was handed in for the wrong one."""

    __tablename__ = "unit_moves"
    __table_args__ = (
        one_of("state", MoveState),
        CheckConstraint("(state = 'offered') = (decided_at IS NULL)", name="offered_until_decided"),
        # Two offers of one person at a time would answer each other.
        Index(
            "ix_unit_moves_open",
            "entry_id",
            unique=True,
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
        Index(None, "from_unit_id"),
        Index(None, "to_unit_id"),
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    # None: had entered as a free individual.
    from_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    state: Mapped[Word]
    reason: Mapped[Prose]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asker: Mapped[Line]
    decided_at: Mapped[datetime | None]
    decider: Mapped[Line] = mapped_column(default="")
    # How many attempts went with the person.
    attempts: Mapped[int] = mapped_column(default=0)


class AttemptUnit(Model):
    """An attempt that went with a move, and the unit it had been made for (None: no unit)."""

    __tablename__ = "attempt_units"

    move_id: Mapped[int] = mapped_column(ForeignKey("unit_moves.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
