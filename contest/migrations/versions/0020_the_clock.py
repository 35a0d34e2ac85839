"""the clock"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0081'


def upgrade() -> None:
    op.create_table('pauses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('begun_by', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= began_at', name=op.f('ck_pauses_ends_after_it_began')),
    sa.ForeignKeyConstraint(['begun_by'], ['staff.id'], name=op.f('fk_pauses_begun_by_staff')),
    sa.ForeignKeyConstraint(['ended_by'], ['staff.id'], name=op.f('fk_pauses_ended_by_staff')),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_pauses_round_id_rounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pauses'))
    )
    with op.batch_alter_table('pauses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pauses_round_id'), ['round_id'], unique=False)
        batch_op.create_index('uq_pauses_one_at_a_time', ['round_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('extra_times',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('granted_by', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('entry_id IS NULL OR unit_id IS NULL', name=op.f('ck_extra_times_is_for_one_or_for_a_unit')),
    sa.CheckConstraint('seconds > 0', name=op.f('ck_extra_times_gives_time')),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_extra_times_entry_id_entries')),
    sa.ForeignKeyConstraint(['granted_by'], ['staff.id'], name=op.f('fk_extra_times_granted_by_staff')),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_extra_times_round_id_rounds')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_extra_times_unit_id_units')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['staff.id'], name=op.f('fk_extra_times_withdrawn_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extra_times'))
    )
    with op.batch_alter_table('extra_times', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extra_times_round_id'), ['round_id'], unique=False)

    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('extra_seconds', sa.Integer(), server_default=sa.text('0'), nullable=False))

    with op.batch_alter_table('rounds', schema=None) as batch_op:
        batch_op.add_column(sa.Column('first_closes_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reckoning', sa.Integer(), server_default=sa.text('0'), nullable=False))

