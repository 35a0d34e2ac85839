"""a declared count is shown by several files"""

import sqlalchemy as sa
from alembic import op

revision = '0092'
down_revision = '0090'

KEPT = "count_id, filename, media_type, size, sha256, content, uploaded_at"


def upgrade() -> None:
    # Made anew, so that its constraints have their names in both databases.
    op.execute(f"CREATE TABLE evidence_kept AS SELECT {KEPT} FROM report_evidence")
    op.drop_table('report_evidence')
    op.create_table('report_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('count_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['count_id'], ['report_counts.id'], name=op.f('fk_report_evidence_count_id_report_counts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_evidence')),
    sa.UniqueConstraint('count_id', 'sha256', name=op.f('uq_report_evidence_count_id_sha256'))
    )
    op.execute(f"INSERT INTO report_evidence ({KEPT}) SELECT {KEPT} FROM evidence_kept ORDER BY count_id")
    op.drop_table('evidence_kept')
    with op.batch_alter_table('snapshot_counts', schema=None) as batch_op:
        for column in ('evidence', 'sha256'):
            batch_op.alter_column(column, existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False)
