"""a stamp of the tree, and of each round's numbers, so that processes read only what is new"""

import sqlalchemy as sa
from alembic import op

revision = '0081'
down_revision = '0010'


def upgrade() -> None:
    op.create_table('stamps',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_stamps'))
    )
    for table, column in (('unit_tallies', 'changed_in'), ('contest_tallies', 'changed_in'), ('tally_states', 'version')):
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default='1'))
        # Whoever writes a row has to say which change it belongs to.
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, server_default=None, existing_type=sa.Integer(), existing_nullable=False)
    op.create_index('ix_unit_tallies_round_id_changed_in', 'unit_tallies', ['round_id', 'changed_in'])
    op.create_index('ix_contest_tallies_contest_id_changed_in', 'contest_tallies', ['contest_id', 'changed_in'])
