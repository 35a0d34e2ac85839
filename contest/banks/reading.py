"""Reading a large file as a job: stored at once, read and compared aside, its draft shown when it is whole."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete

from contest import jobs
from contest.banks import draft_actions, draft_queries, pictures, queries, question_queries
from contest.banks.actions import Signature
from contest.banks.draft_actions import Examined, File
from contest.banks.formats.old_word import can_convert
from contest.banks.formats.unreadable import Unreadable
from contest.banks.models import Bank, BankImport, DraftQuestion
from contest.database import db, write_transaction
from contest.jobs import CannotBeDone, Job, Wanted

KIND = "bank:read"
LARGE_FILE = 2 * 1024 * 1024
LARGE_BANK = 3000
A_PART = 500


def takes_long(file: File, in_bank: int) -> bool:
    """Whether somebody should not wait for it with an open page; `in_bank` counts the bank's questions."""
    old_word = file.name.lower().endswith(".doc") and can_convert()
    return len(file.content) > LARGE_FILE or in_bank > LARGE_BANK or old_word


def ask_for(bank: Bank, file: File, now: datetime, by: Signature) -> Job:
    """Store the file and leave its reading to whichever process has time."""
    upload = draft_actions.store(bank, file, now, by)
    return jobs.ask_for(Wanted(KIND, upload.id, bank.id), now, by)


def job_of(import_id: int) -> Job | None:
    """The job that reads this file, where one does or did."""
    return jobs.of_subject(KIND, import_id)


def run(job: Job, now: Callable[[], datetime]) -> None:
    """Read the file of the job into a draft; raises CannotBeDone. What an earlier try wrote is thrown away."""
    examined = _examined(job, now)
    prepared, total, done = draft_actions.prepare(examined), examined.bank.found, 0
    with write_transaction():
        jobs.say(job, 0, total, now())
        shown = pictures.ids_from(job.subject_id)
        db.session.execute(delete(DraftQuestion).where(DraftQuestion.import_id == job.subject_id))
        pictures.drop_unused(shown)
    for part in prepared.parts(A_PART):
        with write_transaction():
            done += len(part.drafts)
            jobs.say(job, done, total, now())
            draft_actions.insert_drafts(job.subject_id, part)
    with write_transaction():
        jobs.finish(job, now())
        upload = draft_queries.upload(job.subject_id)
        bank = queries.bank(upload.bank_id)
        draft_actions.note_read(bank, upload, examined.bank, now(), job.signature)


def _examined(job: Job, now: Callable[[], datetime]) -> Examined:
    file = File(*draft_queries.stored_file(job.subject_id))
    try:
        parsed = draft_actions.read(file)
    except Unreadable as unreadable:
        raise CannotBeDone(unreadable.message("vi"), unreadable.message("en")) from unreadable
    if not parsed.questions:
        vi, en = ("\n".join(fault.message(each) for fault in parsed.faults) for each in ("vi", "en"))
        raise CannotBeDone(vi, en)
    with write_transaction():
        jobs.say(job, 0, parsed.found, now())
    return draft_actions.examine(parsed, question_queries.texts(job.home_id))


def clear(job: Job) -> None:
    """A file that gave no draft is not kept."""
    shown = pictures.ids_from(job.subject_id)
    db.session.execute(delete(BankImport).where(BankImport.id == job.subject_id))
    pictures.drop_unused(shown)
