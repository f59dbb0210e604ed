"""How often an event was tried: kept by the worker in its own database, before it handles.

An attempt that never ends was ended by the death of its worker. The broker cannot count those: it
counts every message the worker held, guilty or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from shared.db.plumbing import Plumbing
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """What is known of the attempts at one event, the present one included.

    ``unfinished`` counts those in a row that never came to an end, ``failed`` those that a fault of
    the program ended; ``dead_because`` is set once it was put aside.
    """

    unfinished: int
    failed: int
    dead_because: str | None


def begin(session: Session, tables: Plumbing, envelope: Envelope, moment: datetime) -> Attempts:
    """Count an attempt that is about to begin."""
    table = tables.inbox_attempt
    _enter(session, tables, envelope, moment)
    return _changed(session, tables, envelope, unfinished=table.c.unfinished + 1, tried_at=moment)


def end(
    session: Session, tables: Plumbing, envelope: Envelope, moment: datetime, *, fault: str | None
) -> Attempts:
    """Note that an attempt came to its end: by a ``fault`` of the program, or for want of time."""
    table = tables.inbox_attempt
    _enter(session, tables, envelope, moment)
    values = {} if fault is None else {"failed": table.c.failed + 1, "reason": fault}
    return _changed(session, tables, envelope, unfinished=0, tried_at=moment, **values)


def bury(
    session: Session, tables: Plumbing, envelope: Envelope, moment: datetime, *, reason: str
) -> None:
    """Note that the event is dead: nothing but an operator brings it back."""
    _enter(session, tables, envelope, moment)
    _changed(session, tables, envelope, unfinished=0, dead_at=moment, reason=reason)


def forget(session: Session, tables: Plumbing, event_id: str) -> None:
    """Forget the attempts at an event that took effect, or is to be tried anew."""
    table = tables.inbox_attempt
    session.execute(delete(table).where(table.c.event_id == UUID(event_id)))


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """An event that is tried again and again; its bytes are on their way, and not here."""

    id: str
    authority: str
    subject: str
    sequence: int
    type: str
    reason: str


def put_off(session: Session, tables: Plumbing, event_id: str) -> PutOff | None:
    """The event of this id, if it was tried, took no effect, and is neither dead nor parked."""
    tried, known, parked = tables.inbox_attempt, tables.inbox_event, tables.inbox_parked
    row = session.execute(
        select(tried).where(
            tried.c.event_id == UUID(event_id),
            tried.c.dead_at.is_(None),
            ~exists().where(known.c.event_id == tried.c.event_id),
            ~exists().where(parked.c.event_id == tried.c.event_id),
        )
    ).one_or_none()
    if row is None:
        return None
    return PutOff(
        id=event_id,
        authority=row.authority,
        subject=row.subject,
        sequence=row.sequence,
        type=row.type,
        reason=row.reason or "",
    )


def is_dead(session: Session, tables: Plumbing, event_id: str) -> bool:
    """Whether the event was put aside."""
    table = tables.inbox_attempt
    found = session.execute(
        select(table.c.event_id).where(
            table.c.event_id == UUID(event_id), table.c.dead_at.is_not(None)
        )
    )
    return found.one_or_none() is not None


def _enter(session: Session, tables: Plumbing, envelope: Envelope, moment: datetime) -> None:
    insert_once(
        session,
        tables.inbox_attempt,
        event_id=UUID(envelope.id),
        authority=envelope.authority,
        subject=envelope.subject,
        sequence=envelope.sequence,
        type=envelope.type,
        unfinished=0,
        failed=0,
        tried_at=moment,
    )


def _changed(session: Session, tables: Plumbing, envelope: Envelope, **values: object) -> Attempts:
    table = tables.inbox_attempt
    row = session.execute(
        update(table)
        .where(table.c.event_id == UUID(envelope.id))
        .values(**values)
        .returning(table.c.unfinished, table.c.failed, table.c.reason, table.c.dead_at)
    ).one()
    return Attempts(
        unfinished=row.unfinished,
        failed=row.failed,
        dead_because=None if row.dead_at is None else row.reason or "",
    )
