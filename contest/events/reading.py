"""From filled forms of events to what they mean, and back."""

from flask_babel import gettext as _

from contest.contests.moments import typed_moment
from contest.errors import Refusal
from contest.events import queries
from contest.events.actions import EventFacts
from contest.events.forms import EventForm
from contest.events.models import EventKind
from contest.events.queries import EventRow
from contest.units import queries as units
from contest.units.models import Unit
from contest.web.translations import shown


def facts(form: EventForm) -> EventFacts | None:
    """What a valid form says; None when times or host do not fit, with the reason in the form."""
    starts_at, ends_at = form.starts_at.meant, form.ends_at.meant
    if starts_at is None or ends_at is None or ends_at <= starts_at:
        form.ends_at.errors = [_("Giờ kết thúc phải sau giờ bắt đầu.")]
        return None
    try:
        host = units.typed(form.host.data) if form.host.data else None
    except Refusal as refusal:
        form.host.errors = [str(shown(refusal.sentence))]
        return None
    kind = EventKind(form.kind.data)
    leads = bool(form.leads_for_host.data)
    return EventFacts(form.name.data, kind, form.place.data, starts_at, ends_at, host, leads)


def typed_facts(row: EventRow) -> dict[str, object]:
    """An event as its form would have been filled in."""
    event = row.event
    return {
        "name": event.name,
        "kind": event.kind,
        "place": event.place,
        "starts_at": typed_moment(event.starts_at),
        "ends_at": typed_moment(event.ends_at),
        "host": in_one_line(row.host) if row.host else "",
        "leads_for_host": row.door.unit_id is not None,
    }


def in_one_line(unit: Unit) -> str:
    """A unit as suggestions write it, which `units.typed` reads back: "Phường Sen Hồng (P07)"."""
    return f"{unit.name} ({unit.code})"


def own_unit(unit_id: int | None) -> str:
    """What a coordinator will print for first."""
    return in_one_line(units.by_id(unit_id)) if unit_id is not None else ""


def units_named(lines: str, below: bool, within: str | None) -> list[Unit]:
    """The units named one per line, each once, and with `below` those directly under each.

    Raises Refusal that names the first line that is no unit of the subtree.
    """
    found: dict[int, Unit] = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        unit = units.typed(line, within)
        for one in (unit, *(queries.below(unit) if below else ())):
            found[one.id] = one
    return list(found.values())
