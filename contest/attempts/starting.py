"""Starting by group commit: a hall that presses the button in one minute costs some dozen commits.

The reading comes first and holds nothing up; whether it is still true, the statement that stores decides.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, TextClause, text

from contest.attempts.evidence import UNKNOWN, Origin
from contest.attempts.group_commit import GroupCommit, table_of_rows, written_moment
from contest.attempts.queries import Doorstep
from contest.rules import drawing, timing
from contest.rules.timing import LateStart, Window


@dataclass(frozen=True)
class Start:
    """An attempt as it is to be stored; `reckoning` is the state of the round's clock it rests on."""

    token: str
    round_id: int
    entry_id: int
    number: int
    paper_number: int
    door_id: int | None
    started_at: datetime
    deadline: datetime
    extra_seconds: int
    reckoning: int
    origin: Origin = UNKNOWN


def drawn(
    step: Doorstep,
    entry_id: int,
    token: str,
    now: datetime,
    door_id: int | None,
    origin: Origin = UNKNOWN,
) -> Start:
    """The paper this person gets next, and until when."""
    number = len(step.made) + 1
    return Start(
        token=token,
        round_id=step.round_id,
        entry_id=entry_id,
        number=number,
        paper_number=drawing.paper_for(step.seed or "", entry_id, number, step.papers),
        door_id=door_id,
        started_at=now,
        deadline=timing.deadline(
            Window(step.opens_at, step.closes_at),
            now,
            step.minutes,
            step.extra_seconds,
            late_start=LateStart(step.late_start),
        ),
        extra_seconds=step.extra_seconds,
        reckoning=step.reckoning,
        origin=origin,
    )


def write(connection: Connection, starts: list[Start]) -> list[bool]:
    """One statement, however many: stores what may be stored and says of each whether it was.

    Not stored is what comes second (the same person's same attempt is there), or what rests on a window,
    a pause or extra time that have changed since: who asked reads again.
    """
    embedded = connection.dialect.name == "sqlite"
    # Always in the same order: two processes that insert the same two people would else wait for each other.
    in_order = sorted(starts, key=lambda start: (start.round_id, start.entry_id, start.number))
    rows = json.dumps([_row(start, embedded) for start in in_order])
    statement = _SQLITE if embedded else _POSTGRESQL
    stored = set(connection.scalars(statement, {"rows": rows}))
    return [start.token in stored for start in starts]


line: GroupCommit[Start, bool] = GroupCommit(write)


def _row(start: Start, embedded: bool) -> list[object]:
    moments = (start.started_at, start.deadline)
    return [
        start.token,
        start.round_id,
        start.entry_id,
        start.number,
        start.paper_number,
        start.door_id,
        start.extra_seconds,
        start.reckoning,
        start.origin.device,
        start.origin.network,
        *(written_moment(moment, embedded) for moment in moments),
    ]


_TYPES = ("text", *("integer",) * 7, "text", "text", *("timestamptz",) * 2)


def _statement(rows: str, lock: str) -> TextClause:
    # A door of another round, scanned earlier on this device, says nothing about this one.
    return text(
        f"""
        WITH sent(token, round_id, entry_id, number, paper_number, door_id, extra_seconds, reckoning,
                  device, network, started_at, deadline)
        AS ({rows})
        INSERT INTO attempts (token, round_id, entry_id, person_id, paper_id, number, unit_id, block_id,
                              door_id, extra_seconds, device, network, started_at, deadline, anonymous, out_of)
        SELECT sent.token, rounds.id, entries.id, entries.person_id, papers.id, sent.number,
               entries.unit_id, entries.block_id, doors.id, sent.extra_seconds, sent.device, sent.network,
               sent.started_at, sent.deadline,
               entries.anonymous,
               (SELECT count(*) FROM paper_questions WHERE paper_questions.paper_id = papers.id)
        FROM sent
        JOIN rounds ON rounds.id = sent.round_id
        JOIN entries ON entries.id = sent.entry_id AND entries.contest_id = rounds.contest_id
        JOIN papers ON papers.round_id = rounds.id AND papers.number = sent.paper_number
        LEFT JOIN doors ON doors.id = sent.door_id AND doors.round_id = rounds.id
        WHERE rounds.published_at IS NOT NULL AND sent.number <= rounds.attempts_allowed
          AND rounds.opens_at <= sent.started_at AND sent.started_at < rounds.closes_at
          AND rounds.reckoning = sent.reckoning
          AND NOT EXISTS (SELECT 1 FROM merged_entries WHERE merged_entries.entry_id = entries.id)
        {lock}
        ON CONFLICT (round_id, person_id, number) DO NOTHING
        RETURNING token
        """  # noqa: S608  only the constants below come in
    )


_SQLITE = _statement(table_of_rows(True, _TYPES), "")
# The round is held against a change of its clock until the commit: who changes it finds these attempts then.
_POSTGRESQL = _statement(
    table_of_rows(False, _TYPES),
    "ORDER BY sent.round_id, sent.entry_id, sent.number FOR SHARE OF rounds",
)
