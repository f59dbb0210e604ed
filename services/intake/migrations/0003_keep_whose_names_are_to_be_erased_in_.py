"""keep whose names are to be erased in files.

Old code must still run on the migrated tables: add first, remove in a later release. No models
here, no text length limits; change data in a migration of its own, in small batches.
"""

import sqlalchemy as sa
from alembic import op

from shared.db import columns
from shared.db.wall import raise_walls

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "ended_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_case")),
    )
    with op.batch_alter_table("ended_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ended_case_authority"), ["authority"], unique=False)

    op.create_table(
        "redaction",
        sa.Column("erasure_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("waits_for", columns.json_type(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint("erasure_id", name=op.f("uq_redaction_erasure_id")),
    )
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redaction_authority"), ["authority"], unique=False)
        batch_op.create_index("ix_redaction_of_person", ["authority", "person_id"], unique=False)

    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.drop_index("ix_redaction_of_person")
        batch_op.drop_index(batch_op.f("ix_redaction_authority"))

    op.drop_table("redaction")
    with op.batch_alter_table("ended_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ended_case_authority"))

    op.drop_table("ended_case")
