"""Migrations and models agree, on both databases; constraints have names; no JSON columns."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, CheckConstraint

from contest.database import Base, db


def test_the_migrations_make_exactly_what_the_models_say(app):
    with app.app_context(), db.engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert difference == []


def test_every_check_has_a_name_so_that_it_can_be_changed_later():
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                assert constraint.name, (table.name, str(constraint.sqltext))


def test_no_column_hides_a_structure_from_the_database():
    for table in Base.metadata.tables.values():
        assert not [column.name for column in table.columns if isinstance(column.type, JSON)]
