"""Which of a service's own events its database does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from sqlalchemy import select

from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.events.envelope import Envelope

AT_ONCE = 500


def not_in_history(context: ServiceContext, events: Iterable[Envelope]) -> Iterator[Envelope]:
    """Those of a service's own events that no row of its history speaks of, in the given order."""
    coming = iter(events)
    history = context.base.plumbing.history
    while some := list(islice(coming, AT_ONCE)):
        ids = [UUID(one.id) for one in some]
        with context.database.read(EVERY_AUTHORITY) as session:
            known = set(
                session.scalars(select(history.c.event_id).where(history.c.event_id.in_(ids)))
            )
        yield from (one for one in some if UUID(one.id) not in known)
