"""Every SELECT about frozen reports, scoped by the unit they are of."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from contest.database import db
from contest.errors import NotFound
from contest.paging import Page, page_of
from contest.reports.freezing import WHOLE
from contest.reports.snapshot_models import ReportSnapshot, SnapshotCount, SnapshotNote, SnapshotUnit
from contest.units.models import Unit


@dataclass(frozen=True)
class Frozen:
    """A snapshot with all its rows, in their order."""

    snapshot: ReportSnapshot
    units: list[SnapshotUnit]
    counts: list[SnapshotCount]
    notes: list[SnapshotNote]


@dataclass(frozen=True)
class Shown:
    """A snapshot with its sum and a page of its units, in their order."""

    snapshot: ReportSnapshot
    total: SnapshotUnit
    page: Page[SnapshotUnit]


def _seen(within: str | None) -> Select[ReportSnapshot]:
    """Those of units in the subtree; the organiser's own only for who sees everything."""
    statement = select(ReportSnapshot)
    if within is None:
        return statement
    mine = select(Unit.id).where(Unit.path.startswith(within, autoescape=True))
    return statement.where(ReportSnapshot.unit_id != WHOLE, ReportSnapshot.unit_id.in_(mine))


def of_call(call_id: int, within: str | None) -> list[ReportSnapshot]:
    """The snapshots of a call, one's own and those of units below, the newest first."""
    statement = _seen(within).where(ReportSnapshot.call_id == call_id)
    return list(
        db.session.scalars(statement.order_by(ReportSnapshot.made_at.desc(), ReportSnapshot.id.desc()))
    )


def _one(snapshot_id: int, within: str | None) -> ReportSnapshot:
    snapshot = db.session.scalar(_seen(within).where(ReportSnapshot.id == snapshot_id))
    if snapshot is None:
        raise NotFound
    return snapshot


def shown(snapshot_id: int, within: str | None, wanted: str | None) -> Shown:
    """What a page of a snapshot shows; raises NotFound."""
    snapshot = _one(snapshot_id, within)
    units = select(SnapshotUnit).where(SnapshotUnit.snapshot_id == snapshot_id)
    total = db.session.scalars(units.order_by(SnapshotUnit.position).limit(1)).one()
    below = units.where(SnapshotUnit.position > total.position).order_by(SnapshotUnit.position)
    return Shown(snapshot, total, page_of(below, wanted))


def frozen(snapshot_id: int, within: str | None) -> Frozen:
    """One snapshot with everything in it, for its files; raises NotFound."""
    return Frozen(
        _one(snapshot_id, within),
        list(
            db.session.scalars(
                select(SnapshotUnit)
                .where(SnapshotUnit.snapshot_id == snapshot_id)
                .order_by(SnapshotUnit.position)
            )
        ),
        list(
            db.session.scalars(
                select(SnapshotCount)
                .where(SnapshotCount.snapshot_id == snapshot_id)
                .order_by(SnapshotCount.position)
            )
        ),
        list(
            db.session.scalars(
                select(SnapshotNote)
                .where(SnapshotNote.snapshot_id == snapshot_id)
                .order_by(SnapshotNote.position)
            )
        ),
    )
