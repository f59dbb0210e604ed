"""The background side of every service: events in, each taking effect once; and timers.

Receive bytes -> decode -> one unit of work {sequence rule, handler, inbox row, follow-up events}
-> commit -> ack. What fails for now comes back later; what can never succeed is dead-lettered.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence

import structlog
from sqlalchemy.exc import OperationalError

from shared.applying import Applied, Applier, Handler, RawHandler
from shared.broker.connection import BrokerUnavailable
from shared.broker.consumer import Consumer
from shared.broker.delivery import ACK, Ack, Dead, Delay, Delivery, Hold, Outcome, copy_for
from shared.broker.publisher import Publisher
from shared.broker.topology import queue_of
from shared.clock import monotonic
from shared.context import ServiceContext
from shared.errors import DomainError, TryLater
from shared.events.catalogue import Event
from shared.events.envelope import Envelope, Undecodable, decode
from shared.failpoints import reach
from shared.logs import ids_bound
from shared.timers import FORGET_ANSWERS, Timer, TimerLoop

log = structlog.get_logger()

RETRY_AFTER_SECONDS = (1, 5, 30, 120, 600)
"""How long the first, second... try of a failing event waits; the last repeats."""

MOST_ATTEMPTS = 12
MOST_UNFINISHED = 5
"""So many attempts in a row may end with the death of their worker."""

MOST_HOLDS = 20
"""So often an event is held in hand for the database; one that ends it every time must not stay."""

RELEASE_SECONDS = 15.0
MOST_RELEASED = 1000


class Worker:
    """One service's consumer and timers.

    ``handlers`` maps event classes to handlers; ``raw`` is called for every event with its bytes
    (audit); ``on_divergence`` is told of a second event id for a known sequence. ``calm`` says how
    many seconds an event waits after a silence, where nobody waits for what becomes of it.
    """

    def __init__(
        self,
        context: ServiceContext,
        *,
        handlers: Mapping[type[Event], Handler],
        timers: Sequence[Timer] = (),
        raw: RawHandler | None = None,
        on_divergence: RawHandler | None = None,
        calm: float = 0.0,
    ) -> None:
        self.context = context
        self._calm = calm
        self.applier = Applier(context, handlers, raw=raw, on_divergence=on_divergence)
        self._timers = (*timers, FORGET_ANSWERS, self._release_timer())
        self._timer_loop = TimerLoop(context, self._timers, fire=self._fire)
        self._queue = queue_of(context.name, context.platform.broker_prefix)
        self._holds: Counter[str] = Counter()

    def consume(self, stop: threading.Event) -> None:
        """Take events from the service's queue until ``stop`` is set."""
        Consumer(
            self.context.platform.bus_url,
            self._queue,
            on_message=self.receive,
            stop=stop,
            calm=self._calm,
        ).run()

    def receive(self, delivery: Delivery) -> Outcome:
        """Handle one message; never raises, says what becomes of the message."""
        try:
            envelope = decode(delivery.body)
        except Undecodable as error:
            log.exception("message_undecodable", message_id=delivery.message_id)
            return Dead(f"undecodable: {error}"[:200])
        is_again = delivery.deliveries > 0 or delivery.attempts > 0
        outcome, applied = self._observed(envelope, delivery, is_again=is_again)
        if isinstance(outcome, Ack):
            reach("after_effect_before_parked")
            if applied.is_followed:
                self._release(envelope.subject)
            reach("after_effect_before_ack")
        return outcome

    def _observed(
        self, envelope: Envelope, delivery: Delivery, *, is_again: bool
    ) -> tuple[Outcome, Applied]:
        """Try an event under its ids; write one line and one count of what came of it."""
        started = monotonic()
        with ids_bound(
            service=self.context.name,
            event_id=envelope.id,
            correlation_id=envelope.correlationid,
            subject=envelope.subject,
        ):
            outcome, applied = self._tried(envelope, delivery, is_again=is_again)
            seconds = monotonic() - started
            self.context.counts.message_finished(
                self.context.name, envelope.type, outcome=applied.word, seconds=seconds
            )
            log.info(
                "event_received",
                type=envelope.type,
                sequence=envelope.sequence,
                outcome=applied.word,
                milliseconds=round(seconds * 1000),
            )
        return outcome, applied

    def _tried(
        self, envelope: Envelope, delivery: Delivery, *, is_again: bool
    ) -> tuple[Outcome, Applied]:
        try:
            reason = self._why_not_again(envelope) if is_again else None
            if reason is not None:
                return Dead(reason), Applied("dead")
            reach("before_effect")
            applied = self.applier.apply(envelope, delivery.body, is_again=is_again)
            self._holds.clear()
        except OperationalError as error:
            return self._held(envelope, delivery, error, is_again=is_again)
        except TryLater as error:
            return self._later(envelope, delivery, error, is_again=is_again), Applied("retried")
        except Exception as error:
            log.exception("event_failed", type=envelope.type, error=type(error).__name__)
            return self._failed(envelope, delivery, error)
        return ACK, applied

    def _why_not_again(self, envelope: Envelope) -> str | None:
        """Count the attempt that begins now; a reason when there were enough of them."""
        if self._holds[envelope.id]:
            # The attempt goes on that the database's absence broke off.
            return None
        attempts = self.applier.begin(envelope)
        if attempts is None:
            return None
        if attempts.dead_because is not None:
            return attempts.dead_because
        if attempts.unfinished <= MOST_UNFINISHED:
            return None
        reason = f"its worker died at it {MOST_UNFINISHED} times"
        log.error("event_kills_its_worker", type=envelope.type, attempts=MOST_UNFINISHED)
        self.applier.bury(envelope, reason)
        return reason

    def _failed(
        self, envelope: Envelope, delivery: Delivery, error: Exception
    ) -> tuple[Outcome, Applied]:
        reason = f"{type(error).__name__}: {error}"[:200]
        try:
            if isinstance(error, DomainError | Undecodable) or self._was_last(envelope, reason):
                self.applier.bury(envelope, reason)
                return Dead(reason), Applied("dead")
        except OperationalError:
            # Nothing can be noted now; the event comes again, and this attempt is not counted.
            log.warning("attempt_not_noted")
        return self._put_off(delivery, error), Applied("retried")

    def _was_last(self, envelope: Envelope, reason: str) -> bool:
        return self.applier.end(envelope, fault=reason).failed >= MOST_ATTEMPTS

    def _held(
        self, envelope: Envelope, delivery: Delivery, error: OperationalError, *, is_again: bool
    ) -> tuple[Outcome, Applied]:
        """Hold the event in hand while the database is away: that is no fault of the event's."""
        was_cut = error.connection_invalidated and not self._holds[envelope.id]
        is_away = was_cut or not self.context.database.answers()
        if not is_away or self._holds[envelope.id] >= MOST_HOLDS:
            return self._later(envelope, delivery, error, is_again=is_again), Applied("retried")
        self._holds[envelope.id] += 1
        return Hold(self.context.database.answers), Applied("held")

    def _later(
        self, envelope: Envelope, delivery: Delivery, error: Exception, *, is_again: bool
    ) -> Outcome:
        """What it needs is not there yet: this does not count as an attempt."""
        self._holds.pop(envelope.id, None)
        if is_again:
            try:
                self.applier.end(envelope, fault=None)
            except OperationalError:
                log.warning("attempt_not_noted")
        return self._put_off(delivery, error)

    def _put_off(self, delivery: Delivery, error: Exception) -> Delay:
        wait = RETRY_AFTER_SECONDS[min(delivery.attempts, len(RETRY_AFTER_SECONDS) - 1)]
        log.warning("event_delayed", seconds=wait, reason=type(error).__name__)
        return Delay(wait, type(error).__name__)

    def _release(self, subject: str) -> None:
        """Apply what is parked for a subject and whose turn has come, one after the other.

        One that fails goes the way of a delivered one: as a copy to a delay queue, or to the dead.
        """
        try:
            while (body := self.applier.next_parked(subject)) is not None:
                envelope = decode(body)
                delivery = _as_delivered(envelope, body)
                outcome, applied = self._observed(envelope, delivery, is_again=True)
                if isinstance(outcome, Dead | Delay):
                    self._send_on(outcome, delivery)
                if applied.word != "done" or not applied.is_followed:
                    return
        except (OperationalError, BrokerUnavailable) as error:
            # It stays parked, and the timer takes it up again.
            log.warning("parked_event_waits", reason=type(error).__name__)

    def _send_on(self, outcome: Delay | Dead, delivery: Delivery) -> None:
        publisher = Publisher(self.context.platform.bus_url)
        try:
            refused = publisher.publish([copy_for(outcome, delivery, self._queue)]).refused
        finally:
            publisher.close()
        if refused:
            raise BrokerUnavailable(refused[delivery.message_id])
        self.applier.unpark(delivery.message_id)

    def _release_timer(self) -> Timer:
        """Parked events whose turn came without another event of their subject coming after it.

        The program was upgraded and understands them now, or an operator discarded what they
        waited for, or the bus was away.
        """

        def release(_context: ServiceContext) -> None:
            for subject in self.applier.due_subjects(MOST_RELEASED):
                self._release(subject)

        return Timer(name="release_parked", every_seconds=RELEASE_SECONDS, run=release)

    def run_timers(self, stop: threading.Event) -> None:
        """Run each timer when it is due, as long as this worker holds the service's lease."""
        self._timer_loop.run(stop)

    def _fire(self, timer: Timer) -> None:
        try:
            timer.run(self.context)
        except Exception as error:
            log.exception("timer_failed", timer=timer.name, error=type(error).__name__)


def _as_delivered(envelope: Envelope, body: bytes) -> Delivery:
    """A parked event as if the queue had brought it."""
    return Delivery(
        body=body,
        headers={},
        message_id=envelope.id,
        deliveries=0,
        attempts=0,
        routing_key=envelope.type,
    )


__all__ = ["Handler", "RawHandler", "Timer", "Worker"]
