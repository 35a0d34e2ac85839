"""Migrations and models agree, on both databases; constraints have names; no JSON columns."""

import re

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, CheckConstraint, inspect

from contest.database import Base, db


def test_the_migrations_make_exactly_what_the_models_say(app):
    with app.app_context(), db.engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert difference == []


def test_each_check_is_there_once_and_says_what_the_model_says(app, database_kind):
    # Alembic compares no checks, and a table rebuilt on SQLite may keep an earlier, narrower one beside the new one.
    said = {
        (table.name, str(one.name), _told(str(one.sqltext), database_kind))
        for table in Base.metadata.tables.values()
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }
    with app.app_context():
        found = [
            (table, str(one["name"]), _told(one["sqltext"], database_kind))
            for table in inspect(db.engine).get_table_names()
            for one in inspect(db.engine).get_check_constraints(table)
        ]
    assert sorted(found) == sorted(said)


def _told(sql: str, database_kind: str) -> str:
    """The words of a check; of PostgreSQL, which writes it anew in its own way, those between quotes."""
    if database_kind == "postgresql":
        return " ".join(sorted(re.findall(r"'[^']*'", sql)))
    return " ".join(sql.split())


def test_every_check_has_a_name_so_that_it_can_be_changed_later():
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                assert constraint.name, (table.name, str(constraint.sqltext))


def test_no_column_hides_a_structure_from_the_database():
    for table in Base.metadata.tables.values():
        assert not [column.name for column in table.columns if isinstance(column.type, JSON)]
