"""the dated tree: more kinds of units, names, changes and successors, headcounts with their history"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0040'

KINDS = (
    "kind IN ('ministry', 'province', 'department', 'commune', 'special_zone', 'hamlet', 'party', 'party_cell', "
    "'youth_union', 'women_union', 'trade_union', 'union_cell', 'fatherland_front', 'school', 'public_service', "
    "'enterprise', 'armed_forces', 'office', 'branch', 'other')"
)
COUNTED = "kind IN ('officials', 'youth', 'residents')"


def upgrade() -> None:
    embedded = op.get_bind().dialect.name == 'sqlite'
    if embedded:
        rebuild_for_sqlite()
    else:
        op.drop_constraint(op.f('ck_units_kind_is_a_known_word'), 'units', type_='check')
        op.create_check_constraint(op.f('ck_units_kind_is_a_known_word'), 'units', KINDS)
        op.alter_column('units', 'path', type_=sa.Text())
        for column in headcount_columns():
            op.add_column('headcounts', column)
        op.drop_constraint(op.f('uq_headcounts_unit_id_kind_valid_from'), 'headcounts', type_='unique')
    in_force = sa.text('replaced_at IS NULL')
    op.create_index(
        'uq_headcounts_in_force', 'headcounts', ['unit_id', 'kind', 'valid_from'], unique=True,
        sqlite_where=in_force, postgresql_where=in_force,
    )
    create_tables()


def headcount_columns() -> "list[sa.Column[object]]":
    return [
        sa.Column('note', sa.String(length=200), nullable=False, server_default=''),
        sa.Column('entered_by', sa.String(length=200), nullable=False, server_default=''),
        sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    ]


def rebuild_for_sqlite() -> None:
    """SQLite changes no constraint in place; checks are not read back, so both tables name theirs again."""
    checks = (
        sa.CheckConstraint(KINDS, name=op.f('ck_units_kind_is_a_known_word')),
        sa.CheckConstraint('parent_id <> id', name=op.f('ck_units_is_not_its_own_parent')),
    )
    with op.batch_alter_table('units', recreate='always', table_args=checks) as batch_op:
        batch_op.alter_column('path', type_=sa.Text(), existing_type=sa.String(length=200))
    checks = (
        sa.CheckConstraint(COUNTED, name=op.f('ck_headcounts_kind_is_a_known_word')),
        sa.CheckConstraint('number >= 0', name=op.f('ck_headcounts_number_is_not_negative')),
    )
    with op.batch_alter_table('headcounts', recreate='always', table_args=checks) as batch_op:
        for column in headcount_columns():
            batch_op.add_column(column)
        batch_op.drop_constraint(op.f('uq_headcounts_unit_id_kind_valid_from'), type_='unique')


def create_tables() -> None:
    op.create_table('unit_names',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('borne_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('old', 'alias')", name=op.f('ck_unit_names_kind_is_a_known_word')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_unit_names_unit_id_units'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_names')),
    sa.UniqueConstraint('unit_id', 'name', name=op.f('uq_unit_names_unit_id_name'))
    )
    op.create_table('unit_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('actor', sa.String(length=200), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('rename', 'merge', 'split', 'close')", name=op.f('ck_unit_changes_kind_is_a_known_word')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_unit_changes_unit_id_units'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_changes'))
    )
    op.create_index(op.f('ix_unit_changes_unit_id'), 'unit_changes', ['unit_id'])
    op.create_index(op.f('ix_unit_changes_effective_on'), 'unit_changes', ['effective_on'])
    op.create_table('unit_successors',
    sa.Column('change_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.Column('takes_people', sa.Boolean(), nullable=False),
    sa.CheckConstraint('share BETWEEN 0 AND 10000', name=op.f('ck_unit_successors_share_is_part_of_the_whole')),
    sa.ForeignKeyConstraint(['change_id'], ['unit_changes.id'], name=op.f('fk_unit_successors_change_id_unit_changes'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_unit_successors_unit_id_units'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('change_id', 'unit_id', name=op.f('pk_unit_successors'))
    )
