"""What the clock makes due about duplicates: compare who is new, and draft standings again after a merge."""

from datetime import datetime

from sqlalchemy import delete, select

from contest import history
from contest.attempts.models import Attempt
from contest.contests import queries as contests
from contest.database import db, write_transaction
from contest.duplicates import finding
from contest.duplicates.models import RedraftDue
from contest.duplicates.words import REDRAFTED
from contest.results import drafting
from contest.results import queries as results
from contest.results.counting import UNCOUNTED

# So many are compared while other writers wait: about a tenth of a second.
A_BATCH = 100
MOST_BATCHES = 20


def find_new(now: datetime) -> None:
    """Compare who entered or changed since the last time; costs what is new, in bounded pieces."""
    for _ in range(MOST_BATCHES):
        if not finding.waiting(1):
            return
        with write_transaction():
            finding.find(finding.waiting(A_BATCH), now)


def redraft(now: datetime) -> None:
    """Draft a new version for rounds whose people were merged or taken apart, once they are counted anew.

    A published sheet is not touched: the new version waits for the board.
    """
    for round_id in db.session.scalars(select(RedraftDue.round_id).order_by(RedraftDue.round_id)).all():
        if _is_uncounted(round_id):
            continue
        drawn_up = bool(results.sheets(round_id))
        draft = drafting.prepare(round_id, drafting.excluded_in(round_id)) if drawn_up else None
        with write_transaction():
            if draft is None:
                _done(round_id)
            elif not _is_uncounted(round_id) and drafting.excluded_in(round_id) == draft.excluded:
                sheet = drafting.store(draft, REDRAFTED, now)
                round_ = contests.round_for_staff(round_id)
                name = f"{contests.contest_of(round_).name} – {round_.name}, bản {sheet.version}"
                history.record(history.PROGRAM, "result:draft", ("sheet", sheet.id, name), now, REDRAFTED)
                _done(round_id)


def _is_uncounted(round_id: int) -> bool:
    statement = select(Attempt.id).where(UNCOUNTED, Attempt.round_id == round_id)
    return db.session.scalar(statement.limit(1)) is not None


def _done(round_id: int) -> None:
    db.session.execute(delete(RedraftDue).where(RedraftDue.round_id == round_id))
