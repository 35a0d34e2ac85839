"""Units that are no more and those that carry them on: who answers today for what was theirs."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_, select, update

from contest.clock import VIETNAM
from contest.database import db
from contest.errors import NotFound
from contest.rules import unit_changes
from contest.units import change_queries, queries
from contest.units.models import ChangeKind, Unit, UnitChange, UnitSuccessor


def answered_for(unit: type[Unit], within: str) -> ColumnElement[bool]:
    """The condition that a unit lies in a subtree or, being no more, went into a unit that does.

    For what belongs to people (lists, entries): whoever took them over sees them from that day on.
    """
    own, heirs = unit.path, unit.heir_path
    return or_(own.startswith(within, autoescape=True), heirs.startswith(within, autoescape=True))


def closed_from(unit: Unit) -> date | None:
    """The first day on which a unit was no more."""
    return unit.closed_at.astimezone(VIETNAM).date() if unit.closed_at else None


def by_code(code: str, within: str | None) -> Unit:
    """The unit with this code, if whoever sees this subtree answers for it today; raises NotFound."""
    if within is None:
        return queries.by_code(code)
    statement = select(Unit).where(Unit.code == code, answered_for(Unit, within))
    unit = db.session.scalar(statement)
    if unit is None:
        raise NotFound
    return unit


def places(unit_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Where these units stand, by id: their own path and those of the units that each of them went into."""
    units = queries.by_ids(unit_ids)
    found = {unit_id: [unit.path, unit.heir_path] for unit_id, unit in units.items()}
    gone = {unit_id for unit_id, unit in units.items() if unit.closed_at is not None}
    heirs = [heir for heir in change_queries.heirs() if heir.unit_id in gone] if gone else []
    successors = queries.by_ids({unit_id for heir in heirs for unit_id, _share in heir.shares})
    for heir in heirs:
        for unit_id, _share in heir.shares:
            found[heir.unit_id] += [successors[unit_id].path, successors[unit_id].heir_path]
    return {unit_id: tuple(dict.fromkeys(filter(None, paths))) for unit_id, paths in found.items()}


def by_id(unit_id: int, within: str | None) -> Unit:
    """The unit, if whoever sees this subtree answers for it today; raises NotFound."""
    unit = queries.by_id(unit_id)
    if not is_answered_for(unit, within):
        raise NotFound
    return unit


def is_answered_for(unit: Unit, within: str | None) -> bool:
    """What `answered_for` asks, of a unit that has been read."""
    places = (unit.path, unit.heir_path or "")
    return within is None or any(place.startswith(within) for place in places)


def settle() -> None:
    """Have every unit that is no more say which one carries it on, after a change, a move or an import."""
    db.session.flush()
    taken = unit_changes.heir_of(change_queries.heirs(), date.max)
    db.session.execute(
        update(Unit).where(Unit.closed_at.is_(None), Unit.heir_path.is_not(None)).values(heir_path=None)
    )
    closed = db.session.execute(select(Unit.id, Unit.path, Unit.heir_path).where(Unit.closed_at.is_not(None)))
    lines = [(row, unit_changes.carried_on_by(row.path, taken)) for row in closed]
    heirs = queries.by_ids({heir for _row, heir in lines if heir is not None})
    paths = {row.id: heirs[heir].path if heir is not None else None for row, heir in lines}
    wrong = [row.id for row, _heir in lines if row.heir_path != paths[row.id]]
    for unit in queries.by_ids(wrong).values():
        unit.heir_path = paths[unit.id]
    db.session.flush()


def carriers(within: str) -> dict[int, Unit]:
    """For the units that a subtree carries on, by id: the unit of today."""
    gone = carried_on(within)
    ids = {unit.id: carrier_id(unit) for unit in gone}
    units = queries.by_ids({heir_id for heir_id in ids.values() if heir_id is not None})
    return {unit_id: units[heir_id] for unit_id, heir_id in ids.items() if heir_id is not None}


def carrier_id(unit: Unit) -> int | None:
    """Which unit carries on one that is no more; None for a unit in use, and where nobody took its people over."""
    return int(unit.heir_path.strip("/").rpartition("/")[2]) if unit.heir_path else None


def carried_on(within: str) -> list[Unit]:
    """The units that are no more and whose people went into this subtree, by name."""
    went = Unit.heir_path.startswith(within, autoescape=True)
    inside = Unit.path.startswith(within, autoescape=True)
    return list(db.session.scalars(select(Unit).where(went, ~inside).order_by(Unit.sort_key, Unit.id)))


def shared_into(within: str) -> list[Unit]:
    """The units that were split into some of this subtree while nobody took their people over, by name."""
    statement = (
        select(UnitChange.unit_id)
        .join(UnitSuccessor, UnitSuccessor.change_id == UnitChange.id)
        .join(Unit, Unit.id == UnitSuccessor.unit_id)
        .where(UnitChange.kind == ChangeKind.SPLIT, UnitChange.applied_at.is_not(None))
        .where(Unit.path.startswith(within, autoescape=True))
    )
    split = Unit.id.in_(statement)
    whole = ~Unit.path.startswith(within, autoescape=True)
    return list(
        db.session.scalars(
            select(Unit).where(split, whole, Unit.heir_path.is_(None)).order_by(Unit.sort_key, Unit.id)
        )
    )
