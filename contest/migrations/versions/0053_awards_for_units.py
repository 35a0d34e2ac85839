"""awards for units"""

import sqlalchemy as sa
from alembic import op

revision = '0053'
down_revision = '0061'


def upgrade() -> None:
    op.create_table('award_schemes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('unit_kinds', sa.String(length=200), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=True),
    sa.Column('floor', sa.Boolean(), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in (
        'first_points', 'second_points', 'third_points', 'firsts', 'seconds', 'thirds', 'consolations')),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("measure IN ('people', 'rate', 'both', 'points', 'quality')", name=op.f('ck_award_schemes_measure_is_a_known_word')),
    sa.CheckConstraint('firsts >= 0 AND seconds >= 0 AND thirds >= 0', name=op.f('ck_award_schemes_prizes_are_not_negative')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_award_schemes_contest_id_contests')),
    sa.ForeignKeyConstraint(['block_id'], ['blocks.id'], name=op.f('fk_award_schemes_block_id_blocks'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_schemes'))
    )
    op.create_table('award_sheets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('rule_vi', sa.Text(), nullable=False),
    sa.Column('rule_en', sa.Text(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'published', 'replaced')", name=op.f('ck_award_sheets_state_is_a_known_word')),
    sa.ForeignKeyConstraint(['scheme_id'], ['award_schemes.id'], name=op.f('fk_award_sheets_scheme_id_award_schemes'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['published_by'], ['staff.id'], name=op.f('fk_award_sheets_published_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_sheets')),
    sa.UniqueConstraint('scheme_id', 'version', name=op.f('uq_award_sheets_scheme_id_version'))
    )
    op.create_table('award_lines',
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('prize', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=200), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=True),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in (
        'right_count', 'out_of', 'firsts', 'seconds', 'thirds')),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.Column('left_out', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['award_sheets.id'], name=op.f('fk_award_lines_sheet_id_award_sheets'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sheet_id', 'position', name=op.f('pk_award_lines'))
    )
