"""How Alembic runs our migrations: own connection, foreign keys off on SQLite while tables are rebuilt."""

from typing import Literal

from alembic import context
from sqlalchemy import create_engine, text

from contest import chores, history, jobs, mail
from contest.api import models as api
from contest.attempts import models as attempts
from contest.awards import models as awards
from contest.banks import models as banks
from contest.contests import models as contests
from contest.corrections import models as corrections
from contest.database import Base, Moment
from contest.duplicates import models as duplicates
from contest.events import models as events
from contest.learning import models as learning
from contest.participation import models as participation
from contest.people import models as people
from contest.reports import models as reports
from contest.reports import snapshot_models as snapshots
from contest.results import models as results
from contest.rosters import models as rosters
from contest.staff import models as staff
from contest.targets import models as targets
from contest.units import models as units
from contest.units import tree_stamp

# Importing a table's module is what puts it into the metadata that models and migrations are compared by.
TABLES = (
    units, staff, banks, contests, people, rosters, events, attempts, learning, results, participation,
    targets, awards, history,
    chores,
    jobs, tree_stamp, corrections, duplicates, reports, snapshots, mail, api,
)  # fmt: skip


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Moments are written as the plain column type they are stored as."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Upgrade in one transaction; on SQLite, check every reference before it is kept."""
    engine = create_engine(context.config.attributes["database_url"])
    embedded = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if embedded:
            # Rebuilding a parent table with foreign keys on deletes its children without a word.
            connection.execute(text("PRAGMA foreign_keys=OFF"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=embedded,
            compare_type=False,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()
            if embedded:
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise RuntimeError(f"This migration would break references: {broken[:5]}")
            tree_stamp.watch(connection)
        connection.commit()
    engine.dispose()


run()
