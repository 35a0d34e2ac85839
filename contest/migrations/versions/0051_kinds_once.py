"""kinds of units are checked once: a rebuilt table of SQLite had kept the earlier, narrower check beside the new one"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0041'

KINDS = (
    "kind IN ('ministry', 'province', 'department', 'commune', 'special_zone', 'hamlet', 'party', 'party_cell', "
    "'youth_union', 'women_union', 'trade_union', 'union_cell', 'fatherland_front', 'school', 'public_service', "
    "'enterprise', 'armed_forces', 'office', 'branch', 'other')"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != 'sqlite':
        return
    rebuild('units', 'ck_units_kind_is_a_known_word', KINDS, 'ck_units_is_not_its_own_parent', 'parent_id <> id')
    rebuild(
        'headcounts', 'ck_headcounts_kind_is_a_known_word', "kind IN ('officials', 'youth', 'residents')",
        'ck_headcounts_number_is_not_negative', 'number >= 0',
    )


def rebuild(table: str, kinds: str, kinds_text: str, other: str, other_text: str) -> None:
    """The same table with each of its two checks once."""
    checks = (
        sa.CheckConstraint(kinds_text, name=op.f(kinds)),
        sa.CheckConstraint(other_text, name=op.f(other)),
    )
    with op.batch_alter_table(table, recreate='always', table_args=checks) as batch_op:
        batch_op.drop_constraint(op.f(kinds), type_='check')
        batch_op.drop_constraint(op.f(other), type_='check')
