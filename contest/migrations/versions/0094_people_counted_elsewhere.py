"""people of a gathering who took part online too"""

import sqlalchemy as sa
from alembic import op

revision = '0094'
down_revision = '0087'


def upgrade() -> None:
    with op.batch_alter_table('report_counts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('repeated', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_report_counts_repeats_nobody_else'), "repeated IS NULL OR (repeated BETWEEN 0 AND people)")
    with op.batch_alter_table('snapshot_counts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('repeated', sa.Integer(), server_default='0', nullable=False))
