"""Takes up long work that waits: each process looks for it and lets a process of its own do it."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from contest import clock, jobs, mail
from contest.banks import reading
from contest.database import db, write_transaction
from contest.jobs import CannotBeDone, Job, Superseded
from contest.rosters import working as rosters
from contest.units import working as units

log = logging.getLogger(__name__)

EVERY_SECONDS = 2
COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "jobs")


@dataclass(frozen=True)
class Work:
    """One kind of long work. Both parts may be done again; `clear` leaves nothing half-done behind."""

    run: Callable[[Job, Callable[[], datetime]], None]
    clear: Callable[[Job], None]


WORK = {
    reading.KIND: Work(reading.run, reading.clear),
    rosters.READ: Work(rosters.run_reading, rosters.clear),
    rosters.TAKE: Work(rosters.run_taking, rosters.clear),
    units.KIND: Work(units.run, units.clear),
    mail.KIND: Work(mail.run, mail.clear),
}
BROKEN = CannotBeDone(
    "Việc này bị gián đoạn do lỗi ngoài dự kiến. Hãy làm lại; nếu vẫn vậy, hãy báo quản trị.",
    "An unexpected error broke this work off. Try again; if it stays so, tell the administrator.",
)


def start(app: Flask) -> None:
    """Begin to look for work in the background of this process."""
    threading.Thread(target=_look_forever, args=(app,), daemon=True).start()


def _look_forever(app: Flask) -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        try:
            with app.app_context():
                due = jobs.any_due(clock.now())
            if due:
                # A process of its own: phones are answered meanwhile, and it may run out of memory alone.
                subprocess.run(COMMAND, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
        except Exception:
            log.exception("looking for work failed and is tried again")


def run_due() -> None:
    """Do one job after the other until none is due."""
    while (job := _taken()) is not None:
        try:
            _do(job)
        except Superseded:
            log.warning("job %s was taken over by another process", job.id)


def _taken() -> Job | None:
    with write_transaction():
        job = jobs.take(clock.now())
        if job is not None:
            db.session.expunge(job)
    return job


def _do(job: Job) -> None:
    work = WORK[job.kind]
    try:
        if job.tries > jobs.MOST_TRIES:
            raise BROKEN
        work.run(job, clock.now)
    except CannotBeDone as why:
        _give_up(job, work, why)
    except Superseded:
        raise
    except Exception:
        log.exception("job %s failed", job.id)
        _give_up(job, work, BROKEN)


def _give_up(job: Job, work: Work, why: CannotBeDone) -> None:
    with write_transaction():
        jobs.fail(job, why, clock.now())
        work.clear(job)
