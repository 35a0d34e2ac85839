"""answers know their device"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0005'


def upgrade() -> None:
    for name in ("device", "replaces"):
        op.add_column("answers", sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
