"""The background side of every service: events in, each taking effect once; and timers.

Receive bytes -> decode -> one unit of work {sequence rule, handler, inbox row, follow-up events}
-> commit -> ack. What fails for now comes back later; what can never succeed is dead-lettered.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from shared.broker.consumer import Consumer
from shared.broker.delivery import ACK, Dead, Delay, Delivery, Outcome
from shared.broker.topology import queue_of
from shared.clock import monotonic
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.db.inbox import Inbox, Verdict
from shared.db.leases import take_lease
from shared.errors import DomainError, TryLater
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
from shared.failpoints import reach
from shared.logs import ids_bound
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work

log = structlog.get_logger()

Handler = Callable[[UnitOfWork, Received[Any, Any]], None]
RawHandler = Callable[[UnitOfWork, Envelope, bytes], None]

RETRY_AFTER_SECONDS = (1, 5, 30, 120, 600)
"""How long the first, second... try of a failing event waits; the last repeats."""

MOST_ATTEMPTS = 12
LEASE_SECONDS = 30.0
KEEP_ANSWERS = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Timer:
    """Work that is due by itself: run every so many seconds by the worker that holds the lease."""

    name: str
    every_seconds: float
    run: Callable[[ServiceContext], None]


class Worker:
    """One service's consumer and timers.

    ``handlers`` maps event classes to handlers; ``raw`` is called for every event with its bytes
    (audit); ``on_divergence`` is told of a second event id for a known sequence.
    """

    def __init__(
        self,
        context: ServiceContext,
        *,
        handlers: Mapping[type[Event], Handler],
        timers: Sequence[Timer] = (),
        raw: RawHandler | None = None,
        on_divergence: RawHandler | None = None,
    ) -> None:
        self.context = context
        self._handlers = {event.TYPE: handler for event, handler in handlers.items()}
        self._timers = (*timers, FORGET_ANSWERS)
        self._raw = raw
        self._on_divergence = on_divergence
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{id(self):x}"

    def consume(self, stop: threading.Event) -> None:
        """Take events from the service's queue until ``stop`` is set."""
        Consumer(
            self.context.platform.bus_url,
            queue_of(self.context.name, self.context.platform.broker_prefix),
            on_message=self.receive,
            stop=stop,
        ).run()

    def receive(self, delivery: Delivery) -> Outcome:
        """Handle one message; never raises, says what becomes of the message."""
        started = monotonic()
        try:
            envelope = decode(delivery.body)
        except Undecodable as error:
            log.exception("message_undecodable", message_id=delivery.message_id)
            return Dead(f"undecodable: {error}"[:200])
        with ids_bound(
            service=self.context.name,
            event_id=envelope.id,
            correlation_id=envelope.correlationid,
            subject=envelope.subject,
        ):
            outcome, word = self._guarded(envelope, delivery)
            seconds = monotonic() - started
            self.context.metrics.message_finished(
                self.context.name, envelope.type, outcome=word, seconds=seconds
            )
            log.info(
                "event_received",
                type=envelope.type,
                sequence=envelope.sequence,
                outcome=word,
                milliseconds=round(seconds * 1000),
            )
        return outcome

    def _guarded(self, envelope: Envelope, delivery: Delivery) -> tuple[Outcome, str]:
        try:
            reach("before_effect")
            word = self.apply(envelope, delivery.body)
            reach("after_effect_before_parked")
            self._apply_parked(envelope.subject)
        except (TryLater, OperationalError) as error:
            return self._later(delivery, error), "retried"
        except Exception as error:
            log.exception("event_failed", type=envelope.type, error=type(error).__name__)
            if delivery.attempts + 1 >= MOST_ATTEMPTS or isinstance(error, DomainError):
                return Dead(f"{type(error).__name__}: {error}"[:200]), "dead"
            return self._later(delivery, error), "retried"
        reach("after_effect_before_ack")
        return ACK, word

    def _later(self, delivery: Delivery, error: Exception) -> Outcome:
        wait = RETRY_AFTER_SECONDS[min(delivery.attempts, len(RETRY_AFTER_SECONDS) - 1)]
        log.warning("event_delayed", seconds=wait, reason=type(error).__name__)
        return Delay(wait, type(error).__name__)

    def apply(self, envelope: Envelope, body: bytes) -> str:
        """Apply one event in one unit of work; returns what became of it in a word."""
        with self._unit_of_work(envelope) as uow:
            inbox = Inbox(uow.session, self.context.base.plumbing)
            verdict = inbox.judge(envelope)
            if verdict is Verdict.REPEATED:
                return "repeated"
            if verdict is Verdict.NEXT:
                return self._handle(uow, inbox, envelope, body)
            if verdict is Verdict.DIVERGENT:
                log.error("event_divergent", type=envelope.type, sequence=envelope.sequence)
                inbox.stop(envelope.subject)
                if self._on_divergence:
                    self._on_divergence(uow, envelope, body)
            inbox.park(envelope, body, verdict.value, uow.recorded_at)
            return "parked"

    def _handle(self, uow: UnitOfWork, inbox: Inbox, envelope: Envelope, body: bytes) -> str:
        if self._raw:
            self._raw(uow, envelope, body)
        elif not self._told(uow, envelope):
            inbox.park(envelope, body, "unknown-type", uow.recorded_at)
            return "parked"
        inbox.settle(envelope, uow.recorded_at)
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

    def _apply_parked(self, subject: str) -> None:
        while True:
            with self.context.database.read(EVERY_AUTHORITY) as session:
                parked = Inbox(session, self.context.base.plumbing).next_parked(subject)
            if parked is None or self.apply(decode(parked.body), parked.body) == "parked":
                return

    def _unit_of_work(self, envelope: Envelope) -> Any:
        return unit_of_work(
            self.context,
            authority=envelope.authority,
            actor=Actor(id=f"service:{self.context.name}", role="service"),
            cause=Cause(
                correlation_id=envelope.correlationid,
                causation_id=envelope.id,
                traceparent=envelope.traceparent,
            ),
        )

    def run_timers(self, stop: threading.Event) -> None:
        """Run each timer when it is due, as long as this worker holds the service's lease."""
        due_at = {timer.name: monotonic() for timer in self._timers}
        while not stop.is_set():
            if self._leads():
                for timer in self._timers:
                    if monotonic() >= due_at[timer.name]:
                        self._fire(timer)
                        due_at[timer.name] = monotonic() + timer.every_seconds
            stop.wait(max(0.2, min(due_at.values()) - monotonic()))

    def _leads(self) -> bool:
        try:
            with self.context.database.write(EVERY_AUTHORITY) as (session, moment):
                fence = take_lease(
                    session,
                    self.context.base.plumbing,
                    "timers",
                    owner=self._owner,
                    moment=moment,
                    seconds=LEASE_SECONDS,
                )
        except OperationalError:
            log.warning("timers_wait_for_database")
            return False
        return fence is not None

    def _fire(self, timer: Timer) -> None:
        try:
            timer.run(self.context)
        except Exception as error:
            log.exception("timer_failed", timer=timer.name, error=type(error).__name__)


def _forget_old_answers(context: ServiceContext) -> None:
    """Idempotent answers are kept for seven days."""
    table = context.base.plumbing.idempotent_answer
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        session.execute(delete(table).where(table.c.answered_at < moment - KEEP_ANSWERS))


FORGET_ANSWERS = Timer(name="forget_answers", every_seconds=3600, run=_forget_old_answers)


def _nothing(_uow: UnitOfWork, _event: Received[Any, Any]) -> None:
    """What a known event without a handler does: only the cursor moves."""
