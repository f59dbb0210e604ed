"""The bus as its tests see it: the same namespace, messages and consumers on both transports."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shared.broker import topology
from shared.broker.connection import connect, is_embedded
from shared.broker.consumer import Consumer
from shared.broker.delivery import ACK, Delivery, Outcome
from shared.broker.publisher import OutgoingMessage, Publisher, PublishResult
from shared.broker.status import QueueStatus, bus_status
from shared.ids import new_id

SUBSCRIPTIONS = {"review": ("petition",), "intake": ("case",), "audit": ("#",)}


class Arrivals(list[Delivery]):
    """What one consumer was handed so far, in order, and the consumer itself."""

    consumer: Consumer
    stop: threading.Event


class Bus:
    """One test's own exchanges and queues, and what a test does with them."""

    def __init__(self, url: str, prefix: str) -> None:
        self.url = url
        self.prefix = prefix
        self._publisher = Publisher(url)

    def declare(self) -> None:
        connection = connect(self.url)
        topology.declare(connection, prefix=self.prefix, subscriptions=SUBSCRIPTIONS)
        connection.release()

    def remove(self) -> None:
        self._publisher.close()
        connection = connect(self.url)
        topology.remove(connection, prefix=self.prefix, subscriptions=SUBSCRIPTIONS)
        connection.release()

    def message(self, id_: str, key: str = "petition.filed.01", **parts: Any) -> OutgoingMessage:
        parts.setdefault("body", id_.encode())
        return OutgoingMessage(
            id=id_, routing_key=key, exchange=self.prefix + topology.EXCHANGE, **parts
        )

    def publish(self, *messages: OutgoingMessage) -> PublishResult:
        return self._publisher.publish(messages)

    def queue(self, service: str) -> str:
        return topology.queue_of(service, self.prefix)

    @contextmanager
    def consuming(
        self,
        service: str,
        answer: Callable[[Delivery], Outcome] = lambda _: ACK,
        **options: Any,
    ) -> Iterator[Arrivals]:
        """Consume a service's queue in a thread; yield what arrived so far, in order."""
        seen = Arrivals()
        stop = seen.stop = threading.Event()

        def on_message(delivery: Delivery) -> Outcome:
            seen.append(delivery)
            return answer(delivery)

        consumer = Consumer(
            self.url, self.queue(service), on_message=on_message, stop=stop, **options
        )
        seen.consumer = consumer
        thread = threading.Thread(target=consumer.run)
        thread.start()
        try:
            eventually(lambda: consumer.is_connected)
            yield seen
        finally:
            stop.set()
            thread.join(10)
            assert not thread.is_alive()

    def status(self, name: str) -> QueueStatus:
        found = bus_status(self.url, prefix=self.prefix, subscriptions=SUBSCRIPTIONS)
        return next(status for status in found if status.name == self.prefix + name)

    def take(self, name: str) -> list[Any]:
        """Take every ready message off a queue, as the broker hands them out."""
        connection = connect(self.url)
        channel = connection.channel()
        ready = channel.queue_declare(self.prefix + name, passive=True).message_count
        taken: list[Any] = []
        # By a consumer, because RabbitMQ has no basic.get where one consumer is active at a time.
        channel.basic_consume(self.prefix + name, callback=taken.append)
        while len(taken) < ready:
            connection.drain_events(timeout=5)
        for message in taken:
            channel.basic_ack(message.delivery_info["delivery_tag"])
        connection.release()
        return taken


def eventually(holds: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until the condition holds, and fail when it does not within that time."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "the condition did not come to hold in time"
        time.sleep(0.02)


@pytest.fixture(name="eventually")
def eventually_fixture() -> Callable[..., None]:
    return eventually


@pytest.fixture(params=["embedded", "rabbitmq"])
def bus_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "embedded":
        # A short lease, so that a killed consumer's messages come back while the test waits.
        return f"arida+sqlite:///{tmp_path}/bus.db?lease=2"
    return str(request.getfixturevalue("broker_url"))


@pytest.fixture
def bus(bus_url: str) -> Iterator[Bus]:
    bus = Bus(bus_url, f"test-{new_id()}.")
    bus.declare()
    yield bus
    bus.remove()


_LEFT_EMPTY: list[str] = []
"""Prefixes of whole tables that earlier tests of this process left as they had found them."""


@pytest.fixture
def bare_bus(bus_url: str) -> Iterator[Bus]:
    """A prefix under which nothing is declared yet."""
    bus = Bus(bus_url, f"test-{new_id()}.")
    yield bus
    remove_whole(bus)


@pytest.fixture
def whole_bus(bus_url: str) -> Iterator[Bus]:
    """A bus with the real table of subscriptions, under a prefix of its own, declared and empty.

    RabbitMQ takes a second or two to make forty quorum queues, so a table that a test left whole
    and empty goes to the next one; only its log may hold something from before.
    """
    is_shared = not is_embedded(bus_url)
    prefix = _LEFT_EMPTY.pop() if is_shared and _LEFT_EMPTY else f"test-{new_id()}."
    bus = Bus(bus_url, prefix)
    connection = connect(bus_url)
    topology.declare(connection, prefix=prefix)
    connection.release()
    yield bus
    if is_shared and is_emptied(bus):
        _LEFT_EMPTY.append(prefix)
    else:
        remove_whole(bus)


def is_emptied(bus: Bus) -> bool:
    """Empty a table that nobody consumes; False where a queue lacks or something is on its way."""
    found = bus_status(bus.url, prefix=bus.prefix)
    is_delayed = any(one.ready for one in found if ".delay." in one.name)
    if is_delayed or not all(one.is_declared and not one.consumers for one in found):
        return False
    connection = connect(bus.url)
    channel = connection.channel()
    for one in found:
        # A log cannot be emptied.
        if one.ready and not one.name.endswith(topology.LOG):
            channel.queue_purge(one.name)
    connection.release()
    return True


def remove_whole(bus: Bus) -> None:
    """Remove the whole table under a bus's prefix; an embedded one goes with its file."""
    if is_embedded(bus.url):
        return
    connection = connect(bus.url)
    topology.remove(connection, prefix=bus.prefix)
    connection.release()
