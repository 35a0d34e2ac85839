"""Saving answers by group commit: what arrives while a commit is under way goes together into the next.

An answer that is acknowledged is on disk. Each is checked against the attempt in the same transaction that
stores it, so that nothing is accepted after the deadline, after handing in, or over a newer answer.
"""

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, TextClause, text

from contest.attempts import queries
from contest.database import write_connection
from contest.errors import NotFound
from contest.rules.timing import GRACE, Timing

# More would make everybody in the batch wait for it; this many take some milliseconds.
MOST_IN_A_BATCH = 400


@dataclass(frozen=True)
class Tap:
    """One answer as it is to be stored; `at` is when it reached us, before any waiting."""

    attempt_id: int
    position: int
    response: str
    revision: int
    flagged: bool
    at: datetime


@dataclass(frozen=True)
class Kept:
    """What the database holds for a tap's question after the commit; None: no answer was ever stored."""

    started_at: datetime
    deadline: datetime
    handed_in_at: datetime | None
    response: str | None
    revision: int | None
    flagged: bool | None
    saved_at: datetime | None

    def holds(self, tap: Tap) -> bool:
        """Whether this is what was sent. Sending the same again is no mistake and no change."""
        return (self.response, self.revision, self.flagged) == (tap.response, tap.revision, tap.flagged)

    def timing(self, now: datetime) -> Timing:
        """Where the attempt stands by the clock."""
        return queries.timing_until(self.started_at, self.deadline, now)


@dataclass
class _Waiting:
    """One request in the line."""

    taps: Sequence[Tap]
    # Held from the beginning and released when the turn comes: an Event would cost three times as much.
    turn: threading.Lock = field(default_factory=threading.Lock)
    leads: bool = False
    kept: list[Kept] | None = None
    failure: Exception | None = None


class Line:
    """Requests waiting for a commit. Whoever finds nobody committing leads; the next leader is woken after."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: list[_Waiting] = []
        self.committing = False

    def save(self, taps: Sequence[Tap]) -> list[Kept]:
        """Store the taps; returns, in their order, what is held afterwards. All commits are over by then."""
        mine = _Waiting(taps)
        mine.turn.acquire()
        with self.lock:
            self.waiting.append(mine)
            mine.leads = not self.committing
            self.committing = True
        if not mine.leads:
            mine.turn.acquire()
        if mine.leads:
            self._lead()
        if mine.kept is None:
            raise mine.failure or RuntimeError("the commit was broken off")
        return mine.kept

    def _lead(self) -> None:
        batch: list[_Waiting] = []
        try:
            time.sleep(0)  # lets requests that have already arrived come into this batch
            with self.lock:
                batch = self._next_batch()
            _store_all(batch)
        finally:
            with self.lock:
                self.committing = bool(self.waiting)
                if self.waiting:
                    self.waiting[0].leads = True
                    self.waiting[0].turn.release()
            for one in batch:
                if not one.leads:
                    one.turn.release()

    def _next_batch(self) -> list[_Waiting]:
        taken = size = 0
        while taken < len(self.waiting) and (taken == 0 or size < MOST_IN_A_BATCH):
            size += len(self.waiting[taken].taps)
            taken += 1
        batch, self.waiting = self.waiting[:taken], self.waiting[taken:]
        return batch


line = Line()


def _store_all(batch: list[_Waiting]) -> None:
    """One commit for all; if that fails, one for each, so that nobody pays for another's fault."""
    try:
        _store(batch)
    except Exception:
        for one in batch:
            try:
                _store([one])
            except Exception as failure:
                one.failure = failure


def _store(batch: list[_Waiting]) -> None:
    with write_connection() as connection:
        held = _written(connection, [tap for one in batch for tap in one.taps])
    for one in batch:
        if all((tap.attempt_id, tap.position) in held for tap in one.taps):
            one.kept = [held[tap.attempt_id, tap.position] for tap in one.taps]
        else:
            one.failure = NotFound()


