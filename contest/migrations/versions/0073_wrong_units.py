"""wrong units"""

import sqlalchemy as sa
from alembic import op

revision = '0073'
down_revision = '0042'


def upgrade() -> None:
    op.create_table('unit_moves',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('from_unit_id', sa.Integer(), nullable=True),
    sa.Column('to_unit_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asker', sa.String(length=200), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decider', sa.String(length=200), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'offered') = (decided_at IS NULL)", name=op.f('ck_unit_moves_offered_until_decided')),
    sa.CheckConstraint("state IN ('offered', 'done', 'declined', 'withdrawn')", name=op.f('ck_unit_moves_state_is_a_known_word')),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_unit_moves_entry_id_entries')),
    sa.ForeignKeyConstraint(['from_unit_id'], ['units.id'], name=op.f('fk_unit_moves_from_unit_id_units')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['units.id'], name=op.f('fk_unit_moves_to_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_moves'))
    )
    with op.batch_alter_table('unit_moves', schema=None) as batch_op:
        batch_op.create_index('ix_unit_moves_open', ['entry_id'], unique=True, sqlite_where=sa.text("state = 'offered'"), postgresql_where=sa.text("state = 'offered'"))
        batch_op.create_index(batch_op.f('ix_unit_moves_from_unit_id'), ['from_unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_moves_to_unit_id'), ['to_unit_id'], unique=False)

    op.create_table('attempt_units',
    sa.Column('move_id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_attempt_units_attempt_id_attempts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['move_id'], ['unit_moves.id'], name=op.f('fk_attempt_units_move_id_unit_moves')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_attempt_units_unit_id_units')),
    sa.PrimaryKeyConstraint('move_id', 'attempt_id', name=op.f('pk_attempt_units'))
    )
