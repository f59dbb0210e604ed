"""A channel on which the broker refused something is not used again (RabbitMQ only).

A channel of RabbitMQ 3.10 that was open when a stream's writer moved to another node refuses every
message for that stream from then on; a new one finds the writer.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.broker import publisher as publishing
from shared.broker.connection import connect
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
