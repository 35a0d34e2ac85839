"""tags in drafts"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0080'


def upgrade() -> None:
    op.create_table('draft_tags',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tag', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft_questions.id'], name=op.f('fk_draft_tags_draft_id_draft_questions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('draft_id', 'position', name=op.f('pk_draft_tags'))
    )
