"""on SQLite the hours of a unit lie together, in the order of their key: a page is read where each hour cost one"""

import sqlalchemy as sa
from alembic import op

revision = '0097'
down_revision = '0093'


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.rename_table('unit_hour_tallies', 'unit_hour_tallies_before')
    op.create_table('unit_hour_tallies',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_unit_hour_tallies_round_id_rounds')),
    sa.PrimaryKeyConstraint('round_id', 'unit_id', 'hour', name=op.f('pk_unit_hour_tallies')),
    sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO unit_hour_tallies (round_id, unit_id, hour, attempts)"
        " SELECT round_id, unit_id, hour, attempts FROM unit_hour_tallies_before ORDER BY round_id, unit_id, hour"
    )
    op.drop_table('unit_hour_tallies_before')
