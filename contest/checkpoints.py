"""Moves what SQLite has committed out of its log into the database file, so that no commit has to."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from contest.beside import beside
from contest.database import LOG_KEPT, LOG_MOVED_BY_COMMITS, db, writer


def move_log(_now: datetime) -> None:
    """Move what stands in a log that has grown; the next commit overwrites it from the start.

    We have the writer's turn meanwhile: until 3.51.3, SQLite can lose a commit that begins the log anew at the very
    moment at which another connection moves it. Readers do not wait; what one of them still sees waits for later.
    """
    if db.engine.dialect.name != "sqlite":
        return
    path = Path(f"{db.engine.url.database}")
    if not _has_grown(path):
        return
    db.session.rollback()  # a reading of our own would hold the log where it is
    with writer:
        beside(lambda: _checkpoint(path))


def _checkpoint(path: Path) -> None:
    """On a connection of its own that waits for nobody: SQLite does what can be done without."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _has_grown(path: Path) -> bool:
    """Whether the log is worth moving, and not so long that commits do it."""
    try:
        size = path.with_name(f"{path.name}-wal").stat().st_size
    except FileNotFoundError:
        return False
    return LOG_KEPT < size < LOG_MOVED_BY_COMMITS
