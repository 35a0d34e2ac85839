"""numbers over all rounds of a contest, and attempts by hour and unit; filled from what is there"""

import sqlalchemy as sa
from alembic import op

revision = '0080'
down_revision = '0030'

PEOPLE = """
INSERT INTO contest_people (contest_id, person_id, round_id, unit_id, block_id)
SELECT contest_id, person_id, round_id, unit_id, block_id FROM (
  SELECT rounds.contest_id, participants.person_id, participants.round_id,
    COALESCE(participants.unit_id, 0) AS unit_id, participants.block_id,
    ROW_NUMBER() OVER (PARTITION BY rounds.contest_id, participants.person_id ORDER BY rounds.number DESC) AS place
  FROM participants JOIN rounds ON rounds.id = participants.round_id
) AS latest WHERE place = 1
"""
TALLIES = """
INSERT INTO contest_tallies (contest_id, unit_id, block_id, people, attempts)
SELECT rounds.contest_id, unit_tallies.unit_id, unit_tallies.block_id,
  (SELECT COUNT(*) FROM contest_people WHERE contest_people.contest_id = rounds.contest_id
    AND contest_people.unit_id = unit_tallies.unit_id AND contest_people.block_id = unit_tallies.block_id),
  SUM(unit_tallies.attempts)
FROM unit_tallies JOIN rounds ON rounds.id = unit_tallies.round_id
GROUP BY rounds.contest_id, unit_tallies.unit_id, unit_tallies.block_id
"""
HOURS = """
INSERT INTO unit_hour_tallies (round_id, unit_id, hour, attempts)
SELECT round_id, COALESCE(unit_id, 0), {hour}, COUNT(*) FROM attempts
WHERE counted GROUP BY round_id, COALESCE(unit_id, 0), {hour}
"""
HOUR = {
    "sqlite": "strftime('%Y-%m-%d %H:00:00.000000', handed_in_at)",
    "postgresql": "date_trunc('hour', handed_in_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'",
}


def upgrade() -> None:
    op.create_table('contest_people',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['block_id'], ['blocks.id'], name=op.f('fk_contest_people_block_id_blocks')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_contest_people_contest_id_contests')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_contest_people_person_id_people')),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_contest_people_round_id_rounds')),
    sa.PrimaryKeyConstraint('contest_id', 'person_id', name=op.f('pk_contest_people'))
    )
    op.create_table('contest_tallies',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.CheckConstraint('people <= attempts', name=op.f('ck_contest_tallies_nobody_without_an_attempt')),
    sa.ForeignKeyConstraint(['block_id'], ['blocks.id'], name=op.f('fk_contest_tallies_block_id_blocks')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_contest_tallies_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'unit_id', 'block_id', name=op.f('pk_contest_tallies'))
    )
    op.create_table('unit_hour_tallies',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_unit_hour_tallies_round_id_rounds')),
    sa.PrimaryKeyConstraint('round_id', 'unit_id', 'hour', name=op.f('pk_unit_hour_tallies'))
    )
    op.execute(PEOPLE)
    op.execute(TALLIES)
    op.execute(HOURS.format(hour=HOUR[op.get_bind().dialect.name]))
