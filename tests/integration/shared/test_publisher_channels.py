"""Channels and streams (RabbitMQ only): one that refused is not used again, a new one greets.

A channel of RabbitMQ 3.10 that was open when a stream's writer moved to another node refuses every
message for that stream from then on; a new one finds the writer. And the first message for a stream
on a new channel is lost, though confirmed, while the writer is not up again after a restart.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.broker import publisher as publishing
from shared.broker import topology
from shared.broker.connection import connect
from shared.broker.log_reader import read_log
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.broker.wire import WireConnection
from shared.ids import new_id


@pytest.fixture
def full_queue(broker_url: str) -> Iterator[str]:
    """A queue that has room for one message and refuses the next."""
    name = f"test-{new_id()}.full"
    connection = connect(broker_url)
    channel = connection.channel()
    limit = {"x-max-length": 1, "x-overflow": "reject-publish"}
    channel.queue_declare(name, durable=True, auto_delete=False, arguments=limit)
    yield name
    channel.queue_delete(name)
    connection.release()


def test_after_a_refusal_the_next_batch_has_a_new_channel(
    broker_url: str, full_queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[WireConnection] = []

    def counted(url: str, **options: int) -> WireConnection:
        opened.append(connect(url, **options))
        return opened[-1]

    monkeypatch.setattr(publishing, "connect", counted)
    publisher = Publisher(broker_url)
    batches = [
        [OutgoingMessage(id=f"e{n}", routing_key=full_queue, body=b"x", exchange="")]
        for n in range(4)
    ]

    results = [publisher.publish(batch) for batch in batches]
    publisher.close()

    assert [len(result.refused) for result in results] == [0, 1, 1, 1]
    assert len(opened) == 3, "one for the first two batches, one for each after a refusal"


def test_a_new_channel_greets_the_log_before_the_first_event_and_no_reader_sees_it(
    broker_url: str,
) -> None:
    prefix = f"test-{new_id()}."
    connection = connect(broker_url)
    topology.declare(connection, prefix=prefix)
    key, log = "petition.filed.01", prefix + topology.LOG
    exchange = prefix + topology.EXCHANGE
    event = OutgoingMessage(id="e1", routing_key=key, body=b"x", exchange=exchange)
    publisher = Publisher(broker_url, log=log)

    result = publisher.publish([event])
    publisher.close()

    assert result.confirmed == ("e1",)
    (entry,) = read_log(broker_url, prefix=prefix)
    assert (entry.id, entry.offset) == ("e1", 1), "the greeting is the log's entry number 0"
    topology.remove(connection, prefix=prefix)
    connection.release()
