"""The day on which a contest forgets who took part: names go, counts stay."""

from datetime import datetime

from sqlalchemy import or_, select, update

from contest.clock import VIETNAM
from contest.contests.models import Contest
from contest.database import db, write_transaction
from contest.people.models import Entry
from contest.people.words import ERASED

AT_ONCE = 1000


def erase_expired(now: datetime) -> None:
    """Anonymise entries of contests whose day has passed, at most `AT_ONCE` in one go.

    The day printed on the form is still kept in full; nothing is written while nothing is due.
    """
    today = now.astimezone(VIETNAM).date()
    due = (
        select(Entry.id)
        .join(Contest, Contest.id == Entry.contest_id)
        .where(Contest.personal_data_until < today)
        .where(or_(Entry.search_key != "", Entry.identity_key.is_not(None)))
        .limit(AT_ONCE)
    )
    ids = list(db.session.scalars(due))
    if not ids:
        return
    with write_transaction():
        db.session.execute(
            update(Entry)
            .where(Entry.id.in_(ids))
            .values(
                name=ERASED,
                name_as_typed=ERASED,
                sort_key="",
                search_key="",
                birth_year=None,
                birth_date=None,
                address=None,
                phone=None,
                staff_code=None,
                code_key=None,
                identity_key=None,
            )
        )
