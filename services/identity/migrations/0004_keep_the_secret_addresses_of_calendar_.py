"""keep the secret addresses of calendar feeds.

Old code must still run on the migrated tables: add first, remove in a later release. No models
here, no text length limits; change data in a migration of its own, in small batches.
"""

import sqlalchemy as sa
from alembic import op

from shared.db import columns
from shared.db.wall import raise_walls

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("made_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint(
            "authority", "person_id", name=op.f("uq_calendar_feed_authority_person_id")
        ),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
    )
    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table("calendar_feed")
