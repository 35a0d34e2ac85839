"""the whole paper on one page"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0072'


def upgrade() -> None:
    op.add_column('rounds', sa.Column('whole_paper', sa.Boolean(), server_default=sa.text('false'), nullable=False))
