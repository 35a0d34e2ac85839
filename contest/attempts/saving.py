"""Saving answers by group commit: many people's taps go into one transaction.

An answer that is acknowledged is on disk. Each is checked against the attempt in the same transaction that
stores it, so that nothing is accepted after the deadline, after handing in, or over a newer answer.

A pause stops the clock, never the saving: the server cannot know whether a tap that arrives during a pause was
made before it, so every one is taken while the attempt's clock stands still.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, TextClause, text

from contest.attempts import queries
from contest.attempts.group_commit import GroupCommit, table_of_rows, written_moment
from contest.errors import NotFound
from contest.rules.timing import GRACE, Timing


@dataclass(frozen=True)
class Tap:
    """One answer as it is to be stored; `at` is when it reached us, before any waiting."""

    attempt_id: int
    position: int
    response: str
    revision: int
    flagged: bool
    at: datetime
    # See models.Answer.
    device: int = 0
    replaces: int = 0


@dataclass(frozen=True)
class Kept:
    """What the database holds for a tap's question after the commit; None: no answer was ever stored."""

    started_at: datetime
    deadline: datetime
    paused_at: datetime | None
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
        return queries.timing_of(self, now)


def save(taps: Sequence[Tap]) -> list[Kept]:
    """Store the taps; returns, in their order, what is held afterwards. NotFound for an unknown attempt."""
    kept = [one for one in line.store(taps) if one is not None]
    if len(kept) < len(taps):
        raise NotFound
    return kept


def write(connection: Connection, taps: list[Tap]) -> list[Kept | None]:
    """Two statements, however many taps: store what may be stored, then read what is held.

    Only where two browsers answer the same question at the same moment does storing take one more.
    """
    embedded = connection.dialect.name == "sqlite"
    store, read = (_STORE_SQLITE, _READ_SQLITE) if embedded else (_STORE_POSTGRESQL, _READ_POSTGRESQL)
    for wave in _waves(taps):
        rows = json.dumps([_row(tap, embedded) for tap in wave], ensure_ascii=False)
        connection.execute(store, {"rows": rows})
    places = json.dumps(sorted({(tap.attempt_id, tap.position) for tap in taps}))
    held = {(row[0], row[1]): _kept(row[2:]) for row in connection.execute(read, {"rows": places})}
    return [held.get((tap.attempt_id, tap.position)) for tap in taps]


def _waves(taps: list[Tap]) -> list[list[Tap]]:
    """The newest tap of each browser for each question, no question twice in a wave, first come first.

    A statement cannot change the same row twice, and which of two browsers may overwrite the other is for it
    to decide: a higher revision alone says nothing.
    """
    newest: dict[tuple[int, int], dict[int, Tap]] = {}
    for tap in taps:
        of_browser = newest.setdefault((tap.attempt_id, tap.position), {})
        if tap.device not in of_browser or of_browser[tap.device].revision < tap.revision:
            of_browser[tap.device] = tap
    in_order = [list(newest[place].values()) for place in sorted(newest)]
    most = max(map(len, in_order), default=0)
    return [[of_place[n] for of_place in in_order if n < len(of_place)] for n in range(most)]


line: GroupCommit[Tap, Kept | None] = GroupCommit(write)


def _row(tap: Tap, embedded: bool) -> list[object]:
    moments = (written_moment(moment, embedded) for moment in (tap.at, tap.at - GRACE))
    given = tap.response, tap.revision, tap.flagged, tap.device, tap.replaces
    return [tap.attempt_id, tap.position, *given, *moments]


def _kept(values: Sequence[object]) -> Kept:
    started_at, deadline, paused_at, handed_in_at, response, revision, flagged, saved_at = values
    return Kept(
        _moment(started_at),
        _moment(deadline),
        _moment(paused_at) if paused_at else None,
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
        WITH sent(attempt_id, position, response, revision, flagged, device, replaces, saved_at, latest)
        AS ({rows})
        INSERT INTO answers (attempt_id, position, response, revision, flagged, device, replaces, saved_at)
        SELECT sent.attempt_id, sent.position, sent.response, sent.revision, sent.flagged, sent.device,
               sent.replaces, sent.saved_at
        FROM sent JOIN attempts ON attempts.id = sent.attempt_id
        WHERE attempts.handed_in_at IS NULL
          AND (attempts.deadline >= sent.latest OR attempts.paused_at IS NOT NULL) {lock}
        ON CONFLICT (attempt_id, position) DO UPDATE
        SET response = excluded.response, revision = excluded.revision,
            flagged = excluded.flagged, device = excluded.device, replaces = excluded.replaces,
            saved_at = excluded.saved_at
        WHERE excluded.revision > answers.revision
          AND (excluded.device = answers.device OR excluded.replaces >= answers.revision)
        """  # noqa: S608  only the constants below come in
    )


def _read_statement(rows: str) -> TextClause:
    return text(
        f"""
        WITH sent(attempt_id, position) AS ({rows})
        SELECT sent.attempt_id, sent.position, attempts.started_at, attempts.deadline, attempts.paused_at,
               attempts.handed_in_at, answers.response, answers.revision, answers.flagged, answers.saved_at
        FROM sent JOIN attempts ON attempts.id = sent.attempt_id
        LEFT JOIN answers ON answers.attempt_id = sent.attempt_id AND answers.position = sent.position
        """  # noqa: S608  only the constants below come in
    )


_TYPES = ("integer", "integer", "text", "integer", "boolean", "integer", "integer", *("timestamptz",) * 2)

_STORE_SQLITE = _store_statement(table_of_rows(True, _TYPES), "")
_READ_SQLITE = _read_statement(table_of_rows(True, _TYPES[:2]))
# The attempts are held against handing in until the commit, always in the same order.
_STORE_POSTGRESQL = _store_statement(
    table_of_rows(False, _TYPES), "ORDER BY sent.attempt_id, sent.position FOR SHARE OF attempts"
)
_READ_POSTGRESQL = _read_statement(table_of_rows(False, _TYPES[:2]))
