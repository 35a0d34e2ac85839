"""find the erased"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    erased = sa.text("search_key = ''")
    op.create_index("ix_entries_erased", "entries", ["id"], sqlite_where=erased, postgresql_where=erased)
    op.create_index("ix_standings_entry_id", "standings", ["entry_id"])
