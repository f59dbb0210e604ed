"""Applies one event in one unit of work: sequence rule, handler, inbox row, follow-up events.

The worker applies what the queue brings, `arida log fill` what the log holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import structlog
from sqlalchemy.orm import Session

from shared.context import ServiceContext
from shared.db import attempts
from shared.db.attempts import Attempts
from shared.db.engine import EVERY_AUTHORITY
from shared.db.entering import Entrance
from shared.db.faults import told_apart
from shared.db.inbox import DIVERGENCES, Inbox, Verdict
from shared.db.plumbing import Plumbing
from shared.db.taking_in import NotTakenIn
from shared.events import all as _whole_catalogue  # noqa: F401 - registers every event
from shared.events.catalogue import EVENTS, Event
from shared.events.envelope import (
    Envelope,
    Received,
    Undecodable,
    UnknownType,
    decode,
    understand,
)
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work

log = structlog.get_logger()

Handler = Callable[[UnitOfWork, Received[Any, Any]], None]
BeginInbox = Callable[[Entrance, Plumbing, Envelope], Inbox]
RawHandler = Callable[[UnitOfWork, Envelope, bytes], None]
FindBytes = Callable[[Session, Envelope], bytes | None]


class Applied(NamedTuple):
    """What came of an event: ``done``, ``repeated`` or ``parked``.

    ``is_followed`` says that an event behind it may be parked whose turn has come.
    """

    word: str
    is_followed: bool = False


class Applier:
    """One service's handlers behind its inbox.

    ``raw`` is called for every event with its bytes, ``on_divergence`` for a second event id under
    a known sequence.
    """

    def __init__(
        self,
        context: ServiceContext,
        handlers: Mapping[type[Event], Handler],
        *,
        raw: RawHandler | None,
        on_divergence: RawHandler | None,
    ) -> None:
        self._context = context
        self._tables = context.base.plumbing
        self._handlers = {event.TYPE: handler for event, handler in handlers.items()}
        self._raw = raw
        self._on_divergence = on_divergence
        self.find_bytes: FindBytes | None = None
        """Set by a service that keeps every event: its bytes as they took effect, if it has any."""

    def apply(self, envelope: Envelope, body: bytes, *, is_again: bool = False) -> Applied:
        """Apply one event, all of it or nothing.

        ``is_again`` says that attempts at it may have been counted. Raises what the handler raises,
        ``Unwritable`` where the database is there and cannot take what it leads to.
        """
        with told_apart():
            return self._apply_whole(envelope, body, is_again=is_again)

    def _apply_whole(self, envelope: Envelope, body: bytes, *, is_again: bool) -> Applied:
        if self._expects(envelope, is_again=is_again):
            try:
                return self._apply(envelope, body, begin=partial(Inbox.taking_in, body=body))
            except NotTakenIn:
                log.info("event_judged_anew", type=envelope.type, sequence=envelope.sequence)
        return self._apply(envelope, body, begin=Inbox.entered, is_again=is_again)

    def _expects(self, envelope: Envelope, *, is_again: bool) -> bool:
        """Whether this is likely to be an event's one and only time, and this program knows it."""
        is_told_anew = self._context.memory is not None
        is_plain = not is_again and not is_told_anew and not self._context.database.is_sqlite
        return is_plain and (self._raw is not None or envelope.type in EVENTS)

    def _apply(
        self, envelope: Envelope, body: bytes, *, begin: BeginInbox, is_again: bool = False
    ) -> Applied:
        with self._unit_of_work(envelope) as uow:
            inbox = begin(uow.entrance, self._tables, envelope)
            verdict = self._judge(inbox, uow, envelope, body)
            if is_again and verdict in {Verdict.REPEATED, Verdict.NEXT}:
                attempts.forget(uow.session, self._tables, envelope.id)
            if verdict is Verdict.REPEATED:
                # Who applied it may have died before it looked behind it.
                return Applied("repeated", is_followed=True)
            if verdict is Verdict.NEXT:
                word = self._handle(uow, inbox, envelope, body)
                return Applied(word, is_followed=word == "done" and inbox.is_followed)
            if verdict.value in DIVERGENCES:
                self._diverge(uow, inbox, envelope, body)
            inbox.park(envelope, body, verdict.value, uow.recorded_at)
            return Applied("parked")

    def _judge(self, inbox: Inbox, uow: UnitOfWork, envelope: Envelope, body: bytes) -> Verdict:
        verdict = inbox.judge(envelope, body)
        if verdict is not Verdict.REPEATED or not inbox.is_unproven or self.find_bytes is None:
            return verdict
        kept = self.find_bytes(uow.session, envelope)
        is_same = kept in {None, body} or inbox.was_discarded(envelope.id, body)
        return verdict if is_same else Verdict.ALTERED

    def next_parked(self, subject: str) -> bytes | None:
        """The bytes of the parked event of a subject whose turn has come."""
        with self._context.database.read(EVERY_AUTHORITY) as session:
            parked = Inbox(session, self._tables).next_parked(subject)
        return None if parked is None else parked.body

    def due_subjects(self, most: int) -> list[str]:
        """Subjects with a parked event whose turn has come and that this program understands."""
        with self._context.database.read(EVERY_AUTHORITY) as session:
            due = [decode(parked.body) for parked in Inbox(session, self._tables).due(most)]
        return [envelope.subject for envelope in due if self._understands(envelope)]

    def begin(self, envelope: Envelope) -> Attempts | None:
        """Count an attempt before it begins; None for an event that took effect already."""
        with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
            if Inbox(session, self._tables).knows(envelope.id):
                return None
            return attempts.begin(session, self._tables, envelope, moment)

    def end(self, envelope: Envelope, *, fault: str | None) -> Attempts:
        """Note that an attempt came to its end without effect, by a fault or for want of time."""
        with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
            return attempts.end(session, self._tables, envelope, moment, fault=fault)

    def bury(self, envelope: Envelope, reason: str) -> None:
        """Put an event aside as dead, and stop its subject there."""
        with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
            Inbox(session, self._tables).bury(envelope, reason, moment)

    def put_aside(self, envelope: Envelope, body: bytes, reason: str) -> None:
        """Keep a dead event here, where no queue keeps it, and stop its subject at it."""
        with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
            inbox = Inbox(session, self._tables)
            inbox.bury(envelope, reason, moment)
            inbox.park(envelope, body, "dead", moment)

    def unpark(self, event_id: str) -> None:
        """Forget a parked event that went another way."""
        with self._context.database.write(EVERY_AUTHORITY) as (session, _):
            Inbox(session, self._tables).unpark(event_id)

    def _diverge(self, uow: UnitOfWork, inbox: Inbox, envelope: Envelope, body: bytes) -> None:
        log.error("event_divergent", type=envelope.type, sequence=envelope.sequence)
        inbox.stop(envelope.subject)
        if self._on_divergence:
            self._on_divergence(uow, envelope, body)

    def _handle(self, uow: UnitOfWork, inbox: Inbox, envelope: Envelope, body: bytes) -> str:
        if self._raw:
            self._raw(uow, envelope, body)
        elif not self._told(uow, envelope):
            inbox.park(envelope, body, "unknown-type", uow.recorded_at)
            return "parked"
        inbox.settle(envelope, body, uow.recorded_at)
        return "done"

    def _told(self, uow: UnitOfWork, envelope: Envelope) -> bool:
        """Call the handler, if there is one; False for a type this program does not know."""
        handler = self._handlers.get(envelope.type)
        if handler is None and envelope.type in EVENTS:
            return True
        try:
            received = understand(envelope)
        except UnknownType:
            log.warning("event_type_unknown", type=envelope.type)
            return False
        (handler or self._handlers.get(received.what.TYPE, _nothing))(uow, received)
        return True

    def _understands(self, envelope: Envelope) -> bool:
        if self._raw:
            return True
        try:
            understand(envelope)
        except UnknownType:
            return False
        except Undecodable:
            # Applying it says so, and puts it aside.
            return True
        return True

    def _unit_of_work(self, envelope: Envelope) -> Any:
        return unit_of_work(
            self._context,
            authority=envelope.authority,
            actor=Actor(id=f"service:{self._context.name}", role="service"),
            cause=Cause(
                correlation_id=envelope.correlationid,
                causation_id=envelope.id,
                traceparent=envelope.traceparent,
            ),
        )


def _nothing(_uow: UnitOfWork, _event: Received[Any, Any]) -> None:
    """What a known event without a handler does: only the cursor moves."""
