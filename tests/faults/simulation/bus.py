"""A bus of lists that does what brokers do at their worst: repeats, delays, reorders, forgets.

What is delayed comes by the clock of the simulated world, some of it an hour late. The bus never
loses a message it confirmed: no broker of ours may.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from shared.broker.connection import BrokerUnavailable
from shared.broker.delivery import Ack, Dead, Delay, Delivery, read_delivery  # noqa: F401
from shared.broker.publisher import OutgoingMessage, PublishResult
from shared.broker.topology import SUBSCRIPTIONS
from shared.worker import Worker
from tests.faults.simulation.clock import HOUR, SimulatedClock

UNCONFIRMED, DUPLICATED, OUT_OF_ORDER, UNACKED, LATE = 0.1, 0.1, 0.3, 0.1, 0.12


class Killed(BaseException):
    """The process was killed here; nothing after this point happens, nothing is caught."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message that comes to its service's queue at that second of the clock."""

    due: float
    service: str
    delivery: Delivery


@dataclass(kw_only=True)
class Bus:
    """One queue for each service; ``is_calm`` ends the mischief.

    ``late`` counts the messages that were held back for an hour.
    """

    chance: random.Random
    services: Sequence[str]
    clock: SimulatedClock
    is_calm: bool = False
    queues: dict[str, list[Delivery]] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    dead: list[tuple[str, str]] = field(default_factory=list)
    late: int = 0

    def __post_init__(self) -> None:
        self.queues = {service: [] for service in self.services}

    def accept(self, message: OutgoingMessage) -> None:
        """Put a message into every queue that wants it, now and then twice."""
        for service in self.services:
            if message.exchange == "":
                is_wanted = message.routing_key.startswith(f"{service}.")
            else:
                is_wanted = message.routing_key.split(".")[0] in SUBSCRIPTIONS[service]
            for _ in range(is_wanted + (is_wanted and self.happens(DUPLICATED))):
                if self.happens(LATE):
                    self.late += 1
                    self._wait(service, _delivery(message), HOUR)
                else:
                    self.queues[service].append(_delivery(message))

    def next_due(self) -> float | None:
        """When the next of those that wait comes; None when nothing waits."""
        return min((one.due for one in self.waiting), default=None)

    def happens(self, share: float) -> bool:
        """Whether a mischief of this likelihood happens now."""
        return not self.is_calm and self.chance.random() < share

    def deliver_next(self, workers: Mapping[str, Worker]) -> bool:
        """Hand one message to its worker and do what it says; False when there is none."""
        self._bring_what_is_due()
        filled = [service for service in self.services if self.queues[service]]
        if not filled:
            return False
        service = self.chance.choice(filled)
        queue = self.queues[service]
        place = self.chance.randrange(len(queue)) if self.happens(OUT_OF_ORDER) else 0
        delivery = queue.pop(place)
        try:
            outcome = workers[service].receive(delivery)
        except Killed:
            queue.insert(0, _again(delivery))
            raise
        if isinstance(outcome, Delay):
            again = replace(delivery, attempts=delivery.attempts + 1)
            self._wait(service, again, outcome.seconds)
        elif isinstance(outcome, Dead):
            self.dead.append((service, outcome.reason))
        if isinstance(outcome, Ack) and self.happens(UNACKED):
            queue.insert(0, _again(delivery))
        return True

    def _wait(self, service: str, delivery: Delivery, seconds: float) -> None:
        due = self.clock.seconds + seconds
        self.waiting.append(Waiting(due=due, service=service, delivery=delivery))

    def _bring_what_is_due(self) -> None:
        for one in [one for one in self.waiting if one.due <= self.clock.seconds]:
            self.waiting.remove(one)
            self.queues[one.service].append(one.delivery)


class Sender:
    """Stands where relays and workers publish; its bus is that of the run."""

    bus: Bus

    def __init__(self, _broker_url: str, *, log: str = "") -> None:
        """Take the place of a publisher for any address."""

    def publish(self, messages: Sequence[OutgoingMessage]) -> PublishResult:
        """Accept a batch, or lose the connection after some of it: then nobody knows."""
        reached = len(messages)
        is_lost = self.bus.happens(UNCONFIRMED)
        if is_lost:
            reached = self.bus.chance.randint(0, len(messages))
        for message in messages[:reached]:
            self.bus.accept(message)
        if is_lost:
            raise BrokerUnavailable("the connection was lost before the confirms")
        return PublishResult(confirmed=tuple(one.id for one in messages), refused={})

    def close(self) -> None:
        """Nothing to give back."""


def _delivery(message: OutgoingMessage) -> Delivery:
    attempts = message.headers.get("x-attempts", 0)
    return Delivery(
        body=message.body,
        headers=message.headers,
        message_id=message.id,
        deliveries=0,
        attempts=int(attempts),
        routing_key=message.routing_key,
    )


def _again(delivery: Delivery) -> Delivery:
    return replace(delivery, deliveries=delivery.deliveries + 1)
