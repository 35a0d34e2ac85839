"""where attempts came from"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0082'


def upgrade() -> None:
    op.add_column("attempts", sa.Column("device", sa.String(length=40), nullable=True))
    op.add_column("attempts", sa.Column("network", sa.String(length=40), nullable=True))
    op.add_column("attempts", sa.Column("left_count", sa.Integer(), server_default=sa.text("0"), nullable=False))
    known = sa.text("network IS NOT NULL OR device IS NOT NULL")
    op.create_index("ix_attempts_with_origin", "attempts", ["started_at"], sqlite_where=known, postgresql_where=known)
