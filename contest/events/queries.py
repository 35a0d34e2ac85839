"""Every SELECT about events and doors."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from contest.contests.models import Contest, Round
from contest.database import db
from contest.errors import NotFound
from contest.events.models import Door, Event
from contest.rules import declared, short_codes
from contest.units.models import Unit


@dataclass(frozen=True)
class RoundRow:
    """A round in the desk's list, with its contest and how many events lead into it."""

    round: Round
    contest: Contest
    events: int


@dataclass(frozen=True)
class EventRow:
    """An event with its door and the unit that holds it."""

    event: Event
    door: Door
    host: Unit | None


@dataclass(frozen=True)
class DoorRow:
    """A door with all a poster says: its round, contest, and the event or unit it belongs to."""

    door: Door
    round: Round
    contest: Contest
    event: Event | None
    unit: Unit | None


def code_typed(typed: str) -> str:
    """A door's or round's code as it was meant."""
    return declared.code(typed, short_codes.LENGTH)


def door_by_code(code: str) -> Door | None:
    """The door with this code, however it was typed."""
    return db.session.scalar(select(Door).where(Door.code.in_((code, code_typed(code)))))


def door(door_id: int) -> Door | None:
    """The door with this id."""
    return db.session.get(Door, door_id)


def published_round(code: str) -> Round | None:
    """The published round whose own code this is, however it was typed."""
    codes = (code, code_typed(code))
    return db.session.scalar(select(Round).where(Round.code.in_(codes), Round.published_at.is_not(None)))


def published_round_behind(found: Door) -> Round | None:
    """Where a door leads, once that round is published."""
    statement = select(Round).where(Round.id == found.round_id, Round.published_at.is_not(None))
    return db.session.scalar(statement)


def rounds(drafts: bool) -> list[RoundRow]:
    """Rounds, newest contest first, in order; unpublished ones only with `drafts`."""
    newest_first = (Contest.created_at.desc(), Contest.id.desc(), Round.number)
    return [RoundRow(*row) for row in db.session.execute(_rounds(drafts).order_by(*newest_first))]


def round_(round_id: int, drafts: bool) -> RoundRow:
    """One round; raises NotFound, for an unpublished one too unless `drafts`."""
    row = db.session.execute(_rounds(drafts).where(Round.id == round_id)).one_or_none()
    if row is None:
        raise NotFound
    return RoundRow(*row)


def _rounds(drafts: bool) -> Select[Round, Contest, int]:
    counted = select(func.count()).where(Event.round_id == Round.id).scalar_subquery()
    statement = select(Round, Contest, counted).join(Contest, Contest.id == Round.contest_id)
    return statement if drafts else statement.where(Round.published_at.is_not(None))


def events_of(round_id: int, within: str | None) -> list[EventRow]:
    """The events that lead into a round, first to come first; within a subtree those that its units hold."""
    statement = _events(within).where(Event.round_id == round_id).order_by(Event.starts_at, Event.id)
    return [EventRow(*row) for row in db.session.execute(statement)]


def event(event_id: int, within: str | None) -> EventRow:
    """One event; raises NotFound, also outside the subtree."""
    row = db.session.execute(_events(within).where(Event.id == event_id)).one_or_none()
    if row is None:
        raise NotFound
    return EventRow(*row)


def _events(within: str | None) -> Select[Event, Door, Unit]:
    statement = (
        select(Event, Door, Unit)
        .join(Door, Door.event_id == Event.id)
        .outerjoin(Unit, Unit.id == Event.host_unit_id)
    )
    return statement if within is None else statement.where(Unit.path.startswith(within, autoescape=True))


def doors_of_units(round_id: int, unit_ids: Sequence[int]) -> dict[int, Door]:
    """The doors these units already have into a round, by unit."""
    statement = select(Door).where(
        Door.round_id == round_id, Door.event_id.is_(None), Door.unit_id.in_(unit_ids)
    )
    return {one.unit_id: one for one in db.session.scalars(statement) if one.unit_id is not None}


def unit_doors(round_id: int, within: str | None) -> list[DoorRow]:
    """The doors of units into a round, within the subtree, by the name of the unit."""
    statement = _doors(within).where(Door.round_id == round_id, Door.event_id.is_(None))
    return [DoorRow(*row) for row in db.session.execute(statement.order_by(Unit.sort_key))]


def door_rows(door_ids: Sequence[int]) -> list[DoorRow]:
    """These doors, by the name of the unit."""
    statement = _doors(None).where(Door.id.in_(door_ids)).order_by(Unit.sort_key)
    return [DoorRow(*row) for row in db.session.execute(statement)]


def door_for_staff(door_id: int, within: str | None) -> DoorRow:
    """One door; within a subtree only the doors of its units and of what they hold. Raises NotFound."""
    row = db.session.execute(_doors(within).where(Door.id == door_id)).one_or_none()
    if row is None:
        raise NotFound
    return DoorRow(*row)


def below(unit: Unit) -> list[Unit]:
    """The open units directly below this one."""
    statement = select(Unit).where(Unit.parent_id == unit.id, Unit.closed_at.is_(None))
    return list(db.session.scalars(statement.order_by(Unit.sort_key)))


def code_is_taken(code: str) -> bool:
    """Whether a round or door already has this code: both share one space of codes."""
    taken = select(Round.id).where(Round.code == code).union_all(select(Door.id).where(Door.code == code))
    return db.session.execute(taken.limit(1)).first() is not None


def _doors(within: str | None) -> Select[Door, Round, Contest, Event, Unit]:
    host = aliased(Unit)
    statement = (
        select(Door, Round, Contest, Event, Unit)
        .join(Round, Round.id == Door.round_id)
        .join(Contest, Contest.id == Round.contest_id)
        .outerjoin(Event, Event.id == Door.event_id)
        .outerjoin(Unit, Unit.id == Door.unit_id)
        .outerjoin(host, host.id == Event.host_unit_id)
    )
    if within is None:
        return statement
    below = [one.path.startswith(within, autoescape=True) for one in (Unit, host)]
    return statement.where(or_(*below))
