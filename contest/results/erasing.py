"""Who asked to be forgotten is forgotten on published sheets too; their line and rank stay."""

from datetime import datetime

from sqlalchemy import select, update

from contest.database import db, write_transaction
from contest.people.models import Entry
from contest.people.words import ERASED
from contest.results.models import Standing

AT_ONCE = 500


def forget_erased(_now: datetime) -> None:
    """Take the names of erased people off the sheets, some at a time; writes only when there is one."""
    statement = (
        select(Standing.id)
        .join(Entry, Entry.id == Standing.entry_id)
        .where(Entry.search_key == "", Standing.name != ERASED)
        .limit(AT_ONCE)
    )
    found = list(db.session.scalars(statement))
    if not found:
        return
    with write_transaction():
        db.session.execute(
            update(Standing).where(Standing.id.in_(found)).values(name=ERASED, search_key=""),
            execution_options={"synchronize_session": False},
        )
