"""Counting how often pages are opened: by day, never by person, many in one commit."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from contest.attempts.group_commit import GroupCommit
from contest.database import db


@dataclass(frozen=True)
class Visit:
    """One opening of a page, on a day in Vietnam."""

    page_id: int
    day: date


_COUNT = text(
    "INSERT INTO reading_visits (page_id, day, visits) VALUES (:page_id, :day, :visits) "
    "ON CONFLICT (page_id, day) DO UPDATE SET visits = reading_visits.visits + excluded.visits"
)


def _write(connection: Connection, visits: list[Visit]) -> list[bool]:
    # In one order everywhere: two processes that met the same rows crosswise would wait for each other.
    for visit, count in sorted(Counter(visits).items(), key=lambda one: (one[0].page_id, one[0].day)):
        day = visit.day.isoformat() if connection.dialect.name == "sqlite" else visit.day
        connection.execute(_COUNT, {"page_id": visit.page_id, "day": day, "visits": count})
    return [True] * len(visits)


line: GroupCommit[Visit, bool] = GroupCommit(_write)


def note(page_id: int, day: date) -> None:
    """Count one opening. A transaction of its own, shared with everybody who opens a page at this moment."""
    # Gives the reading connection back: who waits for a commit must not hold one.
    db.session.rollback()
    line.store([Visit(page_id, day)])
