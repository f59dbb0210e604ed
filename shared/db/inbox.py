"""The inbox: what a service has handled, in which order, and what waits for its turn.

A consumer applies ``sequence`` n + 1 of a subject only. A later one is parked; a lower one is
dropped only when that same event id is known; another id for a known sequence stops the subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from shared.db.plumbing import Plumbing
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope


class Verdict(Enum):
    """What the sequence rule says of an event that has just arrived."""

    NEXT = "next"
    REPEATED = "repeated"
    EARLY = "early"
    DIVERGENT = "divergent"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Parked:
    """An event kept for later, as its bytes."""

    event_id: UUID
    sequence: int
    body: bytes


class Inbox:
    """The inbox of one service, within one transaction."""

    def __init__(self, session: Session, tables: Plumbing) -> None:
        self._session = session
        self._tables = tables

    def judge(self, envelope: Envelope) -> Verdict:
        """Lock the subject's cursor and apply the sequence rule."""
        reached, is_stopped = self._cursor(envelope)
        if self._knows(envelope.id):
            return Verdict.REPEATED
        if is_stopped:
            return Verdict.STOPPED
        if envelope.sequence <= reached:
            return Verdict.DIVERGENT
        return Verdict.NEXT if envelope.sequence == reached + 1 else Verdict.EARLY

    def settle(self, envelope: Envelope, moment: datetime) -> None:
        """Note that the event took effect and move the cursor to it."""
        events, cursor = self._tables.inbox_event, self._tables.inbox_cursor
        self._session.execute(
            insert(events).values(
                event_id=UUID(envelope.id),
                authority=envelope.authority,
                subject=envelope.subject,
                sequence=envelope.sequence,
                type=envelope.type,
                received_at=moment,
            )
        )
        self._session.execute(
            update(cursor)
            .where(cursor.c.subject == envelope.subject)
            .values(sequence=envelope.sequence)
        )
        self._unpark(envelope.id)

    def park(self, envelope: Envelope, body: bytes, reason: str, moment: datetime) -> None:
        """Keep the event for later; parking it twice keeps it once."""
        insert_once(
            self._session,
            self._tables.inbox_parked,
            event_id=UUID(envelope.id),
            authority=envelope.authority,
            subject=envelope.subject,
            sequence=envelope.sequence,
            reason=reason,
            body=body,
            parked_at=moment,
        )

    def stop(self, subject: str) -> None:
        """Handle nothing more of this subject until an operator decides."""
        cursor = self._tables.inbox_cursor
        self._session.execute(
            update(cursor).where(cursor.c.subject == subject).values(is_stopped=True)
        )

    def next_parked(self, subject: str) -> Parked | None:
        """The parked event whose turn has come, if there is one."""
        parked, cursor = self._tables.inbox_parked, self._tables.inbox_cursor
        row = self._session.execute(
            select(parked.c.event_id, parked.c.sequence, parked.c.body)
            .join(cursor, cursor.c.subject == parked.c.subject)
            .where(
                parked.c.subject == subject,
                parked.c.sequence == cursor.c.sequence + 1,
                cursor.c.is_stopped.is_(False),
            )
        ).one_or_none()
        return None if row is None else Parked(**row._mapping)

    def _cursor(self, envelope: Envelope) -> tuple[int, bool]:
        cursor = self._tables.inbox_cursor
        insert_once(
            self._session,
            cursor,
            subject=envelope.subject,
            authority=envelope.authority,
            sequence=0,
            is_stopped=False,
        )
        row = self._session.execute(
            select(cursor.c.sequence, cursor.c.is_stopped)
            .where(cursor.c.subject == envelope.subject)
            .with_for_update()
        ).one()
        return row.sequence, row.is_stopped

    def _knows(self, event_id: str) -> bool:
        events = self._tables.inbox_event
        found = self._session.execute(
            select(events.c.event_id).where(events.c.event_id == UUID(event_id))
        )
        return found.one_or_none() is not None

    def _unpark(self, event_id: str) -> None:
        parked = self._tables.inbox_parked
        self._session.execute(delete(parked).where(parked.c.event_id == UUID(event_id)))
