"""keep on which drafts a name was erased.

Old code must still run on the migrated tables: add first, remove in a later release. No models
here, no text length limits; change data in a migration of its own, in small batches.
"""

import sqlalchemy as sa
from alembic import op

from shared.db.wall import raise_walls

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_on", sa.Date(), nullable=True))

    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.drop_column("erased_on")
