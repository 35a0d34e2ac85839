"""The database: session, column types, naming of constraints, and the one way to write."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, Connection, DateTime, Dialect, Engine, MetaData, String, Text, event
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from contest.settings import Settings

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[int, mapped_column(primary_key=True)]
Word = Annotated[str, mapped_column(String(40))]  # a value of one of our enums, or a code
Line = Annotated[str, mapped_column(String(200))]  # one line of text
Prose = Annotated[str, mapped_column(Text)]  # as long as it has to be


class Base(DeclarativeBase):
    """Every table's base; a relationship that was not loaded on purpose raises instead of asking again."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Moment},
    )


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The database knows the words of an enum too; a new word is a migration, on purpose."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_a_known_word")


# One writer at a time in this process (SQLite): with a plain BEGIN that reads first and writes later,
# a third of simultaneous writes fail as "database is locked".
writer = threading.Lock()

# A chore moves SQLite's log into the database file, so that no commit has to (contest/checkpoints.py,
# docs/decisions/0075). Only from the larger length on (bytes) would a commit do it itself; a log that begins anew
# gives the disk back what it had above the smaller one.
LOG_KEPT = 8 * 2**20
LOG_MOVED_BY_COMMITS = 64 * 2**20
PAGE = 4096
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    f"wal_autocheckpoint={LOG_MOVED_BY_COMMITS // PAGE}",
    f"journal_size_limit={LOG_KEPT}",
)


def connect(app: Flask, settings: Settings) -> None:
    """Attach the database to the program. Opens no connection yet."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    if settings.embedded:
        settings.instance.mkdir(parents=True, exist_ok=True)
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "pool_size": 20,
            "connect_args": {"timeout": 15, "check_same_thread": False},
        }
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "pool_size": 10,
            "max_overflow": 10,
            "pool_pre_ping": True,
            "execution_options": {"postgresql_readonly": True},
        }
    db.init_app(app)
    with app.app_context():
        if settings.embedded:
            _prepare_sqlite(db.engine)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql(f"PRAGMA query_only={0 if writing else 1}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def write_transaction() -> Iterator[None]:
    """Everything inside is kept or nothing is. The only place that commits.

    What was read before is read again inside, so that decisions rest on what is true while writing.
    Never yield (network, sleep) inside: on SQLite every other writer waits.
    """
    session = db.session()
    session.rollback()  # gives the reading connection back before waiting for the writer's turn
    embedded = session.get_bind().dialect.name == "sqlite"
    if embedded:
        writer.acquire()
    try:
        options = {"writing": True} if embedded else {"postgresql_readonly": False}
        session.connection(execution_options=options)
        try:
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
    finally:
        if embedded:
            writer.release()


@contextmanager
def write_connection() -> Iterator[Connection]:
    """A bare connection inside a transaction of its own: for the hot path, which needs no session.

    The same promise as `write_transaction`: everything is kept on leaving, or nothing is.
    """
    embedded = db.engine.dialect.name == "sqlite"
    if embedded:
        writer.acquire()
    try:
        connection = db.engine.connect()
        try:
            options = {"writing": True} if embedded else {"postgresql_readonly": False}
            connection = connection.execution_options(**options)
            with connection.begin():
                yield connection
        finally:
            connection.close()
    finally:
        if embedded:
            writer.release()
