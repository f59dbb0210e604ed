"""How full the bus is: every queue of the table with its ready messages and its consumers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.topology import SUBSCRIPTIONS, Subscriptions, queues
from shared.broker.wire import WireConnection


@dataclass(frozen=True, kw_only=True)
class QueueStatus:
    """One queue; a queue no relay has declared yet has nothing in it."""

    name: str
    ready: int
    consumers: int
    is_declared: bool = True


def bus_status(
    broker_url: str, *, prefix: str = "", subscriptions: Subscriptions = SUBSCRIPTIONS
) -> list[QueueStatus]:
    """Ask the broker for every queue of the table; raises BrokerUnavailable."""
    connection = connect(broker_url)
    try:
        return queue_status(connection, [spec.name for spec in queues(subscriptions, prefix)])
    finally:
        connection.release()


def queue_status(connection: WireConnection, names: Sequence[str]) -> list[QueueStatus]:
    """Ask for queues by name over an open connection; raises BrokerUnavailable."""
    try:
        return list(_ask(connection, names))
    except connection.connection_errors as error:
        raise BrokerUnavailable(f"the bus gave no status: {error}") from error


def _ask(connection: WireConnection, names: Sequence[str]) -> Iterator[QueueStatus]:
    channel = connection.channel()
    for name in names:
        try:
            found = channel.queue_declare(name, passive=True)
        except connection.channel_errors:
            # A missing queue closes the channel that asked for it.
            channel = connection.channel()
            yield QueueStatus(name=name, ready=0, consumers=0, is_declared=False)
        else:
            yield QueueStatus(name=name, ready=found.message_count, consumers=found.consumer_count)
    channel.close()
