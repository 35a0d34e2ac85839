"""Whose devices open another record: two entrants who were found to be one person (see duplicates)."""

import time

from flask import Flask
from sqlalchemy import select

from contest.database import db
from contest.people.models import MergedEntry
from contest.web.identity import LEADING


class Leading:
    """Who leads to whom, read again every few seconds: a tap on an answer must not cost a statement.

    Another process may lead the wrong way for that long; nothing wrong can be started meanwhile, because the
    statement that starts an attempt looks by itself.
    """

    KEPT_SECONDS = 3.0

    def __init__(self) -> None:
        self.known: dict[int, int] = {}
        self.until = 0.0

    def __call__(self, person_id: int) -> int:
        """The person whose record is to be opened."""
        now = time.monotonic()
        if now >= self.until:
            # Given back at once: who waits for a commit must not hold a connection.
            with db.engine.connect() as connection:
                rows = connection.execute(
                    select(MergedEntry.person_id, MergedEntry.into_person_id).where(MergedEntry.led)
                )
                self.known = {row[0]: row[1] for row in rows}
            self.until = now + self.KEPT_SECONDS
        return self.known.get(person_id, person_id)

    def forget(self) -> None:
        """Read anew with the next request of this process."""
        self.until = 0.0


def connect(app: Flask) -> None:
    """Let the device's cookie be followed."""
    app.extensions[LEADING] = Leading()
