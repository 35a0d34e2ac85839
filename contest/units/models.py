"""Units of the tree, what they were called, what became of them, their headcounts, and imported files."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of


class UnitKind(StrEnum):
    """What kind of body a unit is, in the order in which lists show them."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DEPARTMENT = "department"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special_zone"
    HAMLET = "hamlet"
    PARTY = "party"
    PARTY_CELL = "party_cell"
    YOUTH_UNION = "youth_union"
    WOMEN_UNION = "women_union"
    TRADE_UNION = "trade_union"
    UNION_CELL = "union_cell"
    FATHERLAND_FRONT = "fatherland_front"
    SCHOOL = "school"
    PUBLIC_SERVICE = "public_service"
    ENTERPRISE = "enterprise"
    ARMED_FORCES = "armed_forces"
    OFFICE = "office"
    BRANCH = "branch"
    OTHER = "other"


class HeadcountKind(StrEnum):
    """Whom a headcount counts: officials actually present, youth-union members, adult residents."""

    OFFICIALS = "officials"
    YOUTH = "youth"
    RESIDENTS = "residents"


class Unit(Model):
    """One unit. `path` lists its ancestors and itself ("/1/7/31/"), so a subtree is one LIKE."""

    __tablename__ = "units"
    __table_args__ = (
        one_of("kind", UnitKind),
        CheckConstraint("parent_id <> id", name="is_not_its_own_parent"),
        Index(None, "parent_id"),
        Index(None, "path"),
    )

    id: Mapped[Id]
    code: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    kind: Mapped[Word]
    # The block its people usually belong to, offered first when they declare themselves.
    block: Mapped[Word]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    path: Mapped[Prose]
    depth: Mapped[int]
    # Folded, abbreviations spelled out, then every other name: see rules.unit_search.stored_key.
    search_key: Mapped[Prose]
    sort_key: Mapped[Prose]
    # The midnight in Vietnam from which the unit is no more.
    closed_at: Mapped[datetime | None]
    # The path of the unit that carries on one that is no more; kept by units.lineage.
    heir_path: Mapped[Prose | None]


class NameKind(StrEnum):
    """A name the unit (or one that went into it) bore officially, or one that people use."""

    OLD = "old"
    ALIAS = "alias"


class UnitName(Model):
    """Another name of a unit; for an old one the days from and until (not including) which it was borne."""

    __tablename__ = "unit_names"
    __table_args__ = (one_of("kind", NameKind), UniqueConstraint("unit_id", "name"))

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    kind: Mapped[Word]
    name: Mapped[Line]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    # The unit that bore it before it went into this one; None for a name of its own.
    borne_by: Mapped[int | None]


class ChangeKind(StrEnum):
    """What happens to a unit on a day."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"


class UnitChange(Model):
    """Something that happens to a unit on a day; a chore carries out what was entered beforehand."""

    __tablename__ = "unit_changes"
    __table_args__ = (
        one_of("kind", ChangeKind),
        Index(None, "unit_id"),
        Index(None, "effective_on"),
    )

    id: Mapped[Id]
    kind: Mapped[Word]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    effective_on: Mapped[date]
    # The new name of a rename; "" otherwise.
    name: Mapped[Line]
    # The decision it rests on.
    basis: Mapped[Line]
    staff_id: Mapped[int | None]
    actor: Mapped[Line]
    entered_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]


class UnitSuccessor(Model):
    """Into which units a merged or split one went."""

    __tablename__ = "unit_successors"
    __table_args__ = (CheckConstraint("share BETWEEN 0 AND 10000", name="share_is_part_of_the_whole"),)

    change_id: Mapped[int] = mapped_column(
        ForeignKey("unit_changes.id", ondelete="CASCADE"), primary_key=True
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), primary_key=True)
    # Of the headcount, in hundredths of a percent: 6000 is 60 %.
    share: Mapped[int]
    # Whoever took part for the unit that went is counted here when numbers are seen as units are today.
    takes_people: Mapped[bool]


class Headcount(Model):
    """How many people of one kind a unit has from a day on; the newest up to a day is the one in force."""

    __tablename__ = "headcounts"
    __table_args__ = (
        one_of("kind", HeadcountKind),
        CheckConstraint("number >= 0", name="number_is_not_negative"),
        # One number in force a day; those it replaced stay to be seen.
        Index(
            "uq_headcounts_in_force",
            "unit_id",
            "kind",
            "valid_from",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    kind: Mapped[Word]
    number: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[Line]
    note: Mapped[Line] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by: Mapped[Line] = mapped_column(default="")
    # When another number for the very same day took its place; None: it counts.
    replaced_at: Mapped[datetime | None]


class UnitImport(Model):
    """A file of units waiting between preview and confirmation; deleted once it has been taken in."""

    __tablename__ = "unit_imports"

    id: Mapped[Id]
    staff_id: Mapped[int]
    filename: Mapped[Line]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_at: Mapped[datetime]
