"""which headcount the main rate of every unit is of"""

import sqlalchemy as sa
from alembic import op

revision = '0095'
down_revision = '0094'


def upgrade() -> None:
    with op.batch_alter_table('statistics_settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('main', sa.String(length=40), nullable=False, server_default=''))
        batch_op.create_check_constraint(
            batch_op.f('ck_statistics_settings_main_is_a_known_word'),
            "main IN ('', 'officials', 'youth', 'residents')",
        )
