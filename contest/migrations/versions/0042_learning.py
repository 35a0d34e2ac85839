"""practice and reading pages"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0032'


def upgrade() -> None:
    op.create_table('practice_sets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('bank_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('per_go', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('per_go BETWEEN 1 AND 100', name=op.f('ck_practice_sets_asks_some_questions')),
    sa.ForeignKeyConstraint(['bank_id'], ['banks.id'], name=op.f('fk_practice_sets_bank_id_banks')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_practice_sets_contest_id_contests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_sets'))
    )
    with op.batch_alter_table('practice_sets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_sets_contest_id'), ['contest_id'], unique=False)

    op.create_table('practice_parts',
    sa.Column('set_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.CheckConstraint("kind IN ('topic', 'level', 'tag')", name=op.f('ck_practice_parts_kind_is_a_known_word')),
    sa.ForeignKeyConstraint(['set_id'], ['practice_sets.id'], name=op.f('fk_practice_parts_set_id_practice_sets'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('set_id', 'kind', 'value', name=op.f('pk_practice_parts'))
    )
    op.create_table('reading_pages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_reading_pages_contest_id_contests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading_pages')),
    sa.UniqueConstraint('contest_id', 'position', name=op.f('uq_reading_pages_contest_id_position'))
    )
    op.create_table('reading_topics',
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['page_id'], ['reading_pages.id'], name=op.f('fk_reading_topics_page_id_reading_pages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('page_id', 'topic', name=op.f('pk_reading_topics'))
    )
    op.create_table('reading_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=200), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uploaded_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['page_id'], ['reading_pages.id'], name=op.f('fk_reading_files_page_id_reading_pages'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['uploaded_by'], ['staff.id'], name=op.f('fk_reading_files_uploaded_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading_files')),
    sa.UniqueConstraint('page_id', 'name', name=op.f('uq_reading_files_page_id_name')),
    sa.UniqueConstraint('token', name=op.f('uq_reading_files_token'))
    )
    op.create_table('reading_visits',
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['page_id'], ['reading_pages.id'], name=op.f('fk_reading_visits_page_id_reading_pages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('page_id', 'day', name=op.f('pk_reading_visits'))
    )
