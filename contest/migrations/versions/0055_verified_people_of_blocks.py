"""verified people are counted by block, so that they are held against the same headcount as all people"""

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0021'

RECOUNT = """
INSERT INTO verified_tallies (round_id, unit_id, block_id, people)
SELECT attempts.round_id, COALESCE(attempts.unit_id, 0), attempts.block_id, COUNT(*)
FROM participants
JOIN attempts ON attempts.id = participants.attempt_id
JOIN verified_entries ON verified_entries.entry_id = attempts.entry_id
GROUP BY attempts.round_id, COALESCE(attempts.unit_id, 0), attempts.block_id
"""


def upgrade() -> None:
    op.drop_table('verified_tallies')
    op.create_table('verified_tallies',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_verified_tallies_people_are_not_negative')),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_verified_tallies_round_id_rounds')),
    sa.ForeignKeyConstraint(['block_id'], ['blocks.id'], name=op.f('fk_verified_tallies_block_id_blocks')),
    sa.PrimaryKeyConstraint('round_id', 'unit_id', 'block_id', name=op.f('pk_verified_tallies'))
    )
    op.execute(RECOUNT)
