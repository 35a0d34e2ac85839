"""Tallies of handed-in attempts. Direct counts only; sums along the tree are made when read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Model


class Participant(Model):
    """A person who handed in at least once in a round, with the attempt that counts for them."""

    __tablename__ = "participants"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"))
    # The attempt that counts by the round's rule (best, last or first).
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    attempts: Mapped[int]


class UnitTally(Model):
    """People and attempts of one unit (0: free individuals) in one block of a round."""

    __tablename__ = "unit_tallies"
    __table_args__ = (CheckConstraint("people <= attempts", name="nobody_without_an_attempt"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"), primary_key=True)
    people: Mapped[int]
    attempts: Mapped[int]


class ScoreTally(Model):
    """How many people of a block have this score as the one that counts."""

    __tablename__ = "score_tallies"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"), primary_key=True)
    score: Mapped[int] = mapped_column(primary_key=True)
    out_of: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[int]


class DoorVisitor(Model):
    """A person who handed in through a door; so that people and attempts per event are both true."""

    __tablename__ = "door_visitors"
    __table_args__ = (UniqueConstraint("door_id", "person_id"),)

    id: Mapped[Id]
    door_id: Mapped[int] = mapped_column(ForeignKey("doors.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    attempts: Mapped[int]


class TallyState(Model):
    """Until when a round has been counted ("số liệu chốt lúc …")."""

    __tablename__ = "tally_states"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    counted_at: Mapped[datetime]
