"""which unit carries on one that is no more"""

import sqlalchemy as sa
from alembic import op

revision = '0086'
down_revision = '0066'


def upgrade() -> None:
    op.add_column('units', sa.Column('heir_path', sa.Text(), nullable=True))
    connection = op.get_bind()
    went = connection.execute(sa.text(
        "SELECT unit_changes.unit_id, unit_successors.unit_id FROM unit_changes "
        "JOIN unit_successors ON unit_successors.change_id = unit_changes.id "
        "WHERE unit_changes.applied_at IS NOT NULL AND unit_successors.takes_people"
    )).all()
    taken = {gone: heir for gone, heir in went}
    for gone, heir in taken.items():
        seen = {gone}
        while heir in taken and heir not in seen:
            seen.add(heir)
            heir = taken[heir]
        connection.execute(sa.text(
            "UPDATE units SET heir_path = (SELECT heirs.path FROM units AS heirs WHERE heirs.id = :heir) "
            "WHERE id = :gone AND closed_at IS NOT NULL"
        ), {"gone": gone, "heir": heir})
