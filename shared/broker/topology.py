"""The table of the bus: who subscribes to what, and every exchange and queue that follows from it.

Every relay declares all of it before its first publish, so no event can meet a missing queue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

import structlog

from shared.broker.wire import WireConnection
from shared.clock import sleep

# A service subscribes to whole kinds: a new event of a kind needs no new binding.
SUBSCRIPTIONS: dict[str, tuple[str, ...]] = {
    "identity": ("mandate", "committee", "body", "redaction"),
    "intake": ("authority", "membership", "case", "erasure"),
    "review": ("authority", "membership", "petition", "opinion", "body", "bounce"),
    "opinions": ("authority", "consultation", "session", "decision"),
    "notifications": (
        "authority",
        "membership",
        "petition",
        "case",
        "consultation",
        "session",
        "sitting",
        "item",
        "decision",
        "opinion",
        "body",
        "mandate",
        "erasure",
    ),
    "audit": ("#",),
}

EXCHANGE = "arida.events"
DEAD_EXCHANGE = "arida.dead"
LOG = "arida.log"
SLOTS = 16  # Fixed for ever: another number would send a subject's later events elsewhere.
DELAYS = (1, 5, 30, 120, 600)  # Seconds a message can wait before it is tried again.
DELIVERY_LIMIT = 20
DECLARED_WITHIN_SECONDS = 1.0

log = structlog.get_logger(__name__)

Subscriptions = Mapping[str, tuple[str, ...]]


class TopologyRefused(Exception):
    """The broker holds an exchange or queue of that name that differs from the table."""


@dataclass(frozen=True, kw_only=True)
class QueueSpec:
    """One queue: its name, its arguments as AMQP has them, and (exchange, key) of each binding."""

    name: str
    arguments: Mapping[str, str | int | bool]
    bindings: tuple[tuple[str, str], ...] = field(default=())


def slot_of(subject: str) -> int:
    """Return the slot 0 to 15 of a subject such as ``petition/0190…``; the same for ever."""
    return crc32(subject.encode()) % SLOTS


def routing_key(type_: str, subject: str) -> str:
    """Return ``petition.filed.07`` for the event type ``petition.filed.v1`` and its subject.

    Raises ValueError when the type is not kind, event and version.
    """
    kind, _, rest = type_.partition(".")
    event, _, version = rest.rpartition(".")
    if not (kind and event and version.startswith("v")):
        raise ValueError(f"an event type reads kind.event.v1, not {type_!r}")
    return f"{kind}.{event}.{slot_of(subject):02d}"


def queue_of(service: str, prefix: str = "") -> str:
    """Return the name of the queue a service consumes; ``prefix`` is a test's own namespace."""
    return f"{prefix}{service}.events"


def dead_queue_of(service: str, prefix: str = "") -> str:
    """Return the name of the queue that keeps what a service could not handle."""
    return f"{prefix}{service}.dead"


def delay_queue_of(service: str, seconds: float, prefix: str = "") -> str:
    """Return the shortest waiting queue of at least ``seconds``, or the longest there is."""
    length = next((delay for delay in DELAYS if delay >= seconds), DELAYS[-1])
    return f"{prefix}{service}.delay.{length}"


def queues(subscriptions: Subscriptions = SUBSCRIPTIONS, prefix: str = "") -> list[QueueSpec]:
    """Return every queue of the table: the log, then for each service all of its own."""
    stream = QueueSpec(
        name=prefix + LOG,
        arguments={"x-queue-type": "stream"},
        bindings=((prefix + EXCHANGE, "#"),),
    )
    found = [stream]
    for service, kinds in subscriptions.items():
        found += [_dead(service, prefix), _main(service, kinds, prefix)]
        found += [_delay(service, seconds, prefix) for seconds in DELAYS]
    return found


