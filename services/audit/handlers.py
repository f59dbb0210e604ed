"""What audit does with every event: its exact bytes enter the ledger."""

from __future__ import annotations

import structlog

from services.audit import actions, queries
from services.audit.reasons import OTHER_CONTENTS, SECOND_EVENT
from shared.authority_handlers import AUTHORITY_HANDLERS
from shared.db.inbox import Inbox
from shared.events.envelope import Envelope, Undecodable, UnknownType, understand
from shared.unit_of_work import UnitOfWork

log = structlog.get_logger()

HANDLERS = {**AUTHORITY_HANDLERS}
_BY_TYPE = {event.TYPE: handler for event, handler in HANDLERS.items()}


def when_anything_happens_enter_it(uow: UnitOfWork, envelope: Envelope, body: bytes) -> None:
    """Enter an event; what it says of an authority is remembered as in every service."""
    if envelope.kind == "authority":
        _remember(uow, envelope)
    actions.enter_event(uow, envelope, body)


def when_told_twice_record_divergence(uow: UnitOfWork, envelope: Envelope, body: bytes) -> None:
    """Another event under a taken number or id: the inbox keeps it, the record names it."""
    inbox = Inbox(uow.session, uow.context.base.plumbing)
    is_altered = inbox.is_altered(envelope, body, queries.bytes_of(uow.session, envelope))
    actions.record_divergence(
        uow,
        envelope.subject,
        sequence=envelope.sequence,
        reason=OTHER_CONTENTS if is_altered else SECOND_EVENT,
        event=envelope.id,
    )


def _remember(uow: UnitOfWork, envelope: Envelope) -> None:
    try:
        received = understand(envelope)
    except (UnknownType, Undecodable) as error:
        # The ledger takes what it cannot read too: a newer program may understand it.
        log.warning("authority_not_understood", type=envelope.type, reason=str(error)[:200])
        return
    handler = _BY_TYPE.get(received.what.TYPE)
    if handler is not None:
        handler(uow, received)
