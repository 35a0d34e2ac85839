"""a staff code is found however it was typed, and without the zeros that a spreadsheet took"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0090'
down_revision = '0089'

A_PART = 5000
ENTRIES = sa.text(
    "SELECT id, staff_code FROM entries WHERE staff_code IS NOT NULL AND id > :after ORDER BY id LIMIT :most"
)
ROWS = sa.text(
    "SELECT id, contest_id, unit_id, code_key FROM roster_rows WHERE code_key IS NOT NULL ORDER BY id"
)


def upgrade() -> None:
    op.add_column('entries', sa.Column('code_key', sa.String(length=40), nullable=True))
    op.drop_index('ix_entries_contest_id_staff_code', table_name='entries')
    _entries(op.get_bind())
    _rows(op.get_bind())
    op.create_index('ix_entries_contest_id_code_key', 'entries', ['contest_id', 'code_key'], unique=False)


def _entries(connection: sa.Connection) -> None:
    """Whoever gave a code is looked for on the lists, and compared with the others, once more."""
    again = sa.text("UPDATE entries SET code_key = :key, sought = false, compared = false WHERE id = :id")
    after = 0
    while found := connection.execute(ENTRIES, {"after": after, "most": A_PART}).all():
        connection.execute(again, [{"id": row[0], "key": _key(row[1])} for row in found])
        after = found[-1][0]


def _rows(connection: sa.Connection) -> None:
    """Of two people of one unit whose codes become one, the one listed first has it."""
    rows = connection.execute(ROWS).all()
    taken = {(row[1], row[2], row[3]) for row in rows}
    for row_id, contest_id, unit_id, before in rows:
        key = _key(before)
        if key == before or (contest_id, unit_id, key) in taken:
            continue
        taken.add((contest_id, unit_id, key))
        connection.execute(
            sa.text("UPDATE roster_rows SET code_key = :key, sought = false WHERE id = :id"),
            {"id": row_id, "key": key},
        )


def _key(code: str) -> str | None:
    """As contest.rules.staff_codes.key says on the day of this migration."""
    folded = unicodedata.normalize("NFD", code.upper()).replace("Đ", "D")
    signs = "".join(sign for sign in folded if sign.isalnum())
    return (signs.lstrip("0") or signs[-1:] if signs.isdecimal() else signs) or None
