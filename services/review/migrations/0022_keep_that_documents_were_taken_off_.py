"""keep that documents were taken off agendas.

Old code must still run on the migrated tables: add first, remove in a later release. No models
here, no text length limits; change data in a migration of its own, in small batches.
"""

import sqlalchemy as sa
from alembic import op

from shared.db.wall import raise_walls

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("agenda_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_off_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("taken_off_because", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("taken_off_by", sa.Text(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_agenda_document_session_id_sha256"), type_="unique")
        batch_op.create_index(
            "uq_agenda_document_attached",
            ["session_id", "sha256"],
            unique=True,
            postgresql_where=sa.text("taken_off_on IS NULL"),
            sqlite_where=sa.text("taken_off_on IS NULL"),
        )
    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("agenda_document", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_agenda_document_attached",
            postgresql_where=sa.text("taken_off_on IS NULL"),
            sqlite_where=sa.text("taken_off_on IS NULL"),
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_agenda_document_session_id_sha256"), ["session_id", "sha256"]
        )
        batch_op.drop_column("taken_off_by")
        batch_op.drop_column("taken_off_because")
        batch_op.drop_column("taken_off_on")
