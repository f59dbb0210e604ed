"""keep which documents were erased and until when names stay.

Old code must still run on the migrated tables: add first, remove in a later release. No models
here, no text length limits; change data in a migration of its own, in small batches.
"""

import sqlalchemy as sa
from alembic import op

from shared.db import columns
from shared.db.wall import raise_walls

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("ended_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept_until", sa.Date(), nullable=True))

    with op.batch_alter_table("petition_document", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_keyed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("erased_on", sa.Date(), nullable=True))

    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased", columns.json_type(), nullable=True))
        batch_op.add_column(sa.Column("stays", columns.json_type(), nullable=True))

    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.drop_column("stays")
        batch_op.drop_column("erased")

    with op.batch_alter_table("petition_document", schema=None) as batch_op:
        batch_op.drop_column("erased_on")
        batch_op.drop_column("is_keyed")

    with op.batch_alter_table("ended_case", schema=None) as batch_op:
        batch_op.drop_column("kept_until")
