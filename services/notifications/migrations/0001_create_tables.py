"""create tables.

Old code must still run on the migrated tables: add first, remove in a later release. No models
here, no text length limits; change data in a migration of its own, in small batches.
"""

import sqlalchemy as sa
from alembic import op

from shared.db import columns
from shared.db.wall import raise_walls

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "history",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("actor_role", sa.Text(), nullable=False),
        sa.Column("what", columns.json_type(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_history")),
        sa.UniqueConstraint("subject", "sequence", name=op.f("uq_history_subject_sequence")),
    )
    op.create_table(
        "idempotent_answer",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("headers", columns.json_type(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client", "route", "key", name=op.f("pk_idempotent_answer")),
    )
    with op.batch_alter_table("idempotent_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_idempotent_answer_answered_at"), ["answered_at"], unique=False
        )

    op.create_table(
        "inbox_cursor",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_inbox_cursor")),
    )
    op.create_table(
        "inbox_event",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("received_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox_event")),
        sa.UniqueConstraint("subject", "sequence", name=op.f("uq_inbox_event_subject_sequence")),
    )
    op.create_table(
        "inbox_parked",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("parked_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox_parked")),
    )
    with op.batch_alter_table("inbox_parked", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_parked_subject", ["subject", "sequence"], unique=False)

    op.create_table(
        "known_authority",
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=True),
        sa.Column("name", columns.json_type(), nullable=True),
        sa.Column("profile", columns.json_type(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("authority", name=op.f("pk_known_authority")),
    )
    op.create_table(
        "known_body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("name", columns.json_type(), nullable=False),
        sa.Column("members", columns.json_type(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_body")),
    )
    with op.batch_alter_table("known_body", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_body_authority"), ["authority"], unique=False)

    op.create_table(
        "known_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("subject_line", columns.json_type(), nullable=False),
        sa.Column("people", columns.json_type(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_case")),
    )
    with op.batch_alter_table("known_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_case_authority"), ["authority"], unique=False)

    op.create_table(
        "known_mandate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_mandate")),
    )
    with op.batch_alter_table("known_mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_mandate_authority"), ["authority"], unique=False)

    op.create_table(
        "known_membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_membership")),
    )
    with op.batch_alter_table("known_membership", schema=None) as batch_op:
        batch_op.create_index("ix_known_membership_role", ["authority", "role"], unique=False)

    op.create_table(
        "known_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_session")),
    )
    with op.batch_alter_table("known_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_session_authority"), ["authority"], unique=False)

    op.create_table(
        "notice",
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("notice_kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("due_version", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("facts", columns.json_type(), nullable=False),
        sa.Column("cause_event_id", sa.Uuid(), nullable=False),
        sa.Column("correlation_id", sa.Text(), nullable=False),
        sa.Column("intended_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.Column("next_try_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("leased_until", columns.UtcInstant(timezone=True), nullable=True),
        sa.Column("last_problem", sa.Text(), nullable=True),
        sa.Column("sent_at", columns.UtcInstant(timezone=True), nullable=True),
        sa.Column("acknowledged_at", columns.UtcInstant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "authority",
            "about",
            "notice_kind",
            "person_id",
            "due_version",
            name=op.f("uq_notice_authority_about_notice_kind_person_id_due_version"),
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_about", ["authority", "about", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_authority"), ["authority"], unique=False)
        batch_op.create_index("ix_notice_due", ["state", "next_try_at"], unique=False)
        batch_op.create_index("ix_notice_of_person", ["authority", "person_id", "id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("routing_key", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("refused_because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("subject", "sequence", name=op.f("uq_outbox_subject_sequence")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_slot", ["slot", "subject", "sequence"], unique=False)

    op.create_table(
        "outbox_slot",
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", columns.UtcInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_outbox_slot")),
    )
    op.create_table(
        "personal_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", columns.UtcInstant(timezone=True), nullable=False),
        sa.Column("destroyed_at", columns.UtcInstant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_key")),
        sa.UniqueConstraint(
            "authority",
            "person_id",
            "purpose",
            name=op.f("uq_personal_key_authority_person_id_purpose"),
        ),
    )
    op.create_table(
        "timer_lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", columns.UtcInstant(timezone=True), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_timer_lease")),
    )
    raise_walls(op.get_bind())


def downgrade() -> None:
    """Take the tables back."""
    # A dropped table takes its indexes with it.
    op.drop_table("timer_lease")
    op.drop_table("personal_key")
    op.drop_table("outbox_slot")
    op.drop_table("outbox")
    op.drop_table("notice")
    op.drop_table("known_session")
    op.drop_table("known_membership")
    op.drop_table("known_mandate")
    op.drop_table("known_case")
    op.drop_table("known_body")
    op.drop_table("known_authority")
    op.drop_table("inbox_parked")
    op.drop_table("inbox_event")
    op.drop_table("inbox_cursor")
    op.drop_table("idempotent_answer")
    op.drop_table("history")
