"""What an event waits for before it enters the ledger, and what waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from services.audit.models import Base, LedgerEntry, WaitingEntry
from shared.events.envelope import Envelope

BATCH = 1000
NO_ENTRIES = ("checkpoint", "divergence")
"""Kinds whose events are about the ledger and so never part of it."""


def what_must_come_first(
    session: Session, envelope: Envelope, *, come: UUID | None = None
) -> UUID | None:
    """The id of an event that has to enter before this one and has not; None: it may enter.

    That is its cause (unless it is ``come``, the one that has just come), else an earlier event
    of its own subject that waits itself.
    """
    cause = UUID(envelope.causationid) if envelope.causationid else None
    if cause and cause != come and not _is_in(session, envelope.authority, cause):
        return cause
    return earlier_waiting(session, envelope)


def earlier_waiting(session: Session, envelope: Envelope) -> UUID | None:
    """The last event of the same subject before this one that waits, if there is one."""
    place = {"subject": envelope.subject, "before": envelope.sequence}
    found: UUID | None = session.scalar(
        _earlier_waiting(), {"authority": envelope.authority, **place}
    )
    return found


def _is_in(session: Session, authority: str, event_id: UUID) -> bool:
    """Whether an event entered, or was received and is of a kind that never enters."""
    found = session.execute(_entered_or_none(), {"authority": authority, "event": event_id})
    return found.first() is not None


def waiting_for(session: Session, authority: str, event_id: UUID) -> Sequence[WaitingEntry]:
    """What waits for an event, in the order in which it came."""
    return session.scalars(_waiting_for(), {"authority": authority, "event": event_id}).all()


# What every event of every service is asked about is built once: building takes longer than asking.


@cache
def _earlier_waiting() -> Select[Any]:
    return (
        select(WaitingEntry.event_id)
        .where(
            WaitingEntry.authority == bindparam("authority"),
            WaitingEntry.subject == bindparam("subject"),
            WaitingEntry.sequence < bindparam("before"),
        )
        .order_by(WaitingEntry.sequence.desc())
        .limit(1)
    )


@cache
def _entered_or_none() -> CompoundSelect[Any]:
    entered = select(LedgerEntry.event_id).where(
        LedgerEntry.authority == bindparam("authority"), LedgerEntry.event_id == bindparam("event")
    )
    inbox = Base.plumbing.inbox_event
    of_no_entry = or_(*(inbox.c.subject.startswith(f"{kind}/") for kind in NO_ENTRIES))
    received = select(inbox.c.event_id).where(
        inbox.c.authority == bindparam("authority"),
        inbox.c.event_id == bindparam("event"),
        of_no_entry,
    )
    return entered.union_all(received)


@cache
def _waiting_for() -> Select[Any]:
    return (
        select(WaitingEntry)
        .where(
            WaitingEntry.authority == bindparam("authority"),
            WaitingEntry.waits_for == bindparam("event"),
        )
        .order_by(WaitingEntry.kept_at, WaitingEntry.subject, WaitingEntry.sequence)
    )


def authorities_waiting_since_before(session: Session, moment: datetime) -> Sequence[str]:
    """The authorities for which something has waited since before ``moment``."""
    return session.scalars(
        select(WaitingEntry.authority).where(WaitingEntry.kept_at < moment).distinct()
    ).all()


def waiting_since_before(
    session: Session, authority: str, moment: datetime
) -> Sequence[WaitingEntry]:
    """What has waited since before ``moment``, oldest first, a batch at most."""
    return session.scalars(
        select(WaitingEntry)
        .where(WaitingEntry.authority == authority, WaitingEntry.kept_at < moment)
        .order_by(WaitingEntry.kept_at, WaitingEntry.subject, WaitingEntry.sequence)
        .limit(BATCH)
    ).all()
