"""Events and doors: each door is one QR code, one short code, one address."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Word, one_of


class EventKind(StrEnum):
    """What kind of gathering it is."""

    LAUNCH = "launch"
    CONFERENCE = "conference"
    TALK = "talk"
    FESTIVAL = "festival"
    MEETING = "meeting"
    STALL = "stall"
    OTHER = "other"


class Event(Model):
    """A gathering at a place and time whose people are led into a round."""

    __tablename__ = "events"
    __table_args__ = (
        one_of("kind", EventKind),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        Index(None, "round_id"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    name: Mapped[Line]
    kind: Mapped[Word]
    place: Mapped[Line]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    host_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))


class Door(Model):
    """A way into a round: an event's QR, a unit's poster. Attempts remember the door they came through."""

    __tablename__ = "doors"
    __table_args__ = (Index(None, "round_id"), Index(None, "event_id"))

    id: Mapped[Id]
    # Six unambiguous characters, unique together with the codes of rounds.
    code: Mapped[Word] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    # Pre-filled on the form, and changeable there.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    label: Mapped[Line]
    created_at: Mapped[datetime]


class HelperLink(Model):
    """A volunteer's table at an event: a link that lets one tablet take many people in, one after the other.

    Whoever has it can do nothing else. It holds until the event is over (see `assisting.OPEN_AFTER`).
    """

    __tablename__ = "helper_links"
    __table_args__ = (Index(None, "event_id"),)

    id: Mapped[Id]
    # In the address: 22 characters nobody can guess.
    token: Mapped[Word] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    # Who helps, or which table: "Bàn 2, chị Lan".
    label: Mapped[Line]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    revoked_at: Mapped[datetime | None]


class HelpedEntry(Model):
    """At which table somebody was taken in."""

    __tablename__ = "helped_entries"
    __table_args__ = (Index(None, "link_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("helper_links.id"))
    at: Mapped[datetime]
