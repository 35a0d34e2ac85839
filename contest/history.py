"""Who did what, when, to what: one table, written in the same transaction as the act itself."""

from datetime import datetime

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped

from contest.database import Id, Line, Model, Prose, Word, db


class HistoryEntry(Model):
    """One act of one staff member. Names are kept as they were, so that the line stays readable."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "subject_kind", "subject_id"), Index(None, "at"))

    id: Mapped[Id]
    at: Mapped[datetime]
    # None when the program itself acted (a chore, a command on the server).
    staff_id: Mapped[int | None]
    actor: Mapped[Line]
    act: Mapped[Word]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    subject: Mapped[Line]
    detail: Mapped[Prose]


PROGRAM = (None, "Hệ thống")


def record(
    by: tuple[int | None, str],
    act: str,
    subject: tuple[str, int, str],
    now: datetime,
    detail: str = "",
) -> None:
    """Write one line. `by` is (staff id, name), `act` is like "bank:import", `subject` (kind, id, name)."""
    kind, subject_id, name = subject
    db.session.add(
        HistoryEntry(
            at=now,
            staff_id=by[0],
            actor=by[1][:200],
            act=act,
            subject_kind=kind,
            subject_id=subject_id,
            subject=name[:200],
            detail=detail,
        )
    )


def newest(act: str = "", actor: str = "") -> Select[HistoryEntry]:
    """Newest first; narrowed to one kind of act ("bank:" takes all of them) or one person's name."""
    statement = select(HistoryEntry).order_by(HistoryEntry.at.desc(), HistoryEntry.id.desc())
    if act:
        statement = statement.where(HistoryEntry.act.startswith(act, autoescape=True))
    if actor:
        statement = statement.where(HistoryEntry.actor.contains(actor, autoescape=True))
    return statement
