"""Awards for units: how they are given, and the tables made by it, in versions; a published one never changes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of
from contest.results.models import SheetState
from contest.rules.collective import Measure


class AwardScheme(Model):
    """One set of awards of a contest: which units compete, by what, for how many prizes."""

    __tablename__ = "award_schemes"
    __table_args__ = (
        one_of("measure", Measure),
        CheckConstraint("firsts >= 0 AND seconds >= 0 AND thirds >= 0", name="prizes_are_not_negative"),
    )

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    name: Mapped[Line]
    measure: Mapped[Word]
    # Kinds of units with commas between them; "": those right below the top.
    unit_kinds: Mapped[Line]
    # People of this block alone; None: of all.
    block_id: Mapped[int | None] = mapped_column(ForeignKey("blocks.id", ondelete="CASCADE"))
    # Only units that reached their target compete.
    floor: Mapped[bool]
    first_points: Mapped[int]
    second_points: Mapped[int]
    third_points: Mapped[int]
    firsts: Mapped[int]
    seconds: Mapped[int]
    thirds: Mapped[int]
    consolations: Mapped[int]
    created_at: Mapped[datetime]


class AwardSheet(Model):
    """One version of a table of awards, with the rule in words as it stood."""

    __tablename__ = "award_sheets"
    __table_args__ = (one_of("state", SheetState), UniqueConstraint("scheme_id", "version"))

    id: Mapped[Id]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("award_schemes.id", ondelete="CASCADE"))
    version: Mapped[int]
    state: Mapped[Word]
    name: Mapped[Line]
    measure: Mapped[Word]
    rule_vi: Mapped[Prose]
    rule_en: Mapped[Prose]
    drafted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class AwardLine(Model):
    """One unit's place. All that is printed is copied here; `value` is a fraction such as "155/2"."""

    __tablename__ = "award_lines"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("award_sheets.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int | None]
    prize: Mapped[Word]
    unit_id: Mapped[int]
    unit: Mapped[Line]
    people: Mapped[int]
    headcount: Mapped[int | None]
    right: Mapped[int] = mapped_column("right_count")
    out_of: Mapped[int]
    firsts: Mapped[int]
    seconds: Mapped[int]
    thirds: Mapped[int]
    value: Mapped[Line]
    # Why it is not ranked, see rules.collective.LeftOut; "" where it is.
    left_out: Mapped[Word]
