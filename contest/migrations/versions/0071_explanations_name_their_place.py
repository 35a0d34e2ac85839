"""explanations name their place"""

import sqlalchemy as sa
from alembic import op

revision = '0071'
down_revision = '0051'


def upgrade() -> None:
    with op.batch_alter_table('snapshot_notes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('place', sa.String(length=200), server_default='', nullable=False))
