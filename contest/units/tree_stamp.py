"""A stamp that changes with every change of the tree, whoever makes it: what a process keeps of it is checked by it.

The database keeps it by triggers, so that an import in bulk, a migration or a hand at the console cannot
forget it. A migration that rebuilds a table loses its triggers; `watch` puts them back after every upgrade.
"""

from sqlalchemy import BigInteger, Connection, inspect, select, text
from sqlalchemy.orm import Mapped, mapped_column

from contest.database import Model, Word, db

TREE = "tree"
# What numbers along the tree rest on.
WATCHED = ("units", "headcounts", "unit_names", "unit_changes", "unit_successors")

_ON_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_stamp_{event} AFTER {event} ON {table} BEGIN
  INSERT INTO stamps (name, value) VALUES ('tree', random())
  ON CONFLICT (name) DO UPDATE SET value = excluded.value;
END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION stamp_tree() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO stamps (name, value) VALUES ('tree', (random() * 9007199254740992)::bigint)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value;
  RETURN NULL;
END $$
"""
_ON_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION stamp_tree()
"""


class Stamp(Model):
    """A number without meaning that is another after every change of what it stands for."""

    __tablename__ = "stamps"

    name: Mapped[Word] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


def current() -> int | None:
    """The stamp of the tree; None before the first unit. Read it before what it stands for."""
    return db.session.scalar(select(Stamp.value).where(Stamp.name == TREE))


def watch(connection: Connection) -> None:
    """Have the database change the stamp with every change of the tree; again changes nothing."""
    there = set(inspect(connection).get_table_names())
    if Stamp.__tablename__ not in there:
        return
    tables = [table for table in WATCHED if table in there]
    if connection.dialect.name == "sqlite":
        for table in tables:
            for event in ("INSERT", "UPDATE", "DELETE"):
                connection.execute(text(_ON_SQLITE.format(table=table, event=event)))
        return
    connection.execute(text(_FUNCTION))
    for table in tables:
        connection.execute(text(_ON_POSTGRESQL.format(table=table)))
