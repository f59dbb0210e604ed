"""keep who asked for the erasure of a person's data.

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
    op.create_table(
        "erasure",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("names_settled", sa.Boolean(), nullable=False),
        sa.Column("waits_for", columns.json_type(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("erased", columns.json_type(), nullable=False),
        sa.Column("stays", columns.json_type(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_authority"), ["authority"], unique=False)
        batch_op.create_index(
            "ix_erasure_of_person", ["authority", "person_id", "id"], unique=False
        )

    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index("ix_erasure_of_person")
        batch_op.drop_index(batch_op.f("ix_erasure_authority"))

    op.drop_table("erasure")
