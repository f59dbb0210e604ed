"""Passes over what never shall take effect: a dead letter, or an event that is put off for ever.

One whose authority nobody ever registers is no dead letter: it waits in the delay queues, where no
operator reaches it, and comes back. So its marks are noted, and it is known when it comes again.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog

from shared import dead_letters
from shared.context import ServiceContext
from shared.db import attempts, put_aside
from shared.db.attempts import PutOff
from shared.db.engine import EVERY_AUTHORITY
from shared.db.put_aside import Decision
from shared.errors import NotFound
from shared.letters import Discarded, tell_discarded_within
from shared.unit_of_work import Actor, Cause

log = structlog.get_logger()

PUT_OFF = "delay-queue"


def discard(
    context: ServiceContext, letter_id: str, *, reason: str, actor: Actor, cause: Cause
) -> dict[str, Any]:
    """Never apply a dead letter or an event that is put off, and tell so; returns its summary.

    Raises ``NotFound``, ``EarlierFirst`` or ``BrokerUnavailable``.
    """
    try:
        letter = dead_letters.discard_letter(
            context, letter_id, reason=reason, actor=actor, cause=cause
        )
    except NotFound:
        event = _discarded(context, letter_id, reason, actor=actor, cause=cause)
        if event is None:
            raise
        dead_letters.release(context, event.subject)
        return _summary(event)
    return letter.summary()


def _discarded(
    context: ServiceContext, event_id: str, reason: str, *, actor: Actor, cause: Cause
) -> PutOff | None:
    tables = context.base.plumbing
    if not _is_id(event_id):
        return None
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        event = attempts.put_off(session, tables, event_id)
        if event is None:
            return None
        decision = Decision(letter=event.id, reason=reason, by=actor.id)
        put_aside.discard(session, tables, event, None, decision=decision, moment=moment)
        told = Discarded(envelope=event, event=event.id, reason=reason)
        is_told = tell_discarded_within(
            session, context, told, moment=moment, actor=actor, cause=cause
        )
    if is_told:
        context.poke_relay()
    log.warning("event_discarded", event_id=event.id, told=is_told)
    return event


def _summary(event: PutOff) -> dict[str, Any]:
    return {
        "id": event.id,
        "lies_in": PUT_OFF,
        "reason": event.reason,
        "type": event.type,
        "subject": event.subject,
        "sequence": event.sequence,
        "authority": event.authority,
    }


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
