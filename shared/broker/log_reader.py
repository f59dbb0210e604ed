"""Reads the log of the bus from any position to its present end, without taking anything away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from json import loads
from ssl import create_default_context
from typing import Any, Literal

import pika
from kombu.utils.url import parse_url
from pika.exceptions import AMQPError

from shared.broker.connection import (
    CONNECT_SECONDS,
    BrokerUnavailable,
    embedded_path,
    is_embedded,
)
from shared.broker.embedded.hub import hub_of
from shared.broker.topology import LOG

IDLE_SECONDS = 1.0  # When nothing came for this long, the log's present end is reached.
PREFETCH = 200
PAGE = (
    "SELECT position, properties, routing_key, body FROM log"
    " WHERE queue = ? AND position >= ? ORDER BY position LIMIT ?"
)

Start = Literal["first"] | int


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One event of the log at its position (0, 1, 2 ...; the broker's offset)."""

    offset: int
    id: str
    routing_key: str
    body: bytes


def read_log(broker_url: str, start: Start = "first", *, prefix: str = "") -> Iterator[LogEntry]:
    """Yield the log's entries from ``start`` (an offset, itself included) to the present end.

    Raises BrokerUnavailable when the bus cannot be reached or the reading breaks off.
    """
    if is_embedded(broker_url):
        return _read_embedded(broker_url, start, prefix + LOG)
    return _read_stream(broker_url, start, prefix + LOG)


def _read_embedded(broker_url: str, start: Start, queue: str) -> Iterator[LogEntry]:
    store = hub_of(embedded_path(broker_url)).open()
    position = 0 if start == "first" else start
    try:
        # Page by page, because a read that stays open would keep the file's journal from shrinking.
        while rows := store.reading.execute(PAGE, (queue, position, PREFETCH)).fetchall():
            for position, properties, routing_key, body in rows:
                id_ = str(loads(properties).get("message_id") or "")
                yield LogEntry(offset=position, id=id_, routing_key=routing_key, body=bytes(body))
            position += 1
    finally:
        store.close()


def _read_stream(broker_url: str, start: Start, queue: str) -> Iterator[LogEntry]:
    connection = _connect(broker_url)
    try:
        channel = connection.channel()
        channel.basic_qos(prefetch_count=PREFETCH)
        for method, properties, body in channel.consume(
            queue, arguments={"x-stream-offset": start}, inactivity_timeout=IDLE_SECONDS
        ):
            if method is None or body is None:
                return
            # An acknowledgement only asks the stream for more; it removes nothing.
            channel.basic_ack(method.delivery_tag or 0)
            entry = _entry(method, properties, body)
            if start == "first" or entry.offset >= start:
                yield entry
    except AMQPError as error:
        raise BrokerUnavailable(f"reading the log broke off: {error}") from error
    finally:
        _close(connection)


def _entry(method: Any, properties: Any, body: bytes) -> LogEntry:
    return LogEntry(
        offset=int(properties.headers["x-stream-offset"]),
        id=properties.message_id or "",
        routing_key=method.routing_key,
        body=body,
    )


def _connect(broker_url: str) -> pika.BlockingConnection:
    failures = []
    for node in broker_url.split(";"):
        try:
            return pika.BlockingConnection(_parameters(node))
        except (AMQPError, OSError) as error:
            failures.append(str(error) or type(error).__name__)
    raise BrokerUnavailable(f"no broker answers: {'; '.join(failures)}")


def _parameters(node: str) -> pika.ConnectionParameters:
    # Read by kombu's rules, so that one address means the same virtual host to both libraries.
    found = parse_url(node)
    secure = found["transport"] == "amqps"
    host = found["hostname"] or "127.0.0.1"
    return pika.ConnectionParameters(
        host=host,
        port=found["port"] or (5671 if secure else 5672),
        virtual_host=found["virtual_host"] or "/",
        credentials=pika.PlainCredentials(found["userid"] or "guest", found["password"] or "guest"),
        ssl_options=pika.SSLOptions(create_default_context(), host) if secure else None,
        socket_timeout=CONNECT_SECONDS,
        blocked_connection_timeout=CONNECT_SECONDS,
    )


def _close(connection: pika.BlockingConnection) -> None:
    try:
        connection.close()
    except AMQPError:
        # Closing gives unread entries back, which a stream refuses by ending the connection.
        return
