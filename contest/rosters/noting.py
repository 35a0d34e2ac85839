"""Notes who became verified or stopped being so, for whoever counts them (participation)."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from contest.database import db
from contest.people.models import MergedEntry
from contest.rosters.models import VERIFIED, MatchChange, RosterMatch


def changed(entry_ids: Iterable[int]) -> None:
    """These entries are to be looked at again."""
    rows = [{"entry_id": entry_id} for entry_id in sorted(set(entry_ids))]
    if rows:
        embedded = db.session.get_bind().dialect.name == "sqlite"
        insert = sqlite.insert if embedded else postgresql.insert
        db.session.execute(insert(MatchChange).on_conflict_do_nothing(), rows)


def rows_go(row_ids: Collection[int]) -> None:
    """These people are taken off their list, and with them what was verified by it."""
    statement = select(RosterMatch.entry_id).where(
        RosterMatch.row_id.in_(row_ids), RosterMatch.state.in_(VERIFIED)
    )
    changed(db.session.scalars(statement))


def waiting(most: int) -> list[int]:
    """Entries whose state may have changed since they were counted."""
    return list(db.session.scalars(select(MatchChange.entry_id).order_by(MatchChange.entry_id).limit(most)))


def counted(entry_ids: Collection[int]) -> None:
    """These have been looked at."""
    db.session.execute(delete(MatchChange).where(MatchChange.entry_id.in_(entry_ids)))


def verified_among(entry_ids: Collection[int]) -> set[int]:
    """Which of these entries are somebody on a list, for certain, be it by an entry merged into them."""
    stands = func.coalesce(MergedEntry.into_id, RosterMatch.entry_id)
    statement = (
        select(stands)
        .select_from(RosterMatch)
        .outerjoin(MergedEntry, MergedEntry.entry_id == RosterMatch.entry_id)
        .where(RosterMatch.state.in_(VERIFIED))
        .where(or_(RosterMatch.entry_id.in_(entry_ids), MergedEntry.into_id.in_(entry_ids)))
    )
    return set(db.session.scalars(statement)) & set(entry_ids)
