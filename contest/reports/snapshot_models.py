"""Frozen reports: numbered, as rows, so that the same files come out whatever the numbers do afterwards."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, one_of
from contest.participation.seen_as import View
from contest.reports.models import LetterheadColumns
from contest.rules.official import Body
from contest.rules.reporting import Way


class ReportSnapshot(LetterheadColumns, Model):
    """One frozen report of a unit with all below (unit 0: of everybody), with every word that is printed."""

    __tablename__ = "report_snapshots"
    __table_args__ = (
        one_of("body", Body),
        one_of("view", View),
        UniqueConstraint("call_id", "unit_id", "number"),
    )

    id: Mapped[Id]
    call_id: Mapped[int] = mapped_column(ForeignKey("report_calls.id"))
    unit_id: Mapped[int]
    number: Mapped[int]
    made_at: Mapped[datetime]
    staff_id: Mapped[int]
    actor: Mapped[Line]
    # When the tallies it rests on last changed; None before anything was counted.
    counted_at: Mapped[datetime | None]
    contest_name: Mapped[Line]
    round_name: Mapped[Line]
    call_name: Mapped[Line]
    unit_name: Mapped[Line]
    # By which units people are counted (participation.seen_as.View).
    view: Mapped[Word] = mapped_column(default=View.THEN, server_default=View.THEN)
    # People and attempts of no unit, only where everybody is reported.
    free_people: Mapped[int]
    free_attempts: Mapped[int]
    asked: Mapped[int]
    arrived: Mapped[int]
    approved: Mapped[int]


class SnapshotUnit(Model):
    """A unit's numbers with all below. `level` 0 is the unit that reports."""

    __tablename__ = "snapshot_units"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("report_snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    code: Mapped[Word]
    name: Mapped[Line]
    above: Mapped[Line]
    headcount: Mapped[int | None]
    # People of the units that have a headcount: what the rate is made of.
    measured: Mapped[int]
    online_people: Mapped[int]
    online_attempts: Mapped[int]
    hall_people: Mapped[int]
    hall_attempts: Mapped[int]
    paper_people: Mapped[int]
    paper_attempts: Mapped[int]
    # The state of its report in a word of rules.reporting.State; "" where none was begun.
    state: Mapped[Word]
    asked: Mapped[bool]


class SnapshotCount(Model):
    """A declared count as it stood. `counted` is what was said of the units below (rules.reporting.Covers)."""

    __tablename__ = "snapshot_counts"
    __table_args__ = (one_of("way", Way),)

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("report_snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Word]
    unit_name: Mapped[Line]
    way: Mapped[Word]
    held_on: Mapped[date]
    place: Mapped[Line]
    people: Mapped[int]
    attempts: Mapped[int]
    # How many of them are counted elsewhere already: the sums leave them out.
    repeated: Mapped[int] = mapped_column(server_default="0")
    covers: Mapped[Word]
    # The names of its evidence files and their SHA-256, one a line in the same order; "" without any.
    evidence: Mapped[Prose]
    sha256: Mapped[Prose]


class SnapshotNote(Model):
    """A sentence with which a unit explained a number."""

    __tablename__ = "snapshot_notes"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("report_snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Word]
    unit_name: Mapped[Line]
    kind: Mapped[Word]
    # Which declared count it is about; "" for the report as a whole.
    place: Mapped[Line] = mapped_column(server_default="")
    # The numbers asked about, as rules.report_check keeps them ("120/100").
    about: Mapped[Line]
    text: Mapped[Prose]
