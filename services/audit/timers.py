"""What audit does by itself: it lets nothing wait for ever for a cause that does not come."""

from __future__ import annotations

from datetime import timedelta

import structlog

from services.audit import actions, waiting
from services.audit.settings import settings_of
from shared.clock import now
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.errors import TryLater
from shared.ids import new_id
from shared.unit_of_work import Actor, Cause, unit_of_work
from shared.worker import Timer

log = structlog.get_logger()

EVERY_SECONDS = 60.0


def end_long_waits(context: ServiceContext) -> None:
    """Enter, for each authority, what has waited longer than the setting allows."""
    longest = timedelta(hours=settings_of(context).cause_wait_hours)
    with context.database.read(EVERY_AUTHORITY) as session:
        authorities = waiting.authorities_waiting_since_before(session, now() - longest)
    for authority in authorities:
        try:
            _end_long_waits_of(context, authority, longest)
        except TryLater:
            log.warning("waiting_authority_unknown", authority=authority)


def _end_long_waits_of(context: ServiceContext, authority: str, longest: timedelta) -> None:
    actor = Actor(id=f"service:{context.name}", role="service")
    cause = Cause(correlation_id=str(new_id()))
    with unit_of_work(context, authority=authority, actor=actor, cause=cause) as uow:
        entered = actions.enter_without_cause(uow, longest=longest)
    log.warning("entered_without_cause", authority=authority, entries=entered)


TIMERS = (Timer(name="end-long-waits", every_seconds=EVERY_SECONDS, run=end_long_waits),)
