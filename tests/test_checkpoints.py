"""SQLite's log: moved by the chore and not by commits; on files of their own, where a commit is on the disk."""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from contest import checkpoints, chores, migrations
from contest.beside import beside
from contest.database import LOG_KEPT, LOG_MOVED_BY_COMMITS, db, write_connection
from contest.program import create_app
from tests.conftest import NOW, counted_statements, settings_for

MB = 2**20
PIECE = 256 * 1024
ADDED = "INSERT INTO notes (body) VALUES (zeroblob(:size))"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.sqlite3"


@pytest.fixture
def site(path: Path, tmp_path: Path) -> Iterator[Flask]:
    """The program on a file of its own with a table to write much into; a context is open."""
    app = create_app(settings_for(f"sqlite:///{path}", tmp_path))
    with app.app_context():
        with write_connection() as connection:
            connection.exec_driver_sql("CREATE TABLE notes (id INTEGER PRIMARY KEY, body BLOB)")
        yield app
        db.session.rollback()
        db.engine.dispose()


def log_size(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


def write(size: int) -> None:
    """So many bytes, a commit for each piece."""
    for _ in range(size // PIECE):
        with write_connection() as connection:
            connection.exec_driver_sql(ADDED, {"size": PIECE})


def stored(path: Path) -> int:
    """Bytes of notes that a fresh connection finds in a file that is whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT sum(length(body)) FROM notes").fetchone()[0]


def in_the_file(path: Path) -> int:
    """Bytes of the database itself, the log not counted."""
    return path.stat().st_size


def test_a_commit_moves_nothing_and_the_chore_does(site: Flask, path: Path):
    write(12 * MB)
    assert log_size(path) > 12 * MB
    assert in_the_file(path) < MB
    checkpoints.move_log(NOW)
    assert in_the_file(path) > 12 * MB
    assert stored(path) == 12 * MB


def test_a_short_log_is_left_alone(site: Flask, path: Path):
    write(4 * MB)
    checkpoints.move_log(NOW)
    assert in_the_file(path) < MB
    assert stored(path) == 4 * MB


def test_the_log_stays_bounded_however_much_is_written(site: Flask, path: Path):
    sizes = []
    for _ in range(8):
        write(12 * MB)
        checkpoints.move_log(NOW)
        sizes.append(log_size(path))
    assert max(sizes) < 13 * MB
    assert stored(path) == 96 * MB


def test_after_a_rush_the_disk_gets_its_room_back(site: Flask, path: Path):
    write(30 * MB)
    checkpoints.move_log(NOW)
    write(PIECE)
    assert log_size(path) <= LOG_KEPT
    assert stored(path) == 30 * MB + PIECE


def test_the_chores_loop_moves_the_log(path: Path, tmp_path: Path):
    app = create_app(settings_for(f"sqlite:///{path}", tmp_path))
    with app.app_context():
        migrations.upgrade()
        with write_connection() as connection:
            connection.exec_driver_sql("CREATE TABLE notes (id INTEGER PRIMARY KEY, body BLOB)")
        write(12 * MB)
        chores.run_once()
        assert in_the_file(path) > 12 * MB
        db.engine.dispose()


def test_without_the_chore_a_commit_moves_a_very_long_log(site: Flask, path: Path):
    write(2 * LOG_MOVED_BY_COMMITS)
    assert log_size(path) < LOG_MOVED_BY_COMMITS + 2 * MB
    assert stored(path) == 2 * LOG_MOVED_BY_COMMITS


def test_who_reads_keeps_what_they_see_and_nobody_waits(site: Flask, path: Path):
    write(MB)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        seen = reader.execute("SELECT count(*) FROM notes").fetchone()
        write(30 * MB)
        checkpoints.move_log(NOW)
        assert in_the_file(path) < 2 * MB, "what came after the reader began must not be moved under it"
        write(MB)
        assert reader.execute("SELECT count(*) FROM notes").fetchone() == seen
        reader.execute("COMMIT")
    checkpoints.move_log(NOW)
    assert in_the_file(path) > 32 * MB
    assert stored(path) == 32 * MB


def test_another_process_that_writes_is_not_waited_for(site: Flask, path: Path):
    write(30 * MB)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute(ADDED, {"size": PIECE})
        checkpoints.move_log(NOW)
        assert in_the_file(path) > 30 * MB
        other.execute("COMMIT")
    assert stored(path) == 30 * MB + PIECE


def test_a_log_under_a_writer_who_never_stops_begins_anew(site: Flask, path: Path):
    done, written = threading.Event(), []

    def write_on() -> None:
        with site.app_context():
            while not done.is_set():
                write(PIECE)
                written.append(PIECE)
                done.wait(0.003)  # as phones do, which are answered in between

    writing = threading.Thread(target=write_on)
    writing.start()
    largest = 0
    while sum(written) < 150 * MB:
        checkpoints.move_log(NOW)
        largest = max(largest, log_size(path))
    done.set()
    writing.join()
    assert largest < LOG_MOVED_BY_COMMITS
    assert stored(path) == sum(written)


WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from contest.database import write_connection
from contest.program import create_app
from tests.conftest import settings_for
from tests.test_checkpoints import ADDED
path = Path(sys.argv[1])
with create_app(settings_for(f"sqlite:///{path}", path.parent)).app_context():
    while True:
        with write_connection() as connection:
            connection.exec_driver_sql(ADDED, {"size": 1000})
        print("kept", flush=True)
"""


def test_a_process_killed_before_its_log_is_moved_loses_nothing(site: Flask, path: Path):
    db.engine.dispose()
    command = [sys.executable, "-c", WRITE_UNTIL_KILLED, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        promised = sum(process.stdout.readline() == "kept\n" for _ in range(300))
        process.send_signal(signal.SIGKILL)
        promised += process.stdout.read().count("kept\n")
    assert promised >= 300
    assert in_the_file(path) < promised * 1000 < log_size(path), "all of it stands in the log alone"
    assert stored(path) >= promised * 1000


def test_a_copy_made_while_running_has_what_stands_in_the_log(site: Flask, path: Path, tmp_path: Path):
    write(4 * MB)
    copy = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    assert stored(copy) == 4 * MB


def test_where_no_log_has_grown_nothing_is_asked(app: Flask):
    with app.app_context(), counted_statements(app) as seen:
        checkpoints.move_log(NOW)
    assert seen == []


def test_work_beside_gives_what_it_gives_and_raises_what_it_raises():
    assert beside(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0)
