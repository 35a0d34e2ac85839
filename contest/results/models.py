"""The attempt that counts for each person, sheets in versions, exclusions, and what each question was worth."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of


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


class SheetState(StrEnum):
    """A sheet is drafted, then published or replaced by a newer version; none is ever deleted."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class Sheet(Model):
    """One version of the standings of a round. Published ones are never changed."""

    __tablename__ = "sheets"
    __table_args__ = (one_of("state", SheetState), UniqueConstraint("round_id", "version"))

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    version: Mapped[int]
    state: Mapped[Word]
    drafted_at: Mapped[datetime]
    # Why this version was made ("Loại 1 bài: …").
    reason: Mapped[Prose]
    # The rule in words, in both languages, as it stood when the sheet was made.
    rule_vi: Mapped[Prose]
    rule_en: Mapped[Prose]
    # The ranking chain it was made by, first key first, with commas; see rules.ranking.RankingKey.
    keys: Mapped[Line]
    # The number that was to be predicted, as decimal text; None where nothing was asked.
    actual: Mapped[Word | None]
    people: Mapped[int]
    attempts: Mapped[int]
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # The stamp of the tree (units.tree_stamp) whose names stand on it: another one, and a draft is looked at again.
    tree_stamp: Mapped[int | None] = mapped_column(BigInteger)


class RedraftDue(Model):
    """A round whose standings no longer say who or what is so; its next draft takes the row away."""

    __tablename__ = "redrafts_due"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    # Kept with the sheet.
    reason: Mapped[Prose] = mapped_column(server_default="")


class Standing(Model):
    """One person's place in a block of a sheet. All that the public sees is copied here."""

    __tablename__ = "standings"
    __table_args__ = (
        UniqueConstraint("sheet_id", "block_id", "position"),
        Index(None, "sheet_id", "search_key"),
        Index(None, "entry_id"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id", ondelete="CASCADE"))
    block_id: Mapped[int] = mapped_column(ForeignKey("blocks.id"))
    # The order in the table, from 1; ranks may be shared, positions are not.
    position: Mapped[int]
    # None: takes part without being ranked, or is not all right where only all-right compete.
    rank: Mapped[int | None]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    # The full name, or a masked one without consent to publish.
    name: Mapped[Line]
    unit: Mapped[Line]
    search_key: Mapped[Prose]
    score: Mapped[int]
    out_of: Mapped[int]
    prediction: Mapped[Word | None]
    # |prediction − actual| as decimal text.
    off_by: Mapped[Word | None]
    duration_seconds: Mapped[int]
    handed_in_at: Mapped[datetime]


class Exclusion(Model):
    """An attempt taken out of the standings by the board, with the reason. It still counts as taking part."""

    __tablename__ = "exclusions"

    id: Mapped[Id]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), unique=True)
    reason: Mapped[Prose]
    excluded_at: Mapped[datetime]
    excluded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ItemAnalysis(Model):
    """All questions of a round together, worked out from the attempts that stand on a sheet.

    Figures as in rules.item_analysis.PaperFigures; None where they cannot be computed.
    """

    __tablename__ = "item_analyses"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    # The newest sheet at that time: an exclusion makes a new one, and the figures are worked out again.
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"))
    computed_at: Mapped[datetime]
    people: Mapped[int]
    # Everybody had the same questions, in whatever order; only then is there an alpha.
    same_questions: Mapped[bool]
    mean: Mapped[float | None]
    standard_deviation: Mapped[float | None]
    skewness: Mapped[float | None]
    kurtosis: Mapped[float | None]
    alpha: Mapped[float | None]
    error_ratio: Mapped[float | None]
    standard_error: Mapped[float | None]


class ItemStatistic(Model):
    """One question of a round: figures of those on whose paper it stood."""

    __tablename__ = "item_statistics"
    __table_args__ = (CheckConstraint("right_count + blank <= shown", name="nobody_twice"),)

    round_id: Mapped[int] = mapped_column(
        ForeignKey("item_analyses.round_id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True, index=True)
    shown: Mapped[int]
    right: Mapped[int] = mapped_column("right_count")
    blank: Mapped[int]
    # From 0 to 1; parts of marks count as parts.
    facility: Mapped[float]
    standard_deviation: Mapped[float | None]
    discrimination: Mapped[float | None]
    efficiency: Mapped[float | None]
    # About, see rules.item_analysis.seconds_taken.
    median_seconds: Mapped[int | None]


class ItemChoice(Model):
    """How many people took a choice of the bank (`position` from 0); choices nobody took have no row."""

    __tablename__ = "item_choices"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "version_id"],
            ["item_statistics.round_id", "item_statistics.version_id"],
            ondelete="CASCADE",
        ),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    taken: Mapped[int]
