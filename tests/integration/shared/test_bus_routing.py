"""What reaches which queue, and what a publisher is told; the same on both transports."""

from __future__ import annotations

import socket

import pytest

from shared.broker import topology
from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.log_reader import read_log
from shared.broker.publisher import OutgoingMessage, Publisher


def test_a_message_reaches_every_queue_whose_kinds_it_belongs_to_and_no_other(bus):
    result = bus.publish(bus.message("e1"))

    assert result.confirmed == ("e1",)
    assert [m.body for m in bus.take("review.events")] == [b"e1"]
    assert [m.body for m in bus.take("audit.events")] == [b"e1"]
    assert bus.take("intake.events") == []


def test_a_hash_also_stands_for_no_word_at_all(bus):
    bus.publish(bus.message("e1", key="petition"), bus.message("e2", key="petitions.filed.01"))

    assert [m.body for m in bus.take("review.events")] == [b"e1"]


def test_id_headers_and_content_type_travel_with_the_bytes(bus):
    bus.publish(bus.message("e1", headers={"x-note": "n", "x-number": 7}))

    [message] = bus.take("review.events")

    assert message.properties["message_id"] == "e1"
    assert message.properties["content_type"] == "application/cloudevents+json"
    assert message.properties["delivery_mode"] == 2
    headers = message.properties["application_headers"]
    assert (headers["x-note"], headers["x-number"]) == ("n", 7)


def test_an_unroutable_message_is_refused_by_name_and_its_neighbours_are_confirmed(bus):
    lost = OutgoingMessage(id="lost", routing_key="nobody", body=b"", exchange="")

    result = bus.publish(bus.message("e1"), lost, bus.message("e2"))

    assert result.confirmed == ("e1", "e2")
    assert list(result.refused) == ["lost"]
    assert "nobody" in result.refused["lost"]


def test_an_empty_batch_asks_nothing_of_the_broker():
    assert Publisher("amqp://127.0.0.1:1//").publish([]).confirmed == ()


def test_a_publisher_says_so_when_the_exchange_is_missing_and_works_again_afterwards(bus):
    publisher = Publisher(bus.url)
    missing = OutgoingMessage(
        id="e0", routing_key="petition.filed.01", body=b"", exchange=bus.prefix + "missing"
    )

    with pytest.raises(BrokerUnavailable, match="missing"):
        publisher.publish([missing])

    assert publisher.publish([bus.message("e1")]).confirmed == ("e1",)
    publisher.close()


def test_a_publisher_whose_idle_connection_died_publishes_over_a_new_one(broker_url, monkeypatch):
    opened = []

    def connect_and_remember(*arguments, **options):
        opened.append(connect(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr("shared.broker.publisher.connect", connect_and_remember)
    publisher = Publisher(broker_url)
    lost = OutgoingMessage(id="e1", routing_key="nobody", body=b"", exchange="")
    publisher.publish([lost])
    opened[0].connection.transport.sock.shutdown(socket.SHUT_RDWR)

    assert list(publisher.publish([lost]).refused) == ["e1"]

    assert len(opened) == 2
    publisher.close()


@pytest.mark.parametrize("url", ["amqp://127.0.0.1:1//", "arida+sqlite:////proc/no/bus.db"])
def test_a_broker_that_cannot_be_reached_is_unavailable(url):
    with pytest.raises(BrokerUnavailable):
        connect(url)


def test_the_second_of_two_nodes_is_taken_when_the_first_is_down(broker_url):
    connection = connect(f"amqp://127.0.0.1:1//;{broker_url}")

    assert connection.connected
    connection.release()


def test_declaring_the_table_again_changes_nothing(bus):
    bus.publish(bus.message("e1"))

    bus.declare()

    assert len(bus.take("review.events")) == 1


def test_a_queue_that_exists_otherwise_is_named_in_the_refusal(bus):
    other = {"review": ("petition",), "newcomer": ("case",)}
    connection = connect(bus.url)
    name = topology.queue_of("newcomer", bus.prefix)
    connection.channel().queue_declare(
        name, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"}
    )

    with pytest.raises(topology.TopologyRefused, match=name):
        topology.declare(connection, prefix=bus.prefix, subscriptions=other)

    topology.remove(connection, prefix=bus.prefix, subscriptions=other)
    connection.release()


def test_the_real_table_cannot_be_removed(bus):
    connection = connect(bus.url)

    with pytest.raises(ValueError, match="prefix"):
        topology.remove(connection, prefix="")

    connection.release()


def test_the_log_keeps_every_event_in_order_though_consumers_took_them(bus, eventually):
    with bus.consuming("audit") as seen:
        bus.publish(*(bus.message(f"e{n}") for n in range(5)))
        eventually(lambda: len(seen) == 5)

    entries = list(read_log(bus.url, prefix=bus.prefix))

    assert [(e.offset, e.id, e.body) for e in entries] == [
        (n, f"e{n}", f"e{n}".encode()) for n in range(5)
    ]
    assert {e.routing_key for e in entries} == {"petition.filed.01"}


def test_the_log_is_read_from_any_position(bus):
    bus.publish(*(bus.message(f"e{n}") for n in range(5)))

    entries = list(read_log(bus.url, 3, prefix=bus.prefix))

    assert [e.id for e in entries] == ["e3", "e4"]


def test_the_status_counts_ready_messages_and_consumers(bus):
    bus.publish(bus.message("e1"), bus.message("e2"))

    with bus.consuming("intake"):
        assert bus.status("review.events").ready == 2
        assert bus.status("intake.events").consumers == 1
        assert bus.status("review.dead").is_declared


def test_the_status_tells_a_queue_nobody_has_declared(bus_url):
    from shared.broker.status import bus_status

    found = bus_status(bus_url, prefix="test-never-declared.")

    assert not any(status.is_declared for status in found)
