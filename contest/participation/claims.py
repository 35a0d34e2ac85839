"""People who said after they were counted who they are: taken out of the numbers, moved, and counted anew."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import delete, select

from contest.attempts.models import Attempt, ClaimedAttempt
from contest.database import db, write_transaction
from contest.participation import corrections
from contest.people.models import Entry

# Each costs what that person handed in; who came later waits for the next turn.
AT_ONCE = 200


def follow_claims(_now: datetime) -> None:
    """Give counted attempts the unit and block their owner has declared since; the next counting takes them in.

    Writes only when there is one.
    """
    if db.session.scalar(select(ClaimedAttempt.attempt_id).limit(1)) is None:
        return
    with write_transaction():
        entries = _waiting()
        people: dict[int, list[int]] = defaultdict(list)
        for entry in entries.values():
            people[entry.contest_id].append(entry.person_id)
        for contest_id, person_ids in people.items():
            corrections.take_out(contest_id, person_ids)
        _move(entries)


def _waiting() -> dict[int, Entry]:
    statement = (
        select(Entry)
        .join(Attempt, Attempt.entry_id == Entry.id)
        .join(ClaimedAttempt, ClaimedAttempt.attempt_id == Attempt.id)
        .distinct()
        .order_by(Entry.id)
        .limit(AT_ONCE)
    )
    return {entry.id: entry for entry in db.session.scalars(statement)}


def _move(entries: dict[int, Entry]) -> None:
    """All that one person claimed is moved together, once they stand in no tally."""
    statement = (
        select(Attempt)
        .join(ClaimedAttempt, ClaimedAttempt.attempt_id == Attempt.id)
        .where(Attempt.entry_id.in_(entries))
        .order_by(Attempt.id)
        .with_for_update(of=Attempt)
        .execution_options(populate_existing=True)
    )
    claimed = list(db.session.scalars(statement))
    for attempt in claimed:
        entry = entries[attempt.entry_id]
        attempt.anonymous, attempt.unit_id, attempt.block_id = False, entry.unit_id, entry.block_id
    ids = [attempt.id for attempt in claimed]
    db.session.execute(delete(ClaimedAttempt).where(ClaimedAttempt.attempt_id.in_(ids)))
