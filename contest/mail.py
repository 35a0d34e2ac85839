"""Letters by e-mail: a table of what is to be sent, and a job that sends it where a mail server is set."""

import smtplib
import ssl
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from flask import current_app
from sqlalchemy import CheckConstraint, Index, Select, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from contest import jobs
from contest.database import Id, Line, Model, Prose, Word, db, write_transaction
from contest.jobs import CannotBeDone, Job, Wanted
from contest.settings import Settings, Smtp

KIND = "mail:send"
# A letter the server does not take is tried so often, each time the sending is asked for or begun again.
MOST_TRIES = 3
SECONDS = 20

UNREACHED = CannotBeDone(
    "Chưa gửi được thư: máy chủ thư không trả lời hoặc không nhận. Hãy báo quản trị xem các mục SMTP_, rồi gửi lại; "
    "thư chưa gửi vẫn được giữ.",
    "The mail server does not answer or refuses. Ask the administrator to look at the SMTP_ settings, then send "
    "again; letters not sent yet are kept.",
)


class Letter(Model):
    """One letter to one address. `purpose` and `subject_id`: what it belongs to ("report:remind", a call)."""

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("tries >= 0", name="tries_are_counted"),
        Index(None, "purpose", "subject_id"),
        Index(None, "sent_at"),
    )

    id: Mapped[Id]
    purpose: Mapped[Word]
    subject_id: Mapped[int]
    unit_id: Mapped[int | None]
    address: Mapped[Line]
    title: Mapped[Line]
    text: Mapped[Prose]
    # Chosen once: a letter that is sent twice after a crash is one letter to the mail program.
    message_id: Mapped[Line]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    # What the server said when it did not take it.
    fault: Mapped[Line] = mapped_column(default="")


@dataclass(frozen=True)
class Draft:
    """A letter to be written."""

    unit_id: int | None
    address: str
    title: str
    text: str


def smtp() -> Smtp | None:
    """The mail server of this installation, if one is set."""
    chosen: Settings = current_app.config["SETTINGS"]
    return chosen.smtp


def post(
    purpose: str, subject_id: int, drafts: Iterable[Draft], now: datetime, by: tuple[int | None, str]
) -> Job:
    """Leave letters for the next process that has time; call inside a transaction."""
    rows = [
        {
            "purpose": purpose,
            "subject_id": subject_id,
            "unit_id": draft.unit_id,
            "address": draft.address,
            "title": draft.title[:200],
            "text": draft.text,
            "message_id": make_msgid(domain="hoi-thi.invalid"),
            "created_at": now,
        }
        for draft in drafts
    ]
    db.session.execute(insert(Letter), rows)
    return jobs.ask_for(Wanted(KIND, subject_id, subject_id), now, by)


def written(purpose: str, subject_id: int, unit_ids: Collection[int]) -> dict[int, datetime]:
    """When each of some units was last written to."""
    rows = db.session.execute(
        select(Letter.unit_id, func.max(Letter.created_at))
        .where(
            Letter.purpose == purpose,
            Letter.subject_id == subject_id,
            Letter.unit_id.in_(unit_ids),
        )
        .group_by(Letter.unit_id)
    )
    return {unit_id: at for unit_id, at in rows if unit_id is not None}


def written_since(purpose: str, subject_id: int, since: datetime) -> Select[int | None]:
    """The units that were written to after a moment."""
    return select(Letter.unit_id).where(
        Letter.purpose == purpose,
        Letter.subject_id == subject_id,
        Letter.unit_id.is_not(None),
        Letter.created_at > since,
    )


def counts(purpose: str, subject_id: int) -> tuple[int, int, int]:
    """How many letters were sent, wait, and were given up."""
    waiting = func.count().filter(Letter.sent_at.is_(None), Letter.tries < MOST_TRIES)
    given_up = func.count().filter(Letter.sent_at.is_(None), Letter.tries >= MOST_TRIES)
    row = db.session.execute(
        select(func.count(Letter.sent_at), waiting, given_up).where(
            Letter.purpose == purpose, Letter.subject_id == subject_id
        )
    ).one()
    return row[0], row[1], row[2]


def run(job: Job, clock: Callable[[], datetime]) -> None:
    """Send what waits, letter by letter, never inside a transaction; each is noted as soon as it is taken."""
    chosen = smtp()
    waiting = _waiting()
    if chosen is None or not waiting:
        _finish(job, clock)
        return
    try:
        with closing(_connected(chosen)) as server:
            for done, letter_id in enumerate(waiting, start=1):
                _send(server, chosen, letter_id, clock)
                with write_transaction():
                    jobs.say(job, done, len(waiting), clock())
            server.quit()
    except (OSError, smtplib.SMTPException) as why:
        raise UNREACHED from why
    _finish(job, clock)


def clear(job: Job) -> None:
    """Letters stay as they are: the next sending takes those that wait."""


def _finish(job: Job, clock: Callable[[], datetime]) -> None:
    with write_transaction():
        jobs.finish(job, clock())


def _waiting() -> list[int]:
    statement = select(Letter.id).where(Letter.sent_at.is_(None), Letter.tries < MOST_TRIES)
    found = list(db.session.scalars(statement.order_by(Letter.id)))
    db.session.rollback()
    return found


def _connected(chosen: Smtp) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if chosen.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(chosen.host, chosen.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(chosen.host, chosen.port, timeout=SECONDS)
    if chosen.security == "starttls":
        server.starttls(context=context)
    if chosen.user:
        server.login(chosen.user, chosen.password)
    return server


def _send(server: smtplib.SMTP, chosen: Smtp, letter_id: int, clock: Callable[[], datetime]) -> None:
    letter = db.session.get_one(Letter, letter_id)
    message = as_message(letter, chosen.sender)
    db.session.rollback()
    changed: dict[str, Any]
    try:
        server.send_message(message)
        changed = {"sent_at": clock(), "fault": ""}
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
        server.rset()
        changed = {"fault": str(refused)[:200]}
    with write_transaction():
        kept = db.session.get_one(Letter, letter_id)
        kept.tries += 1
        for name, value in changed.items():
            setattr(kept, name, value)


def as_message(letter: Letter, sender: str) -> EmailMessage:
    """The letter as mail programs read it."""
    message = EmailMessage()
    message["From"], message["To"] = sender, letter.address
    message["Subject"] = " ".join(letter.title.split())
    message["Date"], message["Message-ID"] = format_datetime(letter.created_at), letter.message_id
    # Holiday notices and lists do not answer it.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
