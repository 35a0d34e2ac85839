"""SELECTs about the shape of the tree: what hangs below a unit, and what stands above it."""

from sqlalchemy import func, select

from contest.database import db
from contest.units.models import Unit
from contest.units.queries import ancestors


def count_all(path: str) -> int:
    """How many units a subtree has, closed ones and its top included."""
    below = Unit.path.startswith(path, autoescape=True)
    return db.session.scalar(select(func.count()).select_from(Unit).where(below)) or 0


def some_below(path: str, most: int) -> list[Unit]:
    """The first units below the top of a subtree, from above and by name."""
    below = select(Unit).where(Unit.path.startswith(path, autoescape=True), Unit.path != path)
    return list(db.session.scalars(below.order_by(Unit.depth, Unit.sort_key, Unit.id).limit(most)))


def levels(path: str) -> int:
    """How many levels a subtree has, its top included."""
    depths = select(func.max(Unit.depth) - func.min(Unit.depth) + 1)
    return db.session.scalar(depths.where(Unit.path.startswith(path, autoescape=True))) or 1


def steps(unit: Unit, within: str | None) -> list[tuple[Unit, bool]]:
    """The units above one, the highest first, each with whether it lies in the subtree `within`."""
    known = ancestors([unit])
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    return [(known[above], known[above].path.startswith(within or "/")) for above in ids]


def has_open_children(unit_id: int) -> bool:
    """Whether any open unit hangs directly on this one."""
    statement = select(Unit.id).where(Unit.parent_id == unit_id, Unit.closed_at.is_(None)).limit(1)
    return db.session.scalar(statement) is not None


def open_children(unit_id: int) -> list[Unit]:
    """The open units that hang directly on this one."""
    return list(db.session.scalars(select(Unit).where(Unit.parent_id == unit_id, Unit.closed_at.is_(None))))