def declare(
    connection: WireConnection, *, prefix: str = "", subscriptions: Subscriptions = SUBSCRIPTIONS
) -> None:
    """Declare the whole table; what exists alike stays as it is.

    The log comes last, so that where a log is, everything else was before it; where everything
    else is and no log, it was lost, which is told.
    Raises TopologyRefused, naming the exchange or queue, when the broker has another of that name.
    Errors of the connection itself pass through.
    """
    _declare_exchange(connection, prefix + EXCHANGE, "topic")
    _declare_exchange(connection, prefix + DEAD_EXCHANGE, "direct")
    stream, *others = queues(subscriptions, prefix)
    if _is_lost(connection, stream.name, others[-1].name):
        log.error("bus_log_lost", queue=stream.name)
    for spec in (*others, stream):
        _declare_queue(connection, spec)


def remove(
    connection: WireConnection, *, prefix: str, subscriptions: Subscriptions = SUBSCRIPTIONS
) -> None:
    """Delete a namespace of the table with all its messages; refuses the real one."""
    if not prefix:
        raise ValueError("the table without a prefix holds real events and is never removed")
    channel = connection.channel()
    for spec in queues(subscriptions, prefix):
        channel.queue_delete(spec.name)
    for exchange in (EXCHANGE, DEAD_EXCHANGE):
        channel.exchange_delete(prefix + exchange)
    channel.close()


def _main(service: str, kinds: tuple[str, ...], prefix: str) -> QueueSpec:
    keys = (kind if kind == "#" else f"{kind}.#" for kind in kinds)
    return QueueSpec(
        name=queue_of(service, prefix),
        arguments={
            "x-single-active-consumer": True,
            "x-delivery-limit": DELIVERY_LIMIT,
            **_dead_lettering(prefix + DEAD_EXCHANGE, dead_queue_of(service, prefix)),
        },
        bindings=tuple((prefix + EXCHANGE, key) for key in keys),
    )


def _dead(service: str, prefix: str) -> QueueSpec:
    name = dead_queue_of(service, prefix)
    return QueueSpec(
        name=name,
        arguments={"x-queue-type": "quorum"},
        bindings=((prefix + DEAD_EXCHANGE, name),),
    )


def _delay(service: str, seconds: int, prefix: str) -> QueueSpec:
    return QueueSpec(
        name=delay_queue_of(service, seconds, prefix),
        arguments={
            "x-message-ttl": seconds * 1000,
            **_dead_lettering("", queue_of(service, prefix)),
        },
    )


def _dead_lettering(exchange: str, key: str) -> dict[str, str]:
    # At-least-once dead-lettering is only granted together with reject-publish.
    return {
        "x-queue-type": "quorum",
        "x-dead-letter-exchange": exchange,
        "x-dead-letter-routing-key": key,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }


def _is_lost(connection: WireConnection, stream: str, last_other: str) -> bool:
    """Whether there is no log beside the queue that is declared right before it.

    Others may be declaring a new bus at this moment, so they get the time to end it.
    """
    if _exists(connection, stream) or not _exists(connection, last_other):
        return False
    sleep(DECLARED_WITHIN_SECONDS)
    return not _exists(connection, stream)


def _exists(connection: WireConnection, queue: str) -> bool:
    channel = connection.channel()
    try:
        channel.queue_declare(queue, passive=True)
    except connection.channel_errors:
        return False
    channel.close()
    return True


def _declare_exchange(connection: WireConnection, name: str, type_: str) -> None:
    channel = connection.channel()
    try:
        channel.exchange_declare(name, type_, durable=True, auto_delete=False)
    except connection.channel_errors as error:
        raise TopologyRefused(f"exchange {name} is refused: {error}") from error
    channel.close()


def _declare_queue(connection: WireConnection, spec: QueueSpec) -> None:
    # A refusal closes the channel, so each queue has its own.
    channel = connection.channel()
    try:
        channel.queue_declare(
            spec.name, durable=True, auto_delete=False, arguments=dict(spec.arguments)
        )
        for exchange, key in spec.bindings:
            channel.queue_bind(spec.name, exchange, key)
    except connection.channel_errors as error:
        raise TopologyRefused(f"queue {spec.name} is refused: {error}") from error
    channel.close()
