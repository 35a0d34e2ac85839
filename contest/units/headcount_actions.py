"""Headcounts: entered from a day on; a number for the very same day takes another's place, which stays."""

from dataclasses import dataclass
from datetime import date, datetime

from contest import history
from contest.bulk import insert_rows
from contest.database import db
from contest.permissions import Actor
from contest.units import headcount_queries
from contest.units.models import Headcount, HeadcountKind, Unit

# How many people, per (unit id, kind of headcount).
Numbers = dict[tuple[int, str], int]


@dataclass(frozen=True)
class Said:
    """Where a number comes from, what is to be noted about it, and who entered it."""

    source: str
    note: str = ""
    by: str = ""


def put(numbers: Numbers, day: date, said: Said, now: datetime) -> None:
    """Enter numbers from a day on."""
    for headcount in headcount_queries.headcounts_from(day, {unit_id for unit_id, _kind in numbers}).values():
        if (headcount.unit_id, headcount.kind) in numbers:
            headcount.replaced_at = now
    db.session.flush()
    # Straight into the table: an object for each of fifty thousand numbers would cost more than the numbers.
    values = {
        "valid_from": day,
        "source": said.source[:200],
        "note": said.note[:200],
        "entered_at": now,
        "entered_by": said.by[:200],
    }
    lines = [
        {"unit_id": unit_id, "kind": kind, "number": number, **values}
        for (unit_id, kind), number in numbers.items()
    ]
    insert_rows(Headcount, lines)


def enter(
    unit: Unit, kind: HeadcountKind, number: int, day: date, said: Said, actor: Actor, now: datetime
) -> None:
    """A unit has so many people of a kind from a day on; earlier numbers stay as they were."""
    put({(unit.id, kind): number}, day, said, now)
    detail = f"{kind}: {number} từ {day:%d/%m/%Y} · {said.source}"
    history.record(actor.signature, "unit:headcount", ("unit", unit.id, unit.name), now, detail)
