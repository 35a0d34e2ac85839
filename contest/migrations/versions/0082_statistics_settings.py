"""what the organiser lets the public statistics say"""

import sqlalchemy as sa
from alembic import op

revision = '0082'
down_revision = '0053'


def upgrade() -> None:
    op.create_table('statistics_settings',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('lowest', sa.Integer(), nullable=False),
    sa.CheckConstraint('lowest BETWEEN 0 AND 20', name=op.f('ck_statistics_settings_lowest_is_a_short_list')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_statistics_settings_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', name=op.f('pk_statistics_settings'))
    )
