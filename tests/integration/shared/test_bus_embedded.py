"""What only the embedded bus has to prove: its own rules, its file, and several processes on it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.broker import topology
from shared.broker.connection import BrokerUnavailable, connect, embedded_path
from shared.broker.embedded.hub import LEASE_SECONDS, hub_of
from shared.broker.embedded.routing import binding_matches, topic_matches
from shared.broker.publisher import Publisher
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_failover import CONSUMING_CHILD

pytestmark = pytest.mark.embedded

PUBLISH_ONE = """
import sys
from shared.broker.publisher import OutgoingMessage, Publisher

url, exchange = sys.argv[1:]
message = OutgoingMessage(
    id="other", routing_key="petition.filed.01", body=b"x", exchange=exchange
)
assert Publisher(url).publish([message]).confirmed
"""

words = st.lists(st.sampled_from(["a", "b"]), max_size=5)
patterns = st.lists(st.sampled_from(["a", "b", "*", "#"]), min_size=1, max_size=5)


@pytest.fixture
def bus_url(tmp_path: Path) -> str:
    return f"arida+sqlite:///{tmp_path}/bus.db?lease=2"


@pytest.mark.parametrize(
    ("pattern", "key", "matches"),
    [
        ("petition.#", "petition.filed.07", True),
        ("petition.#", "petition", True),
        ("petition.#", "petitions.filed.07", False),
        ("petition.*", "petition", False),
        ("petition.*", "petition.filed.07", False),
        ("*.filed.*", "petition.filed.07", True),
        ("#", "", True),
        ("#.07", "petition.filed.07", True),
        ("#.filed.#", "filed", True),
        ("a.#.b", "a.b", True),
        ("a.#.b", "a.x.y.b", True),
        ("a.#.b", "a.x.y", False),
        ("#.#", "a", True),
        ("*", "", False),
    ],
)
def test_topic_patterns_match_as_amqp_defines(pattern, key, matches):
    assert topic_matches(pattern, key) is matches


@given(patterns, words)
def test_any_pattern_matches_as_its_definition_read_word_by_word(pattern, key):
    def defined(pattern, key):
        if not pattern:
            return not key
        if pattern[0] == "#":
            return any(defined(pattern[1:], key[n:]) for n in range(len(key) + 1))
        return bool(key) and pattern[0] in ("*", key[0]) and defined(pattern[1:], key[1:])

    assert topic_matches(".".join(pattern), ".".join(key)) is defined(pattern, key)


def test_direct_exchanges_compare_and_fanout_exchanges_do_not():
    assert binding_matches("direct", "a.b", "a.b")
    assert not binding_matches("direct", "a.#", "a.b")
    assert binding_matches("fanout", "", "anything")
    with pytest.raises(ValueError, match="headers"):
        binding_matches("headers", "", "")


def test_an_address_without_a_file_is_refused():
    with pytest.raises(ValueError, match="arida"):
        embedded_path("arida+sqlite://")


def test_another_process_reaches_a_waiting_consumer_within_a_second(bus, eventually):
    with bus.consuming("review") as seen:
        subprocess.run(
            [sys.executable, "-c", PUBLISH_ONE, bus.url, bus.prefix + topology.EXCHANGE],
            check=True,
            timeout=20,
        )
        eventually(lambda: seen, 1.0)


def test_a_handler_that_outlasts_the_lease_keeps_its_message(bus, eventually):
    from shared.broker.delivery import ACK

    def take_long(_):
        time.sleep(3.5)
        return ACK

    with bus.consuming("review", take_long) as seen, bus.consuming("review") as waiting:
        bus.publish(bus.message("e1"))
        eventually(lambda: seen)
        eventually(lambda: bus.status("review.events").ready == 0)
        time.sleep(3.8)
        assert waiting == []
    assert len(seen) == 1
    assert bus.take("review.events") == []


def test_leases_and_delays_of_before_a_reboot_hold_nothing_back(tmp_path):
    path = tmp_path / "old.db"
    hub_of(path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET boot = 'an earlier boot'")
        db.execute("INSERT INTO lease VALUES (7, 'q', 1, 1, 1e12)")
        db.execute("INSERT INTO message VALUES (1, 'q', 7, 1, 1e12, '', 'q', '{}', x'00')")
    db.close()

    # A second path to the same file stands for the process that starts after the reboot.
    link = tmp_path / "again.db"
    link.hardlink_to(path)
    hub_of(link)

    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM lease").fetchone() == (0,)
        lease, due = db.execute("SELECT lease, due FROM message").fetchone()
    db.close()
    assert lease is None
    assert due <= time.monotonic()


def test_a_deleted_file_is_made_anew(tmp_path):
    path = tmp_path / "bus.db"
    hub_of(path)
    for file in tmp_path.iterdir():
        file.unlink()

    connection = connect(f"arida+sqlite:///{path}")
    topology.declare(connection)
    connection.release()

    assert path.exists()


def test_a_file_that_stays_locked_makes_the_broker_unavailable_and_loses_nothing(bus, monkeypatch):
    monkeypatch.setattr("shared.broker.embedded.store.BUSY_SECONDS", 0.2)
    publisher = Publisher(bus.url)
    blocker = sqlite3.connect(embedded_path(bus.url), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")

    with pytest.raises(BrokerUnavailable, match="locked"):
        publisher.publish([bus.message("e1")])

    blocker.execute("ROLLBACK")
    blocker.close()
    assert publisher.publish([bus.message("e1")]).confirmed == ("e1",)
    publisher.close()
    assert len(bus.take("review.events")) == 1


def test_many_threads_publish_and_consume_without_losing_or_doubling(bus, eventually):
    def publish(thread):
        publisher = Publisher(bus.url)
        for n in range(20):
            publisher.publish([bus.message(f"{thread}-{n}-{i}") for i in range(5)])
        publisher.close()

    with bus.consuming("review") as review, bus.consuming("audit") as audit:
        threads = [threading.Thread(target=publish, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        eventually(lambda: len(review) >= 400 and len(audit) >= 400)

    assert len({delivery.message_id for delivery in review}) == len(review) == 400
    assert len({delivery.message_id for delivery in audit}) == len(audit) == 400


def test_kombus_own_producer_and_consumer_work_on_it(bus):
    from kombu import Consumer, Producer, Queue

    connection = connect(bus.url)
    heard = []
    Producer(connection).publish({"a": 1}, routing_key=bus.queue("intake"), serializer="json")

    def hear(body, message):
        heard.append(body)
        message.ack()

    queues = [Queue(bus.queue("intake"), no_declare=True)]
    with Consumer(connection, queues=queues, callbacks=[hear]):
        connection.drain_events(timeout=2)

    connection.release()
    assert heard == [{"a": 1}]


def test_what_a_killed_process_held_is_handed_out_long_before_its_lease_is_over(
    tmp_path: Path, eventually: Callable[..., None]
) -> None:
    """The lease has fifteen seconds; that its process ended is seen within one or two."""
    bus = Bus(f"arida+sqlite:///{tmp_path}/own.db", "killed.")
    bus.declare()
    bus.publish(*(bus.message(f"e{n}") for n in range(3)))
    with subprocess.Popen(
        [sys.executable, "-c", CONSUMING_CHILD, bus.url, bus.queue("review")],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        while "e0" not in process.stdout.readline():
            continue
        process.kill()
    began = time.monotonic()

    with bus.consuming("review") as seen:
        eventually(lambda: len(seen) == 3)

    assert time.monotonic() - began < LEASE_SECONDS / 2
    assert [delivery.message_id for delivery in seen] == ["e0", "e1", "e2"]
