"""What the clock makes due: idempotent functions, run in one process at a time, every few seconds."""

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from contest import checkpoints, clock, job_runner
from contest.attempts import due as attempts
from contest.attempts import evidence
from contest.database import Model, Word, db, write_transaction
from contest.duplicates import due as duplicates
from contest.participation import actions as participation
from contest.participation import claims, verified
from contest.people import retention
from contest.results import actions as results
from contest.results import erasing, redrafting
from contest.results import item_actions as items
from contest.rosters import due as rosters
from contest.units import changing as units

log = logging.getLogger(__name__)

EVERY_SECONDS = 3
LEASE = timedelta(seconds=30)

# Each looks in the data for what has become due and does a bounded piece of it. If they stop,
# nothing is wrong, only later.
CHORES: tuple[Callable[[datetime], None], ...] = (
    attempts.hand_in_overdue,
    claims.follow_claims,
    rosters.seek_new,
    duplicates.find_new,
    verified.follow_lists,
    participation.count_new,
    results.draft_closed,
    redrafting.follow_units,
    redrafting.redraft,
    items.analyse_closed,
    checkpoints.move_log,
)
# Looked for once a minute: nobody waits for these.
SELDOM: tuple[Callable[[datetime], None], ...] = (
    retention.erase_expired,
    rosters.forget_expired,
    erasing.forget_erased,
    evidence.forget_origins,
    units.carry_out_due,
)
A_MINUTE = 20  # turns of EVERY_SECONDS


class Lease(Model):
    """Which process runs the chores, and until when the others leave them to it."""

    __tablename__ = "leases"

    name: Mapped[Word] = mapped_column(primary_key=True)
    holder: Mapped[Word]
    until: Mapped[datetime]


def start(app: Flask) -> None:
    """Begin in the background of this process, long work too."""
    holder = f"{os.getpid()}-{secrets.token_hex(4)}"
    threading.Thread(target=_run_forever, args=(app, holder), daemon=True).start()
    job_runner.start(app)


def _run_forever(app: Flask, holder: str) -> None:
    for turn in count(1):
        time.sleep(EVERY_SECONDS)
        try:
            with app.app_context():
                if take_lease(holder, clock.now()):
                    run_once(CHORES if turn % A_MINUTE else CHORES + SELDOM)
        except Exception:
            log.exception("a chore failed and is tried again")


def run_once(chores: Sequence[Callable[[datetime], None]] = CHORES + SELDOM) -> None:
    """Do what is due now. One failing chore does not stop the others."""
    for chore in chores:
        try:
            chore(clock.now())
        except Exception:
            log.exception("chore %s failed and is tried again", chore.__name__)


def take_lease(holder: str, now: datetime) -> bool:
    """Whether this process runs the chores now: it did before, or whoever did has gone silent."""
    try:
        with write_transaction():
            taken = db.session.execute(
                update(Lease)
                .where(Lease.name == "chores", (Lease.holder == holder) | (Lease.until < now))
                .values(holder=holder, until=now + LEASE)
                .returning(Lease.name)
            ).first()
            if taken is None and db.session.get(Lease, "chores") is None:
                db.session.add(Lease(name="chores", holder=holder, until=now + LEASE))
                db.session.flush()
                return True
            return taken is not None
    except IntegrityError:
        return False