def _written(connection: Connection, taps: list[Tap]) -> dict[tuple[int, int], Kept]:
    """Two statements, however many taps: store what may be stored, then read what is held."""
    newest: dict[tuple[int, int], Tap] = {}
    for tap in taps:
        place = tap.attempt_id, tap.position
        if place not in newest or newest[place].revision < tap.revision:
            newest[place] = tap
    embedded = connection.dialect.name == "sqlite"
    rows = json.dumps([_row(newest[place], embedded) for place in sorted(newest)], ensure_ascii=False)
    store, read = (_STORE_SQLITE, _READ_SQLITE) if embedded else (_STORE_POSTGRESQL, _READ_POSTGRESQL)
    connection.execute(store, {"rows": rows})
    return {(row[0], row[1]): _kept(row[2:]) for row in connection.execute(read, {"rows": rows})}


def _row(tap: Tap, embedded: bool) -> list[object]:
    zone_kept = tap.at.replace(tzinfo=None) if embedded else tap.at
    latest = zone_kept - GRACE
    moments = (moment.isoformat(sep=" ", timespec="microseconds") for moment in (zone_kept, latest))
    return [tap.attempt_id, tap.position, tap.response, tap.revision, tap.flagged, *moments]


def _kept(values: Sequence[object]) -> Kept:
    started_at, deadline, handed_in_at, response, revision, flagged, saved_at = values
    return Kept(
        _moment(started_at),
        _moment(deadline),
        _moment(handed_in_at) if handed_in_at else None,
        response,  # type: ignore[arg-type]  # the columns' own types
        revision,  # type: ignore[arg-type]
        None if flagged is None else bool(flagged),
        _moment(saved_at) if saved_at else None,
    )


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


def _store_statement(rows: str, lock: str) -> TextClause:
    return text(
        f"""
        WITH sent(attempt_id, position, response, revision, flagged, saved_at, latest) AS ({rows})
        INSERT INTO answers (attempt_id, position, response, revision, flagged, saved_at)
        SELECT sent.attempt_id, sent.position, sent.response, sent.revision, sent.flagged, sent.saved_at
        FROM sent JOIN attempts ON attempts.id = sent.attempt_id
        WHERE attempts.handed_in_at IS NULL AND attempts.deadline >= sent.latest {lock}
        ON CONFLICT (attempt_id, position) DO UPDATE
        SET response = excluded.response, revision = excluded.revision,
            flagged = excluded.flagged, saved_at = excluded.saved_at
        WHERE excluded.revision > answers.revision
        """  # noqa: S608  only the constants below come in
    )


def _read_statement(rows: str) -> TextClause:
    return text(
        f"""
        WITH sent(attempt_id, position) AS ({rows})
        SELECT sent.attempt_id, sent.position, attempts.started_at, attempts.deadline, attempts.handed_in_at,
               answers.response, answers.revision, answers.flagged, answers.saved_at
        FROM sent JOIN attempts ON attempts.id = sent.attempt_id
        LEFT JOIN answers ON answers.attempt_id = sent.attempt_id AND answers.position = sent.position
        """  # noqa: S608  only the constants below come in
    )


def _fields(template: str, types: Sequence[str]) -> str:
    return ", ".join(template.format(n=n, type=type_) for n, type_ in enumerate(types))


# All taps travel as one JSON value, so that the statement is the same for one and for four hundred.
_TYPES = ("integer", "integer", "text", "integer", "boolean", "timestamptz", "timestamptz")
_FROM_SQLITE = "SELECT {} FROM json_each(:rows)"
_FROM_POSTGRESQL = "SELECT {} FROM json_array_elements(CAST(:rows AS json))"
_SQLITE, _POSTGRESQL = "value ->> {n}", "CAST(value ->> {n} AS {type})"

_STORE_SQLITE = _store_statement(_FROM_SQLITE.format(_fields(_SQLITE, _TYPES)), "")
_READ_SQLITE = _read_statement(_FROM_SQLITE.format(_fields(_SQLITE, _TYPES[:2])))
# The attempts are held against handing in until the commit, always in the same order.
_STORE_POSTGRESQL = _store_statement(
    _FROM_POSTGRESQL.format(_fields(_POSTGRESQL, _TYPES)),
    "ORDER BY sent.attempt_id, sent.position FOR SHARE OF attempts",
)
_READ_POSTGRESQL = _read_statement(_FROM_POSTGRESQL.format(_fields(_POSTGRESQL, _TYPES[:2])))
