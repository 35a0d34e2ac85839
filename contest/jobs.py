"""Long work that somebody waits for: one row each, found in the data, taken again if its process dies."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, Index, and_, exists, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Id, Line, Model, Prose, Word, db, one_of
from contest.errors import NotFound

# A running job that has said nothing for so long is taken again: its process is gone.
SILENCE = timedelta(minutes=2)
MOST_TRIES = 3


class CannotBeDone(Exception):
    """The work came to an end without a result; both sentences say why and what to do next."""

    def __init__(self, error_vi: str, error_en: str) -> None:
        super().__init__(error_vi)
        self.error_vi, self.error_en = error_vi, error_en


class Superseded(Exception):
    """Another process has taken the job, because this one was silent for too long."""


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Model):
    """One piece of long work.

    `kind` says what, `subject_id` on what, `home_id` where it belongs (for a file to read: its import and
    its bank). What it has done so far must be safe to do again.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("state", JobState),
        CheckConstraint("done >= 0 AND done <= total", name="never_more_than_all"),
        Index(None, "state"),
        Index(None, "kind", "subject_id"),
    )

    id: Mapped[Id]
    kind: Mapped[Word]
    subject_id: Mapped[int]
    home_id: Mapped[int]
    state: Mapped[Word] = mapped_column(default=JobState.WAITING)
    # Pieces of work, once their number is known; 0 of 0 before.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    # Why it failed, one sentence a line.
    error_vi: Mapped[Prose] = mapped_column(default="")
    error_en: Mapped[Prose] = mapped_column(default="")
    # Who asked for it, as the history names people.
    staff_id: Mapped[int | None]
    actor: Mapped[Line]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def signature(self) -> tuple[int | None, str]:
        """How the history names who asked for it."""
        return self.staff_id, self.actor

    @property
    def over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True)
class Wanted:
    """Work to be done."""

    kind: str
    subject_id: int
    home_id: int


def ask_for(wanted: Wanted, now: datetime, by: tuple[int | None, str]) -> Job:
    """Leave work for whichever process has time."""
    job = Job(
        kind=wanted.kind,
        subject_id=wanted.subject_id,
        home_id=wanted.home_id,
        staff_id=by[0],
        actor=by[1][:200],
        created_at=now,
    )
    db.session.add(job)
    db.session.flush()
    return job


def job(job_id: int) -> Job:
    """A job as it stands now; raises NotFound."""
    found = db.session.get(Job, job_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def of_subject(kind: str, subject_id: int) -> Job | None:
    """The newest job of this kind on this subject."""
    return db.session.scalar(
        select(Job)
        .where(Job.kind == kind, Job.subject_id == subject_id)
        .order_by(Job.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def _due(now: datetime) -> ColumnElement[bool]:
    silent = and_(Job.state == JobState.RUNNING, Job.beat_at < now - SILENCE)
    return or_(Job.state == JobState.WAITING, silent)


def any_due(now: datetime) -> bool:
    """Whether a job waits, or its process has died."""
    return db.session.scalar(select(exists().where(_due(now)))) or False


def take(now: datetime) -> Job | None:
    """The oldest job that is due, now this process's; no other process gets it while it says that it lives."""
    oldest = select(Job.id).where(_due(now)).order_by(Job.id).limit(1).scalar_subquery()
    taken = db.session.scalar(
        update(Job)
        .where(Job.id == oldest, _due(now))
        .values(state=JobState.RUNNING, tries=Job.tries + 1, done=0, total=0, started_at=now, beat_at=now)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return None if taken is None else job(taken)


def say(job: Job, done: int, total: int, now: datetime) -> None:
    """How far it is, and that it is alive; raises Superseded."""
    _change(job, done=done, total=total, beat_at=now)


def finish(job: Job, now: datetime) -> None:
    """All of it is done; raises Superseded."""
    _change(job, state=JobState.DONE, done=Job.total, finished_at=now)


def fail(job: Job, why: CannotBeDone, now: datetime) -> None:
    """It came to an end without a result; raises Superseded."""
    values = {"error_vi": why.error_vi, "error_en": why.error_en, "finished_at": now}
    _change(job, state=JobState.FAILED, **values)


def _change(job: Job, **values: object) -> None:
    """`tries` counts who has it: a process that was given up for dead changes nothing any more."""
    mine = (Job.id == job.id, Job.tries == job.tries, Job.state == JobState.RUNNING)
    changed = db.session.scalar(
        update(Job)
        .where(*mine)
        .values(**values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise Superseded
