"""verified people of a contest are counted once over all its rounds"""

import sqlalchemy as sa
from alembic import op

revision = '0089'
down_revision = '0086'

COUNT = """
INSERT INTO verified_contest_tallies (contest_id, unit_id, block_id, people)
SELECT contest_people.contest_id, contest_people.unit_id, contest_people.block_id, COUNT(*)
FROM contest_people
JOIN entries ON entries.contest_id = contest_people.contest_id AND entries.person_id = contest_people.person_id
JOIN verified_entries ON verified_entries.entry_id = entries.id
GROUP BY contest_people.contest_id, contest_people.unit_id, contest_people.block_id
"""


def upgrade() -> None:
    op.create_table('verified_contest_tallies',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_verified_contest_tallies_people_are_not_negative')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_verified_contest_tallies_contest_id_contests')),
    sa.ForeignKeyConstraint(['block_id'], ['blocks.id'], name=op.f('fk_verified_contest_tallies_block_id_blocks')),
    sa.PrimaryKeyConstraint('contest_id', 'unit_id', 'block_id', name=op.f('pk_verified_contest_tallies'))
    )
    op.execute(COUNT)
