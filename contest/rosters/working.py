"""Reading and taking in as jobs where a list is long; the same at once where it is short."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete

from contest import jobs
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.jobs import CannotBeDone, Job, Wanted
from contest.rosters import queries, reading, taking
from contest.rosters.models import DraftState, RosterUpload
from contest.web.translations import read_catalogs

READ, TAKE = "roster:read", "roster:take"
# What takes longer than a second or two; nobody should wait for it with an open page.
LARGE_FILE = 300 * 1024
MANY_PEOPLE = 3000


def read_or_ask(upload: RosterUpload, now: Callable[[], datetime], by: tuple[int | None, str]) -> None:
    """Read a short file at once, leave a long one to a job; raises Refusal, and then keeps nothing."""
    if len(upload.content) > LARGE_FILE:
        with write_transaction():
            jobs.ask_for(Wanted(READ, upload.id, upload.contest_id), now(), by)
        return
    try:
        reading.read_upload(upload.id, now, _silent)
    except Refusal:
        with write_transaction():
            _forget(upload.id)
        raise


def take_in_or_ask(upload_id: int, now: Callable[[], datetime], by: tuple[int | None, str]) -> bool:
    """Take a short list in at once, leave a long one to a job; whether it is done."""
    found = queries.draft_counts(upload_id)
    if found[DraftState.NEW] + found[DraftState.CHANGED] > MANY_PEOPLE:
        with write_transaction():
            upload = db.session.get_one(RosterUpload, upload_id)
            jobs.ask_for(Wanted(TAKE, upload_id, upload.contest_id), now(), by)
        return False
    taking.take_in(upload_id, by, now, _silent)
    return True


def job_of(upload_id: int) -> Job | None:
    """The job that reads or takes in this file, the later one where there were both."""
    return jobs.of_subject(TAKE, upload_id) or jobs.of_subject(READ, upload_id)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches work that is over in a moment."""


def run_reading(job: Job, now: Callable[[], datetime]) -> None:
    """Read the file of the job; raises CannotBeDone."""
    try:
        reading.read_upload(job.subject_id, now, lambda done, total: jobs.say(job, done, total, now()))
    except Refusal as refusal:
        source, values = refusal.sentence.source, refusal.sentence.values
        english = read_catalogs("en").gettext(source)
        raise CannotBeDone(str(refusal.sentence), english % values if values else english) from refusal
    with write_transaction():
        jobs.finish(job, now())


def run_taking(job: Job, now: Callable[[], datetime]) -> None:
    """Take the file of the job in."""
    taking.take_in(job.subject_id, job.signature, now, lambda done, total: jobs.say(job, done, total, now()))
    with write_transaction():
        jobs.finish(job, now())


def clear(job: Job) -> None:
    """A file that could not be read is not kept."""
    _forget(job.subject_id)


def _forget(upload_id: int) -> None:
    db.session.execute(delete(RosterUpload).where(RosterUpload.id == upload_id))
