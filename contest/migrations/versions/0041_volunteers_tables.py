"""volunteers' tables at events"""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0070'


def upgrade() -> None:
    op.create_table('helper_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['staff.id'], name=op.f('fk_helper_links_created_by_staff')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_helper_links_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_helper_links')),
    sa.UniqueConstraint('token', name=op.f('uq_helper_links_token'))
    )
    with op.batch_alter_table('helper_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_helper_links_event_id'), ['event_id'], unique=False)

    op.create_table('helped_entries',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_helped_entries_entry_id_entries'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['link_id'], ['helper_links.id'], name=op.f('fk_helped_entries_link_id_helper_links')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_helped_entries'))
    )
    with op.batch_alter_table('helped_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_helped_entries_link_id'), ['link_id'], unique=False)
