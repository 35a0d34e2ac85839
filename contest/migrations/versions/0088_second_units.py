"""entries are found by their second unit"""

import sqlalchemy as sa
from alembic import op

revision = '0088'
down_revision = '0095'


def upgrade() -> None:
    there = sa.text('second_unit_id IS NOT NULL')
    op.create_index('ix_entries_second_unit', 'entries', ['contest_id', 'second_unit_id'], unique=False, sqlite_where=there, postgresql_where=there)
