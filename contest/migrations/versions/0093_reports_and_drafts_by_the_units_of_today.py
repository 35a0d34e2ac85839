"""reports can count by the units of today; a draft of standings knows of which tree it is"""

import sqlalchemy as sa
from alembic import op

revision = '0093'
down_revision = '0092'


def upgrade() -> None:
    for table in ('report_calls', 'report_snapshots'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('view', sa.String(length=40), server_default='then', nullable=False))
            batch_op.create_check_constraint(op.f(f'ck_{table}_view_is_a_known_word'), "view IN ('then', 'now')")
    with op.batch_alter_table('redrafts_due', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.Text(), server_default='', nullable=False))
    with op.batch_alter_table('sheets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tree_stamp', sa.BigInteger(), nullable=True))
