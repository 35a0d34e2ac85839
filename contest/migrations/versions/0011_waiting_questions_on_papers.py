"""waiting questions on papers"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0052'


def upgrade() -> None:
    with op.batch_alter_table('banks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('only_approved', sa.Boolean(), nullable=False, server_default=sa.true()))
