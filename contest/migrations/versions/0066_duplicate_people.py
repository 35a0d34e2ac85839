"""duplicate people"""

import sqlalchemy as sa
from alembic import op

revision = '0066'
down_revision = '0085'


def upgrade() -> None:
    op.create_table('redrafts_due',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_redrafts_due_round_id_rounds')),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_redrafts_due'))
    )
    op.create_table('duplicate_pairs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('likeness', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settler', sa.String(length=200), nullable=False),
    sa.CheckConstraint("likeness IN ('likely', 'possible', 'not')", name=op.f('ck_duplicate_pairs_likeness_is_a_known_word')),
    sa.CheckConstraint("state IN ('open', 'different', 'merged')", name=op.f('ck_duplicate_pairs_state_is_a_known_word')),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_duplicate_pairs_has_one_order')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_duplicate_pairs_contest_id_contests')),
    sa.ForeignKeyConstraint(['first_id'], ['entries.id'], name=op.f('fk_duplicate_pairs_first_id_entries'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['entries.id'], name=op.f('fk_duplicate_pairs_second_id_entries'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duplicate_pairs')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_duplicate_pairs_first_id_second_id'))
    )
    with op.batch_alter_table('duplicate_pairs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duplicate_pairs_contest_id_state_likeness_id'), ['contest_id', 'state', 'likeness', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_duplicate_pairs_second_id'), ['second_id'], unique=False)

    op.create_table('merged_entries',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('into_person_id', sa.Integer(), nullable=False),
    sa.Column('led', sa.Boolean(), nullable=False),
    sa.CheckConstraint('entry_id <> into_id', name=op.f('ck_merged_entries_are_two')),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_merged_entries_entry_id_entries'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['into_id'], ['entries.id'], name=op.f('fk_merged_entries_into_id_entries')),
    sa.ForeignKeyConstraint(['into_person_id'], ['people.id'], name=op.f('fk_merged_entries_into_person_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_merged_entries_person_id_people')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_merged_entries'))
    )
    with op.batch_alter_table('merged_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_merged_entries_into_id'), ['into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_merged_entries_into_person_id'), ['into_person_id'], unique=False)

    op.create_table('entry_merges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pair_id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('merged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('merger', sa.String(length=200), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undoer', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['gone_id'], ['entries.id'], name=op.f('fk_entry_merges_gone_id_entries')),
    sa.ForeignKeyConstraint(['kept_id'], ['entries.id'], name=op.f('fk_entry_merges_kept_id_entries')),
    sa.ForeignKeyConstraint(['pair_id'], ['duplicate_pairs.id'], name=op.f('fk_entry_merges_pair_id_duplicate_pairs'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_merges'))
    )
    with op.batch_alter_table('entry_merges', schema=None) as batch_op:
        batch_op.create_index('uq_entry_merges_once_at_a_time', ['pair_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('merged_attempts',
    sa.Column('merge_id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_merged_attempts_attempt_id_attempts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['merge_id'], ['entry_merges.id'], name=op.f('fk_merged_attempts_merge_id_entry_merges'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('merge_id', 'attempt_id', name=op.f('pk_merged_attempts'))
    )
    with op.batch_alter_table('entries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('compared', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_index(batch_op.f('ix_entries_contest_id_search_key'))
        batch_op.create_index('ix_entries_birth_date', ['contest_id', 'birth_date'], unique=False, sqlite_where=sa.text('birth_date IS NOT NULL'), postgresql_where=sa.text('birth_date IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_entries_contest_id_search_key_unit_id'), ['contest_id', 'search_key', 'unit_id'], unique=False)
        batch_op.create_index('ix_entries_uncompared', ['id'], unique=False, sqlite_where=sa.text('NOT compared'), postgresql_where=sa.text('NOT compared'))

    with op.batch_alter_table('roster_rows', schema=None) as batch_op:
        batch_op.add_column(sa.Column('forgotten', sa.Boolean(), server_default=sa.false(), nullable=False))

