"""Units of the tree, their headcounts, and the files they were imported from."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of


class UnitKind(StrEnum):
    """What kind of body a unit is, in the order in which lists show them."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    COMMUNE = "commune"
    PARTY = "party"
    YOUTH_UNION = "youth_union"
    WOMEN_UNION = "women_union"
    FATHERLAND_FRONT = "fatherland_front"
    SCHOOL = "school"
    PUBLIC_SERVICE = "public_service"
    ENTERPRISE = "enterprise"
    ARMED_FORCES = "armed_forces"
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
    path: Mapped[Line]
    depth: Mapped[int]
    # Folded, abbreviations spelled out: what an unaccented search looks in.
    search_key: Mapped[Prose]
    sort_key: Mapped[Prose]
    closed_at: Mapped[datetime | None]


class Headcount(Model):
    """How many people of one kind a unit has from a day on; the newest up to a day is the one in force."""

    __tablename__ = "headcounts"
    __table_args__ = (
        one_of("kind", HeadcountKind),
        CheckConstraint("number >= 0", name="number_is_not_negative"),
        UniqueConstraint("unit_id", "kind", "valid_from"),
    )

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    kind: Mapped[Word]
    number: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[Line]
    entered_at: Mapped[datetime]


class UnitImport(Model):
    """A file of units waiting between preview and confirmation; deleted once it has been taken in."""

    __tablename__ = "unit_imports"

    id: Mapped[Id]
    staff_id: Mapped[int]
    filename: Mapped[Line]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_at: Mapped[datetime]
