"""The tables every service has beside its own: outbox, inbox, history, answers, leases.

They are Core tables: nothing maps them to objects, and only shared/ reads or writes them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from shared.db.types import UtcInstant, json_type

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def service_metadata() -> MetaData:
    """Metadata of one service, with the naming convention of constraints."""
    return MetaData(naming_convention=NAMES)


@dataclass(frozen=True, kw_only=True)
class Plumbing:
    """The plumbing tables of one service's metadata."""

    outbox: Table
    outbox_slot: Table
    inbox_event: Table
    inbox_cursor: Table
    inbox_parked: Table
    inbox_attempt: Table
    inbox_discarded: Table
    history: Table
    idempotent_answer: Table
    known_authority: Table
    timer_lease: Table


def _text(name: str, **kwargs: object) -> Column[str]:
    """An internal text column; plumbing never holds personal data."""
    return Column(name, Text, info={"class": "internal"}, **kwargs)  # type: ignore[arg-type]


def _json(name: str) -> Column[object]:
    return Column(name, json_type(), info={"class": "internal"})


class PlumbingOnly:
    """In the place of a base, for a process that never touches the service's own tables."""

    def __init__(self) -> None:
        self.plumbing = plumbing(service_metadata())


def plumbing(metadata: MetaData) -> Plumbing:
    """Attach the plumbing tables to ``metadata`` and return them by name."""
    return Plumbing(
        outbox=_outbox(metadata),
        outbox_slot=Table(
            "outbox_slot",
            metadata,
            Column("slot", SmallInteger, primary_key=True, autoincrement=False),
            _text("owner", nullable=False),
            Column("until", UtcInstant, nullable=False),
        ),
        inbox_event=_inbox_event(metadata),
        inbox_cursor=_inbox_cursor(metadata),
        inbox_parked=_inbox_parked(metadata),
        inbox_attempt=_inbox_attempt(metadata),
        inbox_discarded=_inbox_discarded(metadata),
        history=_history(metadata),
        idempotent_answer=_idempotent_answer(metadata),
        known_authority=_known_authority(metadata),
        timer_lease=Table(
            "timer_lease",
            metadata,
            _text("name", primary_key=True),
            _text("owner", nullable=False),
            Column("until", UtcInstant, nullable=False),
            Column("fence", Integer, nullable=False),
        ),
    )


def _outbox(metadata: MetaData) -> Table:
    return Table(
        "outbox",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        _text("authority", nullable=False),
        Column("slot", SmallInteger, nullable=False),
        _text("subject", nullable=False),
        Column("sequence", Integer, nullable=False),
        _text("routing_key", nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("recorded_at", UtcInstant, nullable=False),
        Column("refusals", Integer, nullable=False, default=0),
        _text("refused_because"),
        UniqueConstraint("subject", "sequence"),
        Index("ix_outbox_slot", "slot", "subject", "sequence"),
    )


def _inbox_event(metadata: MetaData) -> Table:
    return Table(
        "inbox_event",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        _text("authority", nullable=False),
        _text("subject", nullable=False),
        Column("sequence", Integer, nullable=False),
        _text("type", nullable=False),
        Column("received_at", UtcInstant, nullable=False),
        # Of its bytes, so that other contents under its id are seen. Older rows have none.
        Column("body_sha256", LargeBinary),
        UniqueConstraint("subject", "sequence"),
    )


def _inbox_cursor(metadata: MetaData) -> Table:
    return Table(
        "inbox_cursor",
        metadata,
        _text("subject", primary_key=True),
        _text("authority", nullable=False),
        Column("sequence", Integer, nullable=False),
        Column("is_stopped", Boolean, nullable=False, default=False),
    )


def _inbox_parked(metadata: MetaData) -> Table:
    return Table(
        "inbox_parked",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        _text("authority", nullable=False),
        _text("subject", nullable=False),
        Column("sequence", Integer, nullable=False),
        _text("reason", nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("parked_at", UtcInstant, nullable=False),
        Index("ix_inbox_parked_subject", "subject", "sequence"),
    )


def _inbox_attempt(metadata: MetaData) -> Table:
    """Events that came more than once: what became of each try, and since when one is dead."""
    return Table(
        "inbox_attempt",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        _text("authority", nullable=False),
        _text("subject", nullable=False),
        Column("sequence", Integer, nullable=False),
        _text("type", nullable=False),
        Column("unfinished", Integer, nullable=False),
        Column("failed", Integer, nullable=False),
        _text("reason"),
        Column("tried_at", UtcInstant, nullable=False),
        Column("dead_at", UtcInstant, index=True),
    )


def _inbox_discarded(metadata: MetaData) -> Table:
    """Dead letters an operator decided never to apply, by whom and why."""
    return Table(
        "inbox_discarded",
        metadata,
        _text("letter", primary_key=True),
        _text("authority", nullable=False),
        Column("event_id", Uuid),
        _text("subject"),
        Column("sequence", Integer),
        _text("type"),
        _text("reason", nullable=False),
        _text("discarded_by", nullable=False),
        Column("discarded_at", UtcInstant, nullable=False),
        Column("body", LargeBinary),
    )


def _history(metadata: MetaData) -> Table:
    return Table(
        "history",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        _text("authority", nullable=False),
        _text("subject", nullable=False),
        Column("sequence", Integer, nullable=False),
        _text("type", nullable=False),
        _text("trigger", nullable=False),
        _text("from_state", nullable=False),
        _text("to_state", nullable=False),
        Column("acted_on", Date, nullable=False),
        Column("recorded_at", UtcInstant, nullable=False),
        Column("late_days", Integer, nullable=False),
        _text("late_reason"),
        Column("corrects", Uuid),
        _text("actor_id", nullable=False),
        _text("actor_role", nullable=False),
        _json("what"),
        UniqueConstraint("subject", "sequence"),
    )


def _idempotent_answer(metadata: MetaData) -> Table:
    return Table(
        "idempotent_answer",
        metadata,
        _text("client", primary_key=True),
        _text("route", primary_key=True),
        _text("key", primary_key=True),
        _text("authority", nullable=False),
        _text("fingerprint", nullable=False),
        Column("status", SmallInteger, nullable=False),
        _json("headers"),
        Column("body", LargeBinary, nullable=False),
        Column("answered_at", UtcInstant, nullable=False, index=True),
    )


def _known_authority(metadata: MetaData) -> Table:
    return Table(
        "known_authority",
        metadata,
        _text("authority", primary_key=True),
        _text("kind", nullable=False),
        _text("zone", nullable=False),
        Column("business_date", Date),
        _json("name"),
        _json("profile"),
        Column("sequence", Integer, nullable=False),
    )
