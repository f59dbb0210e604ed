"""How much waits in a service's outbox and inbox, for how long, and what stands still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from shared.db.plumbing import Plumbing
from shared.db.put_aside import count_put_aside
from shared.ids import made_at

MOST_NAMED = 10
"""So many refused events or stopped subjects are named; all are counted."""


@dataclass(frozen=True, kw_only=True)
class OutboxFigures:
    """Rows of the outbox, since when the oldest waits, and those that the broker refused."""

    rows: int
    oldest: datetime | None
    refused: int
    refused_events: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class InboxFigures:
    """Parked events by reason, since when the oldest waits, and the subjects that stand still.

    ``put_aside`` counts the dead letters among the parked events. ``put_off`` counts the events
    that came and could not be handled yet, which are tried again and again, the oldest first.
    """

    parked: Mapping[str, int]
    oldest: datetime | None
    put_aside: int
    stopped: int
    stopped_subjects: Sequence[Mapping[str, Any]]
    put_off: int
    put_off_since: datetime | None
    put_off_subjects: Sequence[Mapping[str, Any]]


def outbox_figures(session: Session, tables: Plumbing) -> OutboxFigures:
    """Count the outbox."""
    outbox = tables.outbox
    rows, oldest, refused = session.execute(
        select(
            func.count(),
            func.min(outbox.c.recorded_at),
            func.count().filter(outbox.c.refusals > 0),
        )
    ).one()
    named = select(
        outbox.c.subject,
        outbox.c.sequence,
        outbox.c.routing_key,
        outbox.c.refusals,
        outbox.c.refused_because.label("reason"),
    ).where(outbox.c.refusals > 0)
    return OutboxFigures(
        rows=rows,
        oldest=oldest,
        refused=refused,
        refused_events=_named(session, named.order_by(outbox.c.subject)) if refused else [],
    )


def inbox_figures(session: Session, tables: Plumbing) -> InboxFigures:
    """Count what is parked, and name the subjects that wait for an operator."""
    parked, cursor = tables.inbox_parked, tables.inbox_cursor
    groups = session.execute(
        select(parked.c.reason, func.count(), func.min(parked.c.parked_at)).group_by(
            parked.c.reason
        )
    ).all()
    is_stopped = cursor.c.is_stopped.is_(True)
    stopped = session.scalar(select(func.count()).select_from(cursor).where(is_stopped)) or 0
    named = select(cursor.c.subject, cursor.c.sequence).where(is_stopped)
    put_off = _put_off(session, tables)
    return InboxFigures(
        parked={reason: count for reason, count, _ in groups},
        oldest=min((since for _, _, since in groups), default=None),
        put_aside=count_put_aside(session, tables) if groups else 0,
        stopped=stopped,
        stopped_subjects=_named(session, named.order_by(cursor.c.subject)) if stopped else [],
        put_off=len(put_off),
        put_off_since=put_off[0].recorded if put_off else None,
        put_off_subjects=[one.subject for one in put_off[:MOST_NAMED]],
    )


class _PutOff(NamedTuple):
    recorded: datetime
    subject: Mapping[str, Any]


def _put_off(session: Session, tables: Plumbing) -> list[_PutOff]:
    """The events that were tried more than once, took no effect, and are neither dead nor parked.

    There are few: one that takes effect is forgotten here.
    """
    tried, known, parked = tables.inbox_attempt, tables.inbox_event, tables.inbox_parked
    rows = session.execute(
        select(tried.c.event_id, tried.c.subject, tried.c.sequence, tried.c.tried_at).where(
            tried.c.dead_at.is_(None),
            ~exists().where(known.c.event_id == tried.c.event_id),
            ~exists().where(parked.c.event_id == tried.c.event_id),
        )
    )
    found = [
        _PutOff(
            min(made_at(row.event_id) or row.tried_at, row.tried_at),
            {"subject": row.subject, "sequence": row.sequence, "event": str(row.event_id)},
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.recorded)


def _named(session: Session, query: Select[Any]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in session.execute(query.limit(MOST_NAMED)).mappings()]
