"""keep where documents of agendas are stored.

Old code must still run on the migrated tables: add first, remove in a later release. No models
here, no text length limits; change data in a migration of its own, in small batches.
"""

import sqlalchemy as sa
from alembic import op

from shared.db.wall import raise_walls

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("agenda_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stored_as", sa.Text(), server_default="", nullable=False))
    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("agenda_document", schema=None) as batch_op:
        batch_op.drop_column("stored_as")
