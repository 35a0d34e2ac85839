"""Every SELECT about what became of units: changes entered and carried out, successors, names of a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from contest.database import db
from contest.errors import NotFound
from contest.rules import unit_changes
from contest.rules.unit_changes import Heirs
from contest.rules.unit_successors import Successor
from contest.units import queries
from contest.units.models import ChangeKind, NameKind, Unit, UnitChange, UnitName, UnitSuccessor


@dataclass(frozen=True)
class Went:
    """A change of a unit with the units it went into, each with its share and whether it takes the people."""

    change: UnitChange
    unit: Unit
    into: list[tuple[Unit, UnitSuccessor]]


def heirs() -> list[Heirs]:
    """Every merger and split that was carried out; two statements."""
    successors: dict[int, list[UnitSuccessor]] = {}
    for row in db.session.scalars(
        select(UnitSuccessor).order_by(UnitSuccessor.change_id, UnitSuccessor.unit_id)
    ):
        successors.setdefault(row.change_id, []).append(row)
    if not successors:
        return []
    statement = select(UnitChange).where(UnitChange.applied_at.is_not(None))
    went = statement.where(UnitChange.kind.in_((ChangeKind.MERGE, ChangeKind.SPLIT)))
    return [_heirs(change, successors.get(change.id, [])) for change in db.session.scalars(went)]


def _heirs(change: UnitChange, successors: list[UnitSuccessor]) -> Heirs:
    taker = next((row.unit_id for row in successors if row.takes_people), None)
    shares = tuple((row.unit_id, row.share) for row in successors)
    return Heirs(change.unit_id, change.effective_on, shares, taker)


@dataclass(frozen=True)
class Ending:
    """The merger or split by which a unit ended, and what it went into."""

    change: UnitChange
    into: tuple[Successor, ...]


def endings() -> dict[int, Ending]:
    """Of every unit that went into others, by its id; two statements."""
    into: dict[int, list[Successor]] = {}
    rows = db.session.execute(
        select(UnitSuccessor.change_id, Unit.code, UnitSuccessor.share, UnitSuccessor.takes_people)
        .join(Unit, Unit.id == UnitSuccessor.unit_id)
        .order_by(UnitSuccessor.change_id, UnitSuccessor.unit_id)
    )
    for change_id, code, share, takes_people in rows:
        into.setdefault(change_id, []).append(Successor(code, share, takes_people))
    went = select(UnitChange).where(
        UnitChange.applied_at.is_not(None), UnitChange.kind.in_((ChangeKind.MERGE, ChangeKind.SPLIT))
    )
    changes = db.session.scalars(went.order_by(UnitChange.id)) if into else ()
    return {change.unit_id: Ending(change, tuple(into.get(change.id, ()))) for change in changes}


def successors_on(day: date) -> dict[int, int]:
    """For units that went into others by this day and whose people were taken over: the unit of the day, by id."""
    return unit_changes.heir_of(heirs(), day)


def names_on(day: date) -> dict[int, str]:
    """The names that units bore on a day where it was not today's, by id."""
    statement = select(UnitName).where(
        UnitName.kind == NameKind.OLD, UnitName.borne_by.is_(None), UnitName.valid_until > day
    )
    # Of several later changes the first one after the day says what the name was.
    latest_first = statement.order_by(UnitName.valid_until.desc(), UnitName.id.desc())
    return {
        name.unit_id: name.name
        for name in db.session.scalars(latest_first)
        if name.valid_from is None or name.valid_from <= day
    }


def of_unit(unit_id: int) -> list[Went]:
    """What happened or will happen to a unit, and what went into it, the latest first."""
    into_it = exists().where(UnitSuccessor.change_id == UnitChange.id, UnitSuccessor.unit_id == unit_id)
    statement = select(UnitChange).where((UnitChange.unit_id == unit_id) | into_it)
    return _went(
        list(db.session.scalars(statement.order_by(UnitChange.effective_on.desc(), UnitChange.id.desc())))
    )


def due(day: date) -> list[Went]:
    """What was entered beforehand and has to be carried out by this day, in order."""
    statement = select(UnitChange).where(UnitChange.applied_at.is_(None), UnitChange.effective_on <= day)
    return _went(list(db.session.scalars(statement.order_by(UnitChange.effective_on, UnitChange.id))))


def any_due(day: date) -> bool:
    """Whether a change waits to be carried out."""
    statement = select(UnitChange.id).where(UnitChange.applied_at.is_(None), UnitChange.effective_on <= day)
    return db.session.scalar(statement.limit(1)) is not None


def planned(change_id: int, unit_id: int) -> UnitChange:
    """A change of this unit that was not carried out yet; raises NotFound."""
    change = db.session.get(UnitChange, change_id)
    if change is None or change.unit_id != unit_id or change.applied_at is not None:
        raise NotFound
    return change


def ended(unit_id: int) -> list[UnitChange]:
    """The merger, split or closing by which a unit came to its end."""
    statement = select(UnitChange).where(
        UnitChange.unit_id == unit_id,
        UnitChange.kind != ChangeKind.RENAME,
        UnitChange.applied_at.is_not(None),
    )
    return list(db.session.scalars(statement))


def _went(changes: list[UnitChange]) -> list[Went]:
    rows = _successors({change.id for change in changes})
    ids = {change.unit_id for change in changes} | {row.unit_id for into in rows.values() for row in into}
    units = queries.by_ids(ids)
    return [
        Went(change, units[change.unit_id], [(units[row.unit_id], row) for row in rows.get(change.id, [])])
        for change in changes
    ]


def _successors(change_ids: Collection[int]) -> dict[int, list[UnitSuccessor]]:
    found: dict[int, list[UnitSuccessor]] = {}
    statement = select(UnitSuccessor).where(UnitSuccessor.change_id.in_(change_ids))
    for row in db.session.scalars(statement.order_by(UnitSuccessor.share.desc(), UnitSuccessor.unit_id)):
        found.setdefault(row.change_id, []).append(row)
    return found


def bearers(unit_id: int) -> list[Unit]:
    """The units that carry the names of one that went into them."""
    ids = select(UnitName.unit_id).where(UnitName.borne_by == unit_id)
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(ids))))


def name_of(unit_id: int, name_id: int) -> UnitName:
    """One of a unit's other names; raises NotFound."""
    found = db.session.get(UnitName, name_id)
    if found is None or found.unit_id != unit_id:
        raise NotFound
    return found
