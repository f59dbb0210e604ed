"""A bus of lists that does what brokers do at their worst: repeats, delays, reorders, forgets.

It never loses a message it confirmed: no broker of ours may.
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

UNCONFIRMED, DUPLICATED, OUT_OF_ORDER, UNACKED = 0.1, 0.1, 0.3, 0.1


class Killed(BaseException):
    """The process was killed here; nothing after this point happens, nothing is caught."""


@dataclass(kw_only=True)
class Bus:
    """One queue for each service; ``is_calm`` ends the mischief."""

    chance: random.Random
    services: Sequence[str]
    is_calm: bool = False
    queues: dict[str, list[Delivery]] = field(default_factory=dict)
    dead: list[tuple[str, str]] = field(default_factory=list)

    def __init__(self, chance: random.Random, services: Sequence[str]) -> None:
        self.chance, self.services, self.is_calm = chance, services, False
        self.queues = {service: [] for service in services}
        self.dead = []

    def accept(self, message: OutgoingMessage) -> None:
        """Put a message into every queue that wants it, now and then twice."""
        for service in self.services:
            if message.exchange == "":
                is_wanted = message.routing_key.startswith(f"{service}.")
            else:
                is_wanted = message.routing_key.split(".")[0] in SUBSCRIPTIONS[service]
            for _ in range(is_wanted + (is_wanted and self.happens(DUPLICATED))):
                self.queues[service].append(_delivery(message))

    def happens(self, share: float) -> bool:
        """Whether a mischief of this likelihood happens now."""
        return not self.is_calm and self.chance.random() < share

    def deliver_next(self, workers: Mapping[str, Worker]) -> bool:
        """Hand one message to its worker and do what it says; False when there is none."""
        waiting = [service for service in self.services if self.queues[service]]
        if not waiting:
            return False
        service = self.chance.choice(waiting)
        queue = self.queues[service]
        place = self.chance.randrange(len(queue)) if self.happens(OUT_OF_ORDER) else 0
        delivery = queue.pop(place)
        try:
            outcome = workers[service].receive(delivery)
        except Killed:
            queue.insert(0, _again(delivery))
            raise
        if isinstance(outcome, Delay):
            queue.append(replace(delivery, attempts=delivery.attempts + 1))
        elif isinstance(outcome, Dead):
            self.dead.append((service, outcome.reason))
        if isinstance(outcome, Ack) and self.happens(UNACKED):
            queue.insert(0, _again(delivery))
        return True


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
