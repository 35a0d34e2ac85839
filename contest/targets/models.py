"""How many people are wanted of a unit: by its size, or of it alone."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Model, Word, one_of
from contest.units.models import UnitKind


class TargetTier(Model):
    """From this size on a unit is to bring a share (hundredths of a percent), a number of people, or both."""

    __tablename__ = "target_tiers"
    __table_args__ = (
        CheckConstraint("from_size >= 0", name="size_is_not_negative"),
        CheckConstraint("share IS NULL OR share BETWEEN 0 AND 10000", name="share_is_part_of_the_whole"),
        CheckConstraint("share IS NOT NULL OR people IS NOT NULL", name="wants_something"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    from_size: Mapped[int] = mapped_column(primary_key=True)
    share: Mapped[int | None]
    people: Mapped[int | None]


class TargetKind(Model):
    """A kind of units for which the tiers hold; none said: every kind below a province or ministry."""

    __tablename__ = "target_kinds"
    __table_args__ = (one_of("kind", UnitKind),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)


class UnitTarget(Model):
    """How many people are wanted of one unit, whatever its tier."""

    __tablename__ = "unit_targets"
    __table_args__ = (CheckConstraint("people >= 0", name="people_are_not_negative"),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), primary_key=True)
    people: Mapped[int]
