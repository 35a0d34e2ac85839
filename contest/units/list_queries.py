"""SELECTs behind lists of units: the levels of the tree, what a search finds, who lacks a headcount."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from contest.database import db
from contest.units.models import Unit
from contest.units.queries import above_in_words, ancestors, found_by, meant, scoped


@dataclass(frozen=True)
class UnitLine:
    """One line of a list: how many units hang directly on it, its path in words, the name that was found."""

    unit: Unit
    children: int
    above: str
    was: str


def children_of(parent_id: int | None, within: str | None = None) -> Select[Unit]:
    """The units directly below one (None: the roots one may see), in alphabetical order."""
    statement = select(Unit).where(Unit.closed_at.is_(None)).order_by(Unit.sort_key, Unit.id)
    if parent_id is None and within is not None:
        return statement.where(Unit.path == within)
    return scoped(statement.where(Unit.parent_id == parent_id), within)


def found(text: str, within: str | None = None) -> Select[Unit]:
    """All units that may be meant by the text, closed ones too, by their own, an old or another name."""
    return scoped(select(Unit).where(meant(text)).order_by(Unit.sort_key, Unit.id), within)


def lines(units: list[Unit], text: str = "") -> list[UnitLine]:
    """These units with what a list says about them; two statements, however many, three after a search."""
    counts = dict(
        db.session.execute(
            select(Unit.parent_id, func.count())
            .where(Unit.parent_id.in_([unit.id for unit in units]), Unit.closed_at.is_(None))
            .group_by(Unit.parent_id)
        ).all()
    )
    known, was = ancestors(units), found_by(units, text)
    return [
        UnitLine(unit, counts.get(unit.id, 0), above_in_words(unit, known), was.get(unit.id, ""))
        for unit in units
    ]


def only_root(within: str | None) -> Unit | None:
    """The unit above all that one may see, where there is exactly one."""
    roots = list(db.session.scalars(children_of(None, within).limit(2)))
    return roots[0] if len(roots) == 1 else None
