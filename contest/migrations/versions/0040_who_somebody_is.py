"""who somebody is: birth date, address, second unit, minimum age, answering first"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0020'

FIELDS = ('birth_year', 'birth_date', 'phone', 'staff_code', 'address', 'unit', 'second_unit', 'block')


def upgrade() -> None:
    with op.batch_alter_table('contest_fields', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_contest_fields_field_is_a_known_word'), type_='check')
        listed = ', '.join(f"'{word}'" for word in FIELDS)
        batch_op.create_check_constraint(op.f('ck_contest_fields_field_is_a_known_word'), f'field IN ({listed})')

    with op.batch_alter_table('contests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('identified_by', sa.String(length=40), server_default='declared', nullable=False))
        batch_op.add_column(sa.Column('minimum_age', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('answer_first', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(
            op.f('ck_contests_identified_by_is_a_known_word'),
            "identified_by IN ('declared', 'phone', 'staff_code', 'roster')",
        )
        batch_op.create_check_constraint(
            op.f('ck_contests_minimum_age_is_an_age'), 'minimum_age IS NULL OR minimum_age BETWEEN 1 AND 100'
        )

    with op.batch_alter_table('entries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('birth_date', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('address', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('second_unit_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('anonymous', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_foreign_key(op.f('fk_entries_second_unit_id_units'), 'units', ['second_unit_id'], ['id'])
        batch_op.create_check_constraint(
            op.f('ck_entries_nobody_without_a_name_is_ranked'), 'NOT (anonymous AND ranked)'
        )

    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('anonymous', sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table('claimed_attempts',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], name=op.f('fk_claimed_attempts_attempt_id_attempts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', name=op.f('pk_claimed_attempts'))
    )
