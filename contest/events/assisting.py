"""Volunteers' tables: a tablet takes many people in, each a person of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from contest import history
from contest.contests.models import Round
from contest.database import db
from contest.errors import NotFound, Refusal
from contest.events.models import Door, Event, HelpedEntry, HelperLink
from contest.events.queries import EventRow
from contest.language import _
from contest.people import actions as people
from contest.people.actions import Declaration, Entered
from contest.people.queries import WayIn
from contest.permissions import Actor

# People who came before the end still stand in line.
OPEN_AFTER = timedelta(hours=3)
MOST_TABLES = 100


@dataclass(frozen=True)
class Table:
    """A volunteer's table with what it leads into."""

    link: HelperLink
    event: Event
    door: Door
    round: Round


@dataclass(frozen=True)
class TableLine:
    """One table in the organiser's list."""

    link: HelperLink
    people: int


def table(token: str, now: datetime) -> Table:
    """The table behind a link; NotFound for none, Refusal once it is closed or the event is over."""
    row = db.session.execute(_tables().where(HelperLink.token == token)).one_or_none()
    if row is None:
        raise NotFound
    found = Table(*row)
    if found.link.revoked_at is not None or now > found.event.ends_at + OPEN_AFTER:
        raise Refusal(
            _("Bàn hỗ trợ này đã đóng. Cần mở tiếp, hãy nhờ ban tổ chức mở một bàn mới ở trang của sự kiện.")
        )
    return found


def _tables() -> Select[HelperLink, Event, Door, Round]:
    return (
        select(HelperLink, Event, Door, Round)
        .join(Event, Event.id == HelperLink.event_id)
        .join(Door, Door.event_id == Event.id)
        .join(Round, Round.id == Event.round_id)
    )


def tables_of(event_id: int) -> Sequence[TableLine]:
    """The open tables of an event, oldest first, with how many people each has taken in."""
    statement = (
        select(HelperLink, func.count(HelpedEntry.entry_id))
        .outerjoin(HelpedEntry, HelpedEntry.link_id == HelperLink.id)
        .where(HelperLink.event_id == event_id, HelperLink.revoked_at.is_(None))
        .group_by(HelperLink.id)
        .order_by(HelperLink.id)
    )
    return [TableLine(*row) for row in db.session.execute(statement)]


def taken_in(link_id: int) -> int:
    """How many people a table has taken in."""
    return db.session.scalar(select(func.count()).where(HelpedEntry.link_id == link_id)) or 0


def open_table(row: EventRow, label: str, token: str, now: datetime, by: Actor) -> HelperLink:
    """Open a table at an event. `token`: 22 characters nobody can guess."""
    event = row.event
    if now > event.ends_at + OPEN_AFTER:
        raise Refusal(_("Sự kiện đã kết thúc. Muốn hỗ trợ tiếp, hãy sửa giờ kết thúc của sự kiện trước."))
    if len(tables_of(event.id)) >= MOST_TABLES:
        raise Refusal(_("Sự kiện này đã có %(most)s bàn. Hãy đóng bớt bàn không dùng.", most=MOST_TABLES))
    link = HelperLink(token=token, event_id=event.id, label=label, created_at=now, created_by=by.id)
    db.session.add(link)
    db.session.flush()
    history.record(by.signature, "event:helper", ("event", event.id, event.name), now, label)
    return link


def close_table(row: EventRow, link_id: int, now: datetime, by: Actor) -> None:
    """Close a table; its link opens nothing any more. NotFound for a table of another event."""
    link = db.session.scalar(
        select(HelperLink).where(HelperLink.id == link_id, HelperLink.event_id == row.event.id)
    )
    if link is None:
        raise NotFound
    if link.revoked_at is None:
        link.revoked_at = now
        event = row.event
        history.record(by.signature, "event:helper_end", ("event", event.id, event.name), now, link.label)


def take_in(
    at_table: Table, way: WayIn, declared: Declaration, form: str, key: bytes, now: datetime
) -> Entered:
    """Take one more person in: always somebody new, whoever sat there before. Raises people.AlreadyEntered."""
    entered = people.enter(way.contest, declared, None, form, key, now)
    if db.session.get(HelpedEntry, entered.entry.id) is None:
        db.session.add(HelpedEntry(entry_id=entered.entry.id, link_id=at_table.link.id, at=now))
    return entered
