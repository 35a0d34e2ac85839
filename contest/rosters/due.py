"""What the clock makes due about lists: look for who is new, forget what a contest forgets."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from contest.clock import VIETNAM
from contest.contests.models import Contest
from contest.database import db, write_transaction
from contest.rosters import seeking
from contest.rosters.models import RosterRow, RosterUpload

# So many are looked for while other writers wait: about a tenth of a second.
A_BATCH = 300
MOST_BATCHES = 20
# Deleting a row takes what hangs on it along.
AT_ONCE = 1000
UPLOADS_KEPT = timedelta(days=7)


def seek_new(now: datetime) -> None:
    """Look for those who entered, and for the new people of lists; costs what is new, in bounded pieces."""
    for _ in range(MOST_BATCHES):
        if not _seek_batch(now):
            return


def _seek_batch(now: datetime) -> bool:
    if not _any_new():
        return False
    with write_transaction():
        seeking.seek_for_rows(A_BATCH)
        seeking.seek(seeking.new_entries(A_BATCH), now)
    return True


def _any_new() -> bool:
    return bool(seeking.new_entries(1)) or seeking.any_new_row()


def forget_expired(now: datetime) -> None:
    """Delete lists of contests whose day has passed, and files nobody took in for a week.

    What was verified stays counted: only the names go.
    """
    today = now.astimezone(VIETNAM).date()
    expired = select(Contest.id).where(Contest.personal_data_until < today)
    rows = select(RosterRow.id).where(RosterRow.contest_id.in_(expired)).limit(AT_ONCE)
    ids = list(db.session.scalars(rows))
    stale = (RosterUpload.uploaded_at < now - UPLOADS_KEPT) | RosterUpload.contest_id.in_(expired)
    uploads = list(db.session.scalars(select(RosterUpload.id).where(stale).limit(AT_ONCE)))
    if not ids and not uploads:
        return
    with write_transaction():
        db.session.execute(delete(RosterRow).where(RosterRow.id.in_(ids)))
        db.session.execute(delete(RosterUpload).where(RosterUpload.id.in_(uploads)))
