"""How full the bus is: every queue of the table with its ready messages and its consumers."""

from __future__ import annotations

from dataclasses import dataclass

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.topology import SUBSCRIPTIONS, QueueSpec, Subscriptions, queues
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
        return [_ask(connection, spec) for spec in queues(subscriptions, prefix)]
    except connection.connection_errors as error:
        raise BrokerUnavailable(f"the bus gave no status: {error}") from error
    finally:
        connection.release()


def _ask(connection: WireConnection, spec: QueueSpec) -> QueueStatus:
    # A missing queue closes the channel that asked, so each question has its own.
    channel = connection.channel()
    try:
        found = channel.queue_declare(spec.name, passive=True)
    except connection.channel_errors:
        return QueueStatus(name=spec.name, ready=0, consumers=0, is_declared=False)
    channel.close()
    return QueueStatus(name=spec.name, ready=found.message_count, consumers=found.consumer_count)
