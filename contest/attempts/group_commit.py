"""Group commit: what arrives while a commit is under way goes together into the next one."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Connection

from contest.database import write_connection

Sent = TypeVar("Sent")
Stored = TypeVar("Stored")

# More would make everybody in the batch wait for it; this many take some milliseconds.
MOST_IN_A_BATCH = 400


@dataclass
class Waiting(Generic[Sent, Stored]):
    """One request in the line."""

    sent: Sequence[Sent]
    # Held from the beginning and released when the turn comes: an Event would cost three times as much.
    turn: threading.Lock = field(default_factory=threading.Lock)
    leads: bool = False
    stored: list[Stored] | None = None
    failure: Exception | None = None


class GroupCommit(Generic[Sent, Stored]):
    """Requests waiting for a commit. Whoever finds nobody committing leads; the next leader is woken after.

    `write` stores what many sent within one transaction and says, in the same order, what became of each.
    """

    def __init__(self, write: Callable[[Connection, list[Sent]], list[Stored]]) -> None:
        self.write = write
        self.lock = threading.Lock()
        self.waiting: list[Waiting[Sent, Stored]] = []
        self.committing = False

    def store(self, sent: Sequence[Sent]) -> list[Stored]:
        """Store this; returns, in its order, what became of it. The commit is over by then.

        A transaction of its own: not to be called inside another, nor while a reading connection is held.
        """
        mine: Waiting[Sent, Stored] = Waiting(sent)
        mine.turn.acquire()
        with self.lock:
            self.waiting.append(mine)
            mine.leads = not self.committing
            self.committing = True
        if not mine.leads:
            mine.turn.acquire()
        if mine.leads:
            self._lead()
        if mine.stored is None:
            raise mine.failure or RuntimeError("the commit was broken off")
        return mine.stored

    def _lead(self) -> None:
        batch: list[Waiting[Sent, Stored]] = []
        try:
            time.sleep(0)  # lets requests that have already arrived come into this batch
            with self.lock:
                batch = self._next_batch()
            self.store_all(batch)
        finally:
            with self.lock:
                self.committing = bool(self.waiting)
                if self.waiting:
                    self.waiting[0].leads = True
                    self.waiting[0].turn.release()
            for one in batch:
                if not one.leads:
                    one.turn.release()

    def _next_batch(self) -> list[Waiting[Sent, Stored]]:
        taken = size = 0
        while taken < len(self.waiting) and (taken == 0 or size < MOST_IN_A_BATCH):
            size += len(self.waiting[taken].sent)
            taken += 1
        batch, self.waiting = self.waiting[:taken], self.waiting[taken:]
        return batch

    def store_all(self, batch: list[Waiting[Sent, Stored]]) -> None:
        """One commit for all; if that fails, one for each, so that nobody pays for another's fault."""
        try:
            self._store_together(batch)
        except Exception:
            for one in batch:
                try:
                    self._store_together([one])
                except Exception as failure:
                    one.failure = failure

    def _store_together(self, batch: list[Waiting[Sent, Stored]]) -> None:
        with write_connection() as connection:
            stored = self.write(connection, [each for one in batch for each in one.sent])
        begin = 0
        for one in batch:
            one.stored = stored[begin : begin + len(one.sent)]
            begin += len(one.sent)


# How one field is taken out of its row, and where the rows come from.
_EMBEDDED = "value ->> {n}", "json_each(:rows)"
_SERVED = "CAST(value ->> {n} AS {type})", "json_array_elements(CAST(:rows AS json))"


def table_of_rows(embedded: bool, types: Sequence[str]) -> str:
    """The SELECT that reads `:rows`, a JSON list of lists, as a table with columns of these types.

    Everything travels as one JSON value, so that the statement is the same for one row and for four hundred.
    """
    value, source = _EMBEDDED if embedded else _SERVED
    columns = ", ".join(value.format(n=n, type=type_) for n, type_ in enumerate(types))
    return f"SELECT {columns} FROM {source}"  # noqa: S608  only constants of the program come in


def written_moment(at: datetime, embedded: bool) -> str:
    """An aware moment in UTC as these rows carry it; SQLite keeps it without its zone."""
    return (at.replace(tzinfo=None) if embedded else at).isoformat(sep=" ", timespec="microseconds")
