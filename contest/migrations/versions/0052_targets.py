"""the headcount of a block, and how many people are wanted of units"""

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0060'


def upgrade() -> None:
    op.create_table('block_measures',
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.CheckConstraint("kind = '' OR kind IN ('officials', 'youth', 'residents')", name=op.f('ck_block_measures_kind_is_a_known_word')),
    sa.ForeignKeyConstraint(['block_id'], ['blocks.id'], name=op.f('fk_block_measures_block_id_blocks'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('block_id', name=op.f('pk_block_measures'))
    )
    op.create_table('target_tiers',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('from_size', sa.Integer(), nullable=False),
    sa.Column('share', sa.Integer(), nullable=True),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.CheckConstraint('from_size >= 0', name=op.f('ck_target_tiers_size_is_not_negative')),
    sa.CheckConstraint('share IS NULL OR share BETWEEN 0 AND 10000', name=op.f('ck_target_tiers_share_is_part_of_the_whole')),
    sa.CheckConstraint('share IS NOT NULL OR people IS NOT NULL', name=op.f('ck_target_tiers_wants_something')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_target_tiers_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'from_size', name=op.f('pk_target_tiers'))
    )
    op.create_table('unit_targets',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_unit_targets_people_are_not_negative')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_unit_targets_contest_id_contests')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_unit_targets_unit_id_units'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('contest_id', 'unit_id', name=op.f('pk_unit_targets'))
    )
