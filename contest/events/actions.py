"""What organisers do with events and doors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from contest import history
from contest.contests.models import Round
from contest.database import db
from contest.errors import NotAllowed, Refusal
from contest.events import queries
from contest.events.models import Door, Event, EventKind
from contest.language import _
from contest.permissions import Actor, Permission
from contest.rules import short_codes
from contest.units.models import Unit

MOST_POSTERS = 200


@dataclass(frozen=True)
class EventFacts:
    """What an organiser says about an event. `leads_for_host`: its door offers the host unit first."""

    name: str
    kind: EventKind
    place: str
    starts_at: datetime
    ends_at: datetime
    host: Unit | None
    leads_for_host: bool


def add_event(round_: Round, facts: EventFacts, entropy: bytes, now: datetime, by: Actor) -> Event:
    """Enter an event; its door, with QR and short code, exists from then on."""
    event = Event(round_id=round_.id)
    _take(event, facts)
    db.session.add(event)
    db.session.flush()
    door = _door(round_, facts.name, entropy, now)
    door.event_id, door.unit_id = event.id, _unit_offered(facts)
    db.session.flush()
    history.record(by.signature, "event:add", ("event", event.id, event.name), now, door.code)
    return event


def edit_event(row: queries.EventRow, facts: EventFacts, now: datetime, by: Actor) -> None:
    """Change what is said about an event; its code and QR stay, posters already hang."""
    _take(row.event, facts)
    row.door.label, row.door.unit_id = facts.name, _unit_offered(facts)
    history.record(by.signature, "event:edit", ("event", row.event.id, row.event.name), now)


def _take(event: Event, facts: EventFacts) -> None:
    event.name, event.kind, event.place = facts.name, facts.kind, facts.place
    event.starts_at, event.ends_at = facts.starts_at, facts.ends_at
    event.host_unit_id = facts.host.id if facts.host else None


def _unit_offered(facts: EventFacts) -> int | None:
    return facts.host.id if facts.host and facts.leads_for_host else None


def doors_for_units(
    round_: Round, units: Sequence[Unit], entropy: bytes, now: datetime, by: Actor
) -> list[Door]:
    """One door for each unit into a round, made once: asking again gives the same codes.

    A coordinator may ask for units of their own subtree; others need the right to edit events.
    """
    if not all(_may_open(unit, by) for unit in units):
        raise NotAllowed
    if len(units) > MOST_POSTERS:
        raise Refusal(_("Mỗi lần in tối đa %(most)s áp phích. Hãy chia thành nhiều lần.", most=MOST_POSTERS))
    doors = queries.doors_of_units(round_.id, [unit.id for unit in units])
    missing = [unit for unit in units if unit.id not in doors]
    for unit in missing:
        door = _door(round_, unit.name, entropy + unit.id.to_bytes(8, "big"), now)
        door.unit_id = unit.id
        db.session.flush()
        doors[unit.id] = door
    if missing:
        detail = ", ".join(unit.name for unit in missing)
        history.record(by.signature, "event:doors", ("round", round_.id, round_.name), now, detail)
    return [doors[unit.id] for unit in units]


def _may_open(unit: Unit, by: Actor) -> bool:
    if by.unit_path is not None:
        return unit.path.startswith(by.unit_path)
    return by.may(Permission.EVENT_EDIT)


def _door(round_: Round, label: str, entropy: bytes, now: datetime) -> Door:
    codes = (short_codes.short_code(entropy + bytes([turn])) for turn in count())
    code = next(code for code in codes if not queries.code_is_taken(code))
    door = Door(code=code, round_id=round_.id, label=label, created_at=now)
    db.session.add(door)
    return door
