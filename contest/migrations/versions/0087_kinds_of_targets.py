"""for which kinds of units the tiers of a contest hold"""

import sqlalchemy as sa
from alembic import op

revision = '0087'
down_revision = '0097'


def upgrade() -> None:
    op.create_table('target_kinds',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.CheckConstraint("kind IN ('ministry', 'province', 'department', 'commune', 'special_zone', 'hamlet', 'party', 'party_cell', 'youth_union', 'women_union', 'trade_union', 'union_cell', 'fatherland_front', 'school', 'public_service', 'enterprise', 'armed_forces', 'office', 'branch', 'other')", name=op.f('ck_target_kinds_kind_is_a_known_word')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_target_kinds_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'kind', name=op.f('pk_target_kinds'))
    )
