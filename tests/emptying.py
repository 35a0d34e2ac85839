"""Taking out what a test has left behind: only from the tables that hold anything."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text

# On PostgreSQL: no trigger and no foreign key is asked (SQLite asks only who wishes it), and ids begin with 1 again.
UNCHECKED = "SET LOCAL session_replication_role = replica"
FROM_ONE = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)


def without_waiting_for_the_disk(engine: Engine) -> None:
    """On SQLite: no test inside this process pulls the plug; those that do serve their own site (tests/browser)."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")


class Sweeper:
    """A connection of its own to a migrated database; emptying costs what was written."""

    def __init__(self, address: str) -> None:
        self.engine = create_engine(address)
        self.embedded = self.engine.dialect.name == "sqlite"
        if self.embedded:
            without_waiting_for_the_disk(self.engine)
        names = [name for name in inspect(self.engine).get_table_names() if name != "alembic_version"]
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
        self.filled = text(" UNION ALL ".join(asked))

    def empty(self) -> None:
        """Leave every table as the migrations made it."""
        with self.engine.begin() as connection:
            if self.embedded:
                # Again: taking a unit out stamps the tree, and the stamp is a row too.
                while self._sweep(connection):
                    pass
                return
            connection.execute(text(UNCHECKED))
            self._sweep(connection)
            connection.execute(text(FROM_ONE))

    def _sweep(self, connection: Connection) -> bool:
        names = connection.scalars(self.filled).all()
        for name in names:
            connection.execute(text(f"DELETE FROM {name}"))
        return bool(names)
