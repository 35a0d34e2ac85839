"""Taking a table of units in as a job where it is large; the same at once where it is small."""

from collections.abc import Callable
from datetime import date, datetime

from contest import jobs
from contest.clock import VIETNAM
from contest.database import db, write_transaction
from contest.errors import Refusal
from contest.jobs import CannotBeDone, Job, Wanted
from contest.units import files, importing, queries
from contest.units.comparing import Difference
from contest.units.models import UnitImport
from contest.web.translations import in_english

KIND = "units:take"
# About two thousand units: what takes longer than a second.
LARGE_FILE = 64 * 1024
# Read, then written: all of it or nothing.
STEPS = 2


def take_in_or_ask(pending: UnitImport, by: tuple[int | None, str], now: datetime) -> Difference | None:
    """Take a small table in at once; leave a large one to a job and answer None."""
    import_id = pending.id
    if len(pending.content) > LARGE_FILE:
        with write_transaction():
            job = job_of(pending)
            if job is None or job.over:
                jobs.ask_for(Wanted(KIND, import_id, import_id), now, by)
        return None
    table = files.read_table(pending.content, queries.open_codes(), _day(now))
    with write_transaction():
        change = importing.take_in(table, by, _day(now), now)
        importing.drop_upload(db.session.get_one(UnitImport, import_id))
    return change


def job_of(pending: UnitImport) -> Job | None:
    """The job that takes this table in, the newest where one failed."""
    job = jobs.of_subject(KIND, pending.id)
    # The number of a table that was taken in may be given again.
    return job if job is not None and job.created_at >= pending.uploaded_at else None


def run(job: Job, now: Callable[[], datetime]) -> None:
    """Take the table of the job in, all of it or nothing; raises CannotBeDone."""
    began = now()
    with write_transaction():
        jobs.say(job, 0, STEPS, began)
    try:
        content = db.session.get_one(UnitImport, job.subject_id).content
        table = files.read_table(content, queries.open_codes(), _day(began))
        with write_transaction():
            jobs.say(job, 1, STEPS, now())
        with write_transaction():
            importing.take_in(table, job.signature, _day(began), now())
            importing.drop_upload(db.session.get_one(UnitImport, job.subject_id))
            jobs.finish(job, now())
    except Refusal as refusal:
        raise CannotBeDone(str(refusal.sentence), in_english(refusal.sentence)) from refusal


def clear(_job: Job) -> None:
    """The file stays: whoever uploaded it looks at it again, or drops it."""


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
