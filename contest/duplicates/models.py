"""Pairs that may be one person, merges with all that is needed to undo them, and sheets that wait for a new draft."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Word, one_of
from contest.rules.duplicates import Likeness


class PairState(StrEnum):
    """Waits for a look, is two people, or is one and was merged."""

    OPEN = "open"
    DIFFERENT = "different"
    MERGED = "merged"


class DuplicatePair(Model):
    """Two entries of a contest that may be one person. `first_id` entered earlier, or has the lower number."""

    __tablename__ = "duplicate_pairs"
    __table_args__ = (
        one_of("state", PairState),
        one_of("likeness", Likeness),
        CheckConstraint("first_id < second_id", name="has_one_order"),
        UniqueConstraint("first_id", "second_id"),
        Index(None, "second_id"),
        Index(None, "contest_id", "state", "likeness", "id"),
    )

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    likeness: Mapped[Word]
    state: Mapped[Word]
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settler: Mapped[Line] = mapped_column(default="")


class EntryMerge(Model):
    """One entry merged into another, once; an undone merge stays as what it was."""

    __tablename__ = "entry_merges"
    __table_args__ = (
        Index(
            "uq_entry_merges_once_at_a_time",
            "pair_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    pair_id: Mapped[int] = mapped_column(ForeignKey("duplicate_pairs.id", ondelete="CASCADE"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    gone_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    merged_at: Mapped[datetime]
    merger: Mapped[Line]
    undone_at: Mapped[datetime | None]
    undoer: Mapped[Line] = mapped_column(default="")


class MergedAttempt(Model):
    """An attempt that went along with a merge, and its number among the attempts of its first person."""

    __tablename__ = "merged_attempts"

    merge_id: Mapped[int] = mapped_column(ForeignKey("entry_merges.id", ondelete="CASCADE"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int]
