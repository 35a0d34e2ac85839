"""Attempts and their answers; the pauses of a round, and who is given more time."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word


class HandedInBy(StrEnum):
    """The person pressed the button, or the time ran out and the program did it."""

    PERSON = "person"
    CLOCK = "clock"


class Attempt(Model):
    """One go at one paper. It keeps the unit and block of its day."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id", "number"),
        CheckConstraint("(handed_in_at IS NULL) = (score IS NULL)", name="marked_when_handed_in"),
        CheckConstraint(
            "handed_in_by IS NULL OR handed_in_by IN ('person', 'clock')", name="handed_in_by_is_a_known_word"
        ),
        # What the clock has to hand in, and what has not been counted yet: both stay small.
        Index(
            "ix_attempts_open_deadline",
            "deadline",
            sqlite_where=text("handed_in_at IS NULL"),
            postgresql_where=text("handed_in_at IS NULL"),
        ),
        Index(
            "ix_attempts_uncounted",
            "round_id",
            sqlite_where=text("handed_in_at IS NOT NULL AND NOT counted"),
            postgresql_where=text("handed_in_at IS NOT NULL AND NOT counted"),
        ),
        Index(None, "entry_id"),
        # What is to be forgotten, for the chore that looks for it.
        Index(
            "ix_attempts_with_origin",
            "started_at",
            sqlite_where=text("network IS NOT NULL OR device IS NOT NULL"),
            postgresql_where=text("network IS NOT NULL OR device IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    # In the address of the attempt: 22 characters nobody can guess.
    token: Mapped[Word] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    number: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"))
    door_id: Mapped[int | None] = mapped_column(ForeignKey("doors.id"))
    # The first question was delivered: the person's clock starts here.
    started_at: Mapped[datetime]
    # Beyond this (and the grace of timing.GRACE) nothing is accepted any more, unless the clock stands still.
    deadline: Mapped[datetime]
    # Since then this attempt's clock stands still; the deadline moves when it goes on.
    paused_at: Mapped[datetime | None]
    # What the deadline holds beyond the minutes of the round.
    extra_seconds: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    handed_in_at: Mapped[datetime | None]
    handed_in_by: Mapped[Word | None]
    # Whole questions right; and how many there were.
    score: Mapped[int | None]
    out_of: Mapped[int]
    # Working time: pauses are not in it.
    duration_seconds: Mapped[int | None]
    # The number predicted, as decimal text ("25980", "87.65432"), exact in both databases.
    prediction: Mapped[Word | None]
    prediction_as_typed: Mapped[Line | None]
    # Made by somebody who has not said who they are: counted, never ranked (see Entry.anonymous).
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # For the board to look at, and gone after a while (evidence.py): which device, from which network.
    device: Mapped[Word | None]
    network: Mapped[Word | None]
    # How often the phone said that its page was left.
    left_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # Already in the tallies.
    counted: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class ClaimedAttempt(Model):
    """A counted attempt whose owner has said since who they are; it waits to be moved to their unit and block.

    Whoever keeps the tallies moves it and takes the row away.
    """

    __tablename__ = "claimed_attempts"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)


class Answer(Model):
    """The newest accepted answer to one question of an attempt.

    `response` is in terms of the bank's choice positions (see rules.grading), whatever order was shown;
    an empty response is an answer taken back. `revision` grows with each tap on the phone. Who has not seen the
    newest one (another tab, another phone) cannot give a newer: see `device` and `replaces`.
    """

    __tablename__ = "answers"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    response: Mapped[Prose]
    revision: Mapped[int]
    flagged: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # The browser it came from, by a number drawn there for this attempt alone; 0 for a plain form.
    device: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # The newest revision that browser had seen stored when the answer was given.
    replaces: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    saved_at: Mapped[datetime]


class Pause(Model):
    """The clock of everybody in a round stood still; without an end it still does."""

    __tablename__ = "pauses"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ends_after_it_began"),
        Index(None, "round_id"),
        Index(
            "uq_pauses_one_at_a_time",
            "round_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    # Shown to the people whose clock stands still.
    reason: Mapped[Line]
    began_at: Mapped[datetime]
    begun_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ExtraTime(Model):
    """More time in a round for one entry, for a unit with all below it, or (neither named) for everybody.

    Whoever is meant by several has their sum.
    """

    __tablename__ = "extra_times"
    __table_args__ = (
        CheckConstraint("entry_id IS NULL OR unit_id IS NULL", name="is_for_one_or_for_a_unit"),
        CheckConstraint("seconds > 0", name="gives_time"),
        Index(None, "round_id"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    seconds: Mapped[int]
    # How it was said, if as a factor: 150 is half as much again.
    percent: Mapped[int | None]
    # For the board; people are not told about each other's.
    reason: Mapped[Line]
    granted_at: Mapped[datetime]
    granted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Handover(Model):
    """A link that carries an attempt to another browser of the same person, once and soon."""

    __tablename__ = "handovers"
    __table_args__ = (Index(None, "attempt_id"),)

    id: Mapped[Id]
    # SHA-256 of what stands in the link; the link itself is not kept.
    secret_hash: Mapped[Line] = mapped_column(unique=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
