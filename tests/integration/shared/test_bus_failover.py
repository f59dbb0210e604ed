"""One active consumer a queue, take-over, and what survives a killed process; both transports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from shared.broker import topology
from shared.broker.connection import connect

CONSUMING_CHILD = """
import sys, threading, time
from shared.broker.consumer import Consumer

def hold(delivery):
    print(delivery.message_id, flush=True)
    time.sleep(60)

url, queue = sys.argv[1:]
Consumer(url, queue, on_message=hold, stop=threading.Event()).run()
"""

PUBLISHING_CHILD = """
import sys
from itertools import count
from shared.broker.publisher import OutgoingMessage, Publisher

url, exchange = sys.argv[1:]
publisher = Publisher(url)
for n in count():
    batch = [
        OutgoingMessage(
            id=f"{n}-{i}", routing_key="petition.filed.01", body=b"x", exchange=exchange
        )
        for i in range(20)
    ]
    for id_ in publisher.publish(batch).confirmed:
        print(id_, flush=True)
"""


@pytest.fixture
def child():
    """Start Python processes; whatever still runs at the end is killed."""
    started = []

    def start(code, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _ids(lines):
    return [line.strip() for line in lines if "bus_consumer_connected" not in line]


def _first_id(process):
    return next(line.strip() for line in process.stdout if "bus_consumer_connected" not in line)


def test_only_the_first_of_two_consumers_is_active_until_it_leaves(bus, eventually):
    with bus.consuming("review") as first:
        with bus.consuming("review") as waiting:
            bus.publish(*(bus.message(f"e{n}") for n in range(20)))
            eventually(lambda: len(first) == 20)
            assert waiting == []
        bus.publish(bus.message("e20"))
        eventually(lambda: len(first) == 21)


def test_a_waiting_consumer_takes_over_from_one_that_stops(bus, eventually):
    first = bus.consuming("review")
    first.__enter__()
    with bus.consuming("review") as seen:
        first.__exit__(None, None, None)
        bus.publish(*(bus.message(f"e{n}") for n in range(5)))

        eventually(lambda: len(seen) == 5)

    assert [delivery.message_id for delivery in seen] == [f"e{n}" for n in range(5)]


def test_messages_of_a_killed_consumer_come_back_in_order(bus, eventually, child):
    """A consumer process is killed while it holds messages; the waiting one gets all of them."""
    bus.publish(*(bus.message(f"e{n}") for n in range(3)))
    process = child(CONSUMING_CHILD, bus.url, bus.queue("review"))
    assert _first_id(process) == "e0"

    with bus.consuming("review") as seen:
        assert seen == []
        os.kill(process.pid, signal.SIGKILL)
        eventually(lambda: len(seen) == 3)

    assert [delivery.message_id for delivery in seen] == ["e0", "e1", "e2"]
    assert seen[0].deliveries == 1


def test_every_confirmed_message_survives_a_killed_publisher(bus, child):
    """A publishing process is killed between or within batches; what it saw confirmed is there."""
    process = child(PUBLISHING_CHILD, bus.url, bus.prefix + topology.EXCHANGE)
    confirmed = [next(process.stdout).strip() for _ in range(200)]
    os.kill(process.pid, signal.SIGKILL)
    confirmed += _ids(process.stdout)

    stored = [m.properties["message_id"] for m in bus.take("review.events")]

    # The last line may have been cut off by the kill.
    assert set(confirmed[:-1]) <= set(stored)
    assert len(stored) == len(set(stored))


def test_a_consumer_goes_on_when_its_queue_was_deleted_and_comes_back(bus, eventually):
    with bus.consuming("review") as seen:
        bus.publish(bus.message("e1"))
        eventually(lambda: len(seen) == 1)

        connection = connect(bus.url)
        connection.channel().queue_delete(bus.queue("review"))
        eventually(lambda: not seen.consumer.is_connected)
        topology.declare(connection, prefix=bus.prefix, subscriptions={"review": ("petition",)})
        connection.release()
        bus.publish(bus.message("e2"))

        eventually(lambda: len(seen) == 2)
