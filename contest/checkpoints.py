"""Moves what SQLite has committed out of its log into the database file, beside everybody's commits."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from contest.beside import beside
from contest.database import LOG_KEPT, LOG_MOVED_BY_COMMITS, db, write_connection, writer

# From here on (bytes) the log must begin anew, even if somebody writes all the time.
TOO_LONG = 24 * 2**20
# A commit that changes nothing.
MARK = "PRAGMA user_version = 0"


@dataclass(frozen=True)
class Log:
    """How many bytes stand in the log, and how many of them are in the database file too."""

    length: int
    moved: int


def move_log(_now: datetime) -> None:
    """Move what stands in a log that has grown. Who writes or reads does not wait, what they hold waits for later.

    The next commit overwrites a log that was moved whole. Who writes all the time never lets it become whole, so a
    log that is too long is finished while we have the writer's turn: little is left by then.
    """
    if db.engine.dialect.name != "sqlite":
        return
    path = Path(f"{db.engine.url.database}")
    if not _has_grown(path):
        return
    db.session.rollback()  # a reading of our own would hold the log where it is
    # A log must not be moved whole twice: until 3.51.3, a commit that overwrites it meanwhile may be lost in SQLite.
    # After a commit of our own it is not whole, and if it was before, it has just begun anew.
    with write_connection() as connection:
        connection.exec_driver_sql(MARK)
    if not _has_grown(path):
        return
    log = beside(lambda: _checkpoint(path, "PASSIVE"))
    if log.length > TOO_LONG and log.moved < log.length:
        beside(lambda: _checkpoint(path, "PASSIVE"))  # what came during the first one, which was long
        with writer:
            beside(lambda: _checkpoint(path, "RESTART"))


def _checkpoint(path: Path, how: str) -> Log:
    """On a connection of its own that waits for nobody: SQLite does what can be done without."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        page: int = connection.execute("PRAGMA page_size").fetchone()[0]
        _busy, length, moved = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        return Log(length * page, moved * page)


def _has_grown(path: Path) -> bool:
    """Whether the log is worth moving, and not so long that commits do it."""
    try:
        size = path.with_name(f"{path.name}-wal").stat().st_size
    except FileNotFoundError:
        return False
    return LOG_KEPT < size < LOG_MOVED_BY_COMMITS
