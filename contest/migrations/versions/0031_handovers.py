"""handovers of an attempt to another browser"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0071'


def upgrade() -> None:
    op.create_table('handovers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(length=200), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_handovers_attempt_id_attempts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_handovers_secret_hash'))
    )
    op.create_index(op.f('ix_handovers_attempt_id'), 'handovers', ['attempt_id'])
