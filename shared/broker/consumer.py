"""Consumes one queue for as long as the process lives, through every loss of the connection."""

from __future__ import annotations

import math
import random
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import structlog

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.delivery import (
    Ack,
    Dead,
    Delay,
    Delivery,
    Hold,
    Outcome,
    copy_for,
    read_delivery,
)
from shared.broker.properties import UNREADABLE
from shared.broker.publisher import Publisher
from shared.broker.pulse import Pulse
from shared.broker.wire import WireChannel, WireConnection, WireMessage
from shared.clock import monotonic
from shared.failpoints import reach

POLL_SECONDS = 0.5  # How late a stop may be noticed while nothing comes.
LONGEST_BACKOFF_SECONDS = 1.5
PREFETCH = 10  # So many messages wait here for their turn.
READY_AGAIN_SECONDS = (0.1, 0.2, 0.5, 1.0)
HOLD_SECONDS = 60.0
"""So long a consumer keeps what it cannot handle; then another one of its queue may try."""

log = structlog.get_logger(__name__)


class _NotReady(BrokerUnavailable):
    """What every message needs stayed away for so long that the messages are given back."""

    def __init__(self, hold: Hold) -> None:
        super().__init__("what messages need is away")
        self.hold = hold


class Consumer:
    """Hands a queue's messages to ``on_message`` one after the other and does what it answers.

    The queue is named as ``topology.queue_of`` does; ``pause`` is how many seconds pass before a
    message that broke ``on_message`` goes back. What comes after ``calm`` seconds of silence waits
    for so long, so that others can go first; messages that follow one another do not wait.
    After ``Hold`` nothing is consumed until it is over, and a message in hand counts no delivery.
    """

    def __init__(
        self,
        broker_url: str,
        queue: str,
        *,
        on_message: Callable[[Delivery], Outcome],
        stop: threading.Event,
        pause: float = 1.0,
        calm: float = 0.0,
    ) -> None:
        self.is_connected = False
        self._broker_url = broker_url
        self._queue = queue
        self._on_message = on_message
        self._stop = stop
        self._pause = pause
        self._calm = calm
        self._busy_until = 0.0
        self._copies = Publisher(broker_url)
        self._waiting: deque[WireMessage] = deque()
        self._losses = 0

    def run(self) -> None:
        """Consume until ``stop`` is set; what is not dealt with by then goes back to the queue."""
        while not self._stop.is_set():
            try:
                self._consume_until_stopped_or_lost()
            except _NotReady as error:
                log.warning("bus_messages_given_back", queue=self._queue)
                self._pause_during(error.hold, seconds=math.inf)
            except BrokerUnavailable as error:
                self._wait_after_loss(error)
        self._copies.close()

    def _consume_until_stopped_or_lost(self) -> None:
        connection = connect(self._broker_url)
        broken = (*connection.connection_errors, *connection.channel_errors)
        try:
            channel = self._subscribe(connection)
            with Pulse(connection) as pulse:
                while not self._stop.is_set():
                    self._receive(connection)
                    self._let_others_go_first()
                    while self._waiting and not self._stop.is_set():
                        self._handle(pulse, channel, self._waiting.popleft())
        except broken as error:
            raise BrokerUnavailable(str(error)) from error
        except UNREADABLE as error:
            # Another client's message that cannot be taken apart must not end the consumer: with
            # each new connection it counts as delivered, and at last is a dead letter.
            log.exception("bus_message_unreadable", queue=self._queue)
            raise BrokerUnavailable("a message cannot be read") from error
        finally:
            self.is_connected = False
            self._waiting.clear()
            connection.release()

    def _subscribe(self, connection: WireConnection) -> WireChannel:
        channel = connection.channel()
        channel.auto_decode = False
        channel.basic_qos(0, PREFETCH, False)
        channel.basic_consume(self._queue, callback=self._waiting.append)
        self.is_connected = True
        log.info("bus_consumer_connected", queue=self._queue)
        return channel

    def _receive(self, connection: WireConnection) -> None:
        with suppress(TimeoutError):
            connection.drain_events(timeout=POLL_SECONDS)
        # After reading, so that heartbeats which came during a long handler are counted.
        connection.heartbeat_check()
        self._losses = 0

    def _let_others_go_first(self) -> None:
        if self._waiting and monotonic() >= self._busy_until:
            self._stop.wait(self._calm)

    def _handle(self, pulse: Pulse, channel: WireChannel, message: WireMessage) -> None:
        tag = message.delivery_info["delivery_tag"]
        delivery = read_delivery(message)
        with pulse.beating():
            outcome = self._ask_patiently(delivery)
            if outcome is None:
                self._stop.wait(self._pause)
        if isinstance(outcome, Hold):
            return  # Stopped meanwhile: closing the connection gives it back.
        if outcome is None or not self._carry_out(outcome, delivery):
            channel.basic_reject(tag, requeue=True)
        else:
            channel.basic_ack(tag)
        self._busy_until = monotonic() + self._calm

    def _ask_patiently(self, delivery: Delivery) -> Outcome | None:
        """Ask, and ask again whenever what was away is back; ``Hold`` only when stopped."""
        outcome = self._ask(delivery)
        while isinstance(outcome, Hold) and not self._stop.is_set():
            if not self._pause_during(outcome, seconds=HOLD_SECONDS):
                raise _NotReady(outcome)
            outcome = self._ask(delivery)
        return outcome

    def _pause_during(self, hold: Hold, *, seconds: float) -> bool:
        """Wait until it is over or this is stopped; False when the time is up first."""
        ends, waits = monotonic() + seconds, iter(READY_AGAIN_SECONDS)
        log.warning("bus_consumer_pauses", queue=self._queue)
        while not self._stop.is_set() and not hold.is_ready():
            if monotonic() >= ends:
                return False
            self._stop.wait(next(waits, READY_AGAIN_SECONDS[-1]))
        return True

    def _ask(self, delivery: Delivery) -> Outcome | None:
        try:
            return self._on_message(delivery)
        except Exception:
            # Whatever broke, the message must not be lost and the consumer must not die of it.
            log.exception(
                "bus_message_broke_its_handler",
                queue=self._queue,
                message_id=delivery.message_id,
                deliveries=delivery.deliveries,
            )
            return None

    def _carry_out(self, outcome: Ack | Delay | Dead, delivery: Delivery) -> bool:
        """Publish the copy an outcome asks for; False when the broker refuses it."""
        if isinstance(outcome, Ack):
            return True
        copy = copy_for(outcome, delivery, self._queue)
        refused = self._copies.publish([copy]).refused
        if refused:
            log.error(
                "bus_copy_refused",
                queue=self._queue,
                message_id=delivery.message_id,
                to=copy.routing_key,
                reason=refused[copy.id],
            )
            self._stop.wait(self._pause)
        reach("after_copy_before_ack")
        return not refused

    def _wait_after_loss(self, error: BrokerUnavailable) -> None:
        longest = min(LONGEST_BACKOFF_SECONDS, 0.2 * 2 ** min(self._losses, 10))
        # Jitter, so that all consumers of a restarted broker do not come at once.
        seconds = longest * random.uniform(0.5, 1.0)  # noqa: S311
        if self._losses == 0:
            log.warning("bus_connection_lost", queue=self._queue, error=str(error))
        self._losses += 1
        self._stop.wait(seconds)
