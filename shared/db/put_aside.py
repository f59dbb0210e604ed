"""What an operator decides about events put aside: tried anew, or never applied.

Either way the subject goes on: a discarded event counts as known, and its place in the sequence
as taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from shared.db import attempts
from shared.db.contents import Marked, altered_id
from shared.db.inbox import DIVERGENCES, Inbox
from shared.db.plumbing import Plumbing
from shared.db.upsert import insert_if_new
from shared.errors import DomainError
from shared.events.envelope import Envelope


class EarlierFirst(DomainError):
    """An event before this one is missing too, and has to be decided first."""

    code = "earlier-event-first"


class PlaceTaken(DomainError):
    """Another event took effect, or waits, in this one's place."""

    code = "place-taken"


@dataclass(frozen=True, kw_only=True)
class PutAside:
    """An event that the database keeps and that only an operator moves."""

    event_id: UUID
    reason: str
    body: bytes
    is_divergent: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who discards a letter, and why; ``letter`` is the id that it is known by."""

    letter: str
    reason: str
    by: str


def put_aside(session: Session, tables: Plumbing) -> list[PutAside]:
    """Every event that contradicts another, and every dead one the broker could not take."""
    rows = session.execute(_kept(tables).order_by(tables.inbox_parked.c.parked_at))
    return [
        PutAside(
            event_id=row.event_id,
            reason=row.died_of or row.reason,
            body=row.body,
            is_divergent=row.reason in DIVERGENCES,
        )
        for row in rows
    ]


def count_put_aside(session: Session, tables: Plumbing) -> int:
    """How many `put_aside` would return."""
    return session.scalar(select(func.count()).select_from(_kept(tables).subquery())) or 0


def _kept(tables: Plumbing) -> Select[Any]:
    parked, tried = tables.inbox_parked, tables.inbox_attempt
    divergent = parked.c.reason.in_(DIVERGENCES)
    return (
        select(parked.c.event_id, parked.c.reason, parked.c.body, tried.c.reason.label("died_of"))
        .join(
            tried,
            and_(tried.c.event_id == parked.c.event_id, tried.c.dead_at.is_not(None)),
            isouter=True,
        )
        .where(or_(divergent, tried.c.event_id.is_not(None)))
    )


def try_anew(session: Session, tables: Plumbing, envelope: Envelope, body: bytes) -> None:
    """Forget that the event died and let its subject go on; raises ``PlaceTaken``."""
    if _divergent_as(session, tables, envelope, body) is not None:
        raise PlaceTaken(
            "Another event has its place, so it can never be applied.", remedy="Discard it."
        )
    attempts.forget(session, tables, envelope.id)
    _go_on(session, tables, envelope.subject)


def discard(
    session: Session,
    tables: Plumbing,
    envelope: Marked | None,
    body: bytes | None,
    *,
    decision: Decision,
    moment: datetime,
) -> bool:
    """Never apply the event: note who decided so and why, and move its subject's cursor past it.

    Without an envelope (bytes that are no event) only the decision is noted; without bytes (an
    event that was put off) it is known by its marks. Deciding twice changes nothing and returns
    False. Raises ``EarlierFirst``.
    """
    known: dict[str, object] = {"authority": ""}
    if envelope is not None:
        _skip(session, tables, envelope, body, letter=decision.letter, moment=moment)
        known = {
            "authority": envelope.authority,
            "event_id": UUID(envelope.id),
            "subject": envelope.subject,
            "sequence": envelope.sequence,
            "type": envelope.type,
            "body": body,
        }
    return insert_if_new(
        session,
        tables.inbox_discarded,
        letter=decision.letter,
        reason=decision.reason,
        discarded_by=decision.by,
        discarded_at=moment,
        **known,
    )


def _skip(
    session: Session,
    tables: Plumbing,
    envelope: Marked,
    body: bytes | None,
    *,
    letter: str,
    moment: datetime,
) -> None:
    inbox, cursor = Inbox(session, tables), tables.inbox_cursor
    reached = inbox.reached(envelope)
    if is_altered(envelope, body, letter):
        # The event whose id it bears has a fate of its own.
        inbox.unpark(letter)
        _go_on(session, tables, envelope.subject)
        return
    is_divergent = _divergent_as(session, tables, envelope, body) is not None
    is_known = is_divergent or inbox.knows(envelope.id)
    if not is_known and envelope.sequence > reached + 1:
        raise EarlierFirst(
            "Event %(number)s of this subject is missing before it.",
            remedy="Retry or discard that one first.",
            number=reached + 1,
        )
    if not is_known and envelope.sequence == reached + 1:
        inbox.note(envelope, body, moment)
        session.execute(
            update(cursor)
            .where(cursor.c.subject == envelope.subject)
            .values(sequence=envelope.sequence)
        )
    inbox.unpark(envelope.id)
    attempts.forget(session, tables, envelope.id)
    _go_on(session, tables, envelope.subject)


def is_altered(envelope: Marked, body: bytes | None, letter: str) -> bool:
    """Whether a letter of this id is one that bears another event's id."""
    return body is not None and letter == str(altered_id(envelope, body))


def _divergent_as(
    session: Session, tables: Plumbing, envelope: Marked, body: bytes | None
) -> UUID | None:
    """Under which id these bytes are kept as a divergence, if they are."""
    if body is None:
        return None
    parked = tables.inbox_parked
    names = (UUID(envelope.id), altered_id(envelope, body))
    return session.scalar(
        select(parked.c.event_id).where(
            parked.c.event_id.in_(names), parked.c.body == body, parked.c.reason.in_(DIVERGENCES)
        )
    )


def _go_on(session: Session, tables: Plumbing, subject: str) -> None:
    """Let a subject go on, unless something else of it still waits for an operator."""
    cursor, parked, tried = tables.inbox_cursor, tables.inbox_parked, tables.inbox_attempt
    divergent = exists().where(parked.c.subject == subject, parked.c.reason.in_(DIVERGENCES))
    dead = exists().where(tried.c.subject == subject, tried.c.dead_at.is_not(None))
    session.execute(
        update(cursor)
        .where(cursor.c.subject == subject, ~divergent, ~dead)
        .values(is_stopped=False)
    )
