"""Every SELECT about moves between units; scoped by the path of the unit that gives or takes."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from contest.attempts.models import Attempt
from contest.contests.models import Contest, Round
from contest.corrections.models import MoveState, UnitMove
from contest.database import db
from contest.errors import NotFound
from contest.people.models import Entry
from contest.units.lineage import answered_for
from contest.units.models import Unit

_Giving, _Taking = aliased(Unit), aliased(Unit)
MOST_LINES = 100


@dataclass(frozen=True)
class MoveRow:
    """A move with whom it is about; `giving` None: a free individual until now."""

    move: UnitMove
    entry: Entry
    contest: Contest
    taking: Unit
    giving: Unit | None


def _rows() -> Select[UnitMove, Entry, Contest, Unit, Unit]:
    return (
        select(UnitMove, Entry, Contest, _Taking, _Giving)
        .join(Entry, Entry.id == UnitMove.entry_id)
        .join(Contest, Contest.id == Entry.contest_id)
        .join(_Taking, _Taking.id == UnitMove.to_unit_id)
        .outerjoin(_Giving, _Giving.id == UnitMove.from_unit_id)
    )


def _takes(within: str | None) -> list[ColumnElement[bool]]:
    return [] if within is None else [answered_for(_Taking, within)]


def _gives(within: str | None) -> list[ColumnElement[bool]]:
    return [] if within is None else [answered_for(_Giving, within)]


def offered_to(within: str | None) -> list[MoveRow]:
    """Offers that wait for somebody who answers for the taking unit, the oldest first."""
    statement = _rows().where(UnitMove.state == MoveState.OFFERED, *_takes(within))
    found = db.session.execute(statement.order_by(UnitMove.id).limit(MOST_LINES))
    return [MoveRow(*row) for row in found]


def count_offered_to(within: str) -> int:
    """How many offers wait for a subtree; one statement."""
    statement = (
        select(func.count())
        .select_from(UnitMove)
        .join(_Taking, _Taking.id == UnitMove.to_unit_id)
        .where(UnitMove.state == MoveState.OFFERED, *_takes(within))
    )
    return db.session.scalar(statement) or 0


def log(within: str | None) -> list[MoveRow]:
    """Moves from or to a subtree, the newest first."""
    statement = _rows()
    if within is not None:
        statement = statement.where(or_(*_takes(within), *_gives(within)))
    found = db.session.execute(statement.order_by(UnitMove.id.desc()).limit(MOST_LINES))
    return [MoveRow(*row) for row in found]


def to_decide(move_id: int, within: str | None) -> UnitMove:
    """An offer to a unit of the subtree; raises NotFound."""
    return _one(_rows().where(UnitMove.id == move_id, *_takes(within)))


def to_withdraw(move_id: int, within: str | None) -> UnitMove:
    """An offer that a unit of the subtree made; raises NotFound."""
    return _one(_rows().where(UnitMove.id == move_id, *_gives(within)))


def _one(statement: Select[UnitMove, Entry, Contest, Unit, Unit]) -> UnitMove:
    row = db.session.execute(statement.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound
    move: UnitMove = row[0]
    return move


def open_offer(entry_id: int) -> UnitMove | None:
    """The offer of this entry that nobody has answered yet."""
    return db.session.scalar(
        select(UnitMove).where(UnitMove.entry_id == entry_id, UnitMove.state == MoveState.OFFERED)
    )


def attempts_for(entry: Entry) -> list[Attempt]:
    """What the entry has begun or handed in for the unit it stands in now."""
    unit = Attempt.unit_id.is_(None) if entry.unit_id is None else Attempt.unit_id == entry.unit_id
    return list(
        db.session.scalars(select(Attempt).where(Attempt.entry_id == entry.id, unit).order_by(Attempt.id))
    )


def attempts_by_round(entry: Entry) -> list[tuple[Round, int]]:
    """How many attempts would go with a move, by round."""
    unit = Attempt.unit_id.is_(None) if entry.unit_id is None else Attempt.unit_id == entry.unit_id
    statement = (
        select(Round, func.count())
        .join(Attempt, Attempt.round_id == Round.id)
        .where(Attempt.entry_id == entry.id, unit)
        .group_by(Round.id)
        .order_by(Round.opens_at, Round.id)
    )
    return [(round_, count) for round_, count in db.session.execute(statement)]
