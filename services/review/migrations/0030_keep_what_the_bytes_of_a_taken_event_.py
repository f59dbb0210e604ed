"""Keep a hash of the bytes of each event that was taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; older rows, and those of older programs, have none."""
    op.add_column("inbox_event", sa.Column("body_sha256", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("inbox_event") as table:
        table.drop_column("body_sha256")
