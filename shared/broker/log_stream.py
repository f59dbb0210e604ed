"""Reads RabbitMQ's stream with pika; kombu has no word for a stream's offsets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from ssl import create_default_context
from typing import Any, Literal

import pika
from kombu.utils.url import parse_url
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError, ChannelClosedByBroker

from shared.broker.connection import CONNECT_SECONDS, BrokerUnavailable
from shared.broker.greeting import is_greeting
from shared.broker.log_reader import LogEntry, LogMissing, Start
from shared.clock import monotonic

PREFETCH = 200
IDLE_SECONDS = 0.5
"""A stream that was read since an instant says nothing more within this time."""

LAST_SECONDS = 2.0
"""The last part of a stream came within this time, though a busy one goes on without a pause."""

FIRST_SECONDS = 3.0
STALL_SECONDS = 30.0
"""Entries that are known to be there come within this time, or the reading broke off."""

Position = Start | Literal["last"]

NOT_FOUND, INTERNAL_ERROR = 404, 541
"""What a broker answers of a stream that was never declared, or whose leader is not up yet."""


def read_stream(broker_url: str, start: Start, queue: str) -> Iterator[LogEntry]:
    """Yield a stream's entries from an offset or instant to its present end.

    Raises LogMissing before the first entry when the broker has no such stream (yet), and
    BrokerUnavailable when the reading breaks off.
    """
    with _faults_named(queue):
        end = last_offset(broker_url, queue)
        for entry in _deliver(broker_url, queue, start, end):
            # A chunk comes whole, what was before the offset included.
            is_before = isinstance(start, int) and entry.offset < start
            if not is_before and not is_greeting(entry.id, entry.body):
                yield entry


@contextmanager
def _faults_named(queue: str) -> Iterator[None]:
    try:
        yield
    except ChannelClosedByBroker as error:
        if error.reply_code in {NOT_FOUND, INTERNAL_ERROR}:
            raise LogMissing(
                f"the log {queue} is not there: no relay has declared it yet,"
                " or the broker has not opened it yet"
            ) from error
        raise BrokerUnavailable(f"reading the log broke off: {error}") from error
    except AMQPError as error:
        raise BrokerUnavailable(f"reading the log broke off: {error!r}") from error


def last_offset(broker_url: str, queue: str) -> int:
    """The offset of the newest entry, -1 of an empty stream.

    Raises LogMissing or BrokerUnavailable.
    """
    last, ends = -1, monotonic() + FIRST_SECONDS + LAST_SECONDS
    with _faults_named(queue), _reading(broker_url) as channel:
        entry = _next(channel, queue, "last", FIRST_SECONDS)
        while entry is not None:
            last = entry.offset
            entry = _next_sent(channel, queue) if monotonic() < ends else None
            ends = min(ends, monotonic() + LAST_SECONDS)
    return last


def _next_sent(channel: BlockingChannel, queue: str) -> LogEntry | None:
    """The next entry of those that the broker has sent by now; None when there is no more.

    It sends a part of a stream in one go, as far as the prefetch allows, and answers on the same
    channel only after that: what has not come before an answer is not sent at all.
    """
    if not channel.get_waiting_message_count():
        channel.queue_declare(queue, passive=True)
    if not channel.get_waiting_message_count():
        return None
    return _next(channel, queue, "last", IDLE_SECONDS)


def _deliver(broker_url: str, queue: str, start: Start, end: int) -> Iterator[LogEntry]:
    if end < 0 or (isinstance(start, int) and start > end):
        return
    # Since an instant nothing may have come; from an offset on, the end is known to come.
    reached = end if isinstance(start, datetime) else -1
    patience = FIRST_SECONDS
    with _reading(broker_url) as channel:
        while True:
            patience = STALL_SECONDS if reached < end else patience
            entry = _next(channel, queue, start, patience)
            if entry is None and reached < end:
                raise BrokerUnavailable(f"reading the log broke off at {reached} of {end}")
            if entry is None:
                return
            reached, patience = entry.offset, IDLE_SECONDS
            yield entry
            if reached >= end:
                return


def _next(
    channel: BlockingChannel, queue: str, start: Position, patience: float
) -> LogEntry | None:
    for method, properties, body in channel.consume(
        queue, arguments={"x-stream-offset": start}, inactivity_timeout=patience
    ):
        if method is None or body is None:
            return None
        # An acknowledgement only asks the stream for more; it removes nothing.
        channel.basic_ack(method.delivery_tag or 0)
        return _entry(method, properties, body)
    return None


def _entry(method: Any, properties: Any, body: bytes) -> LogEntry:
    id_ = properties.message_id or ""
    return LogEntry(
        offset=int(properties.headers["x-stream-offset"]),
        # What another client wrote may be no text.
        id=id_ if isinstance(id_, str) else bytes(id_).decode("utf-8", "replace"),
        routing_key=method.routing_key,
        body=body,
    )


@contextmanager
def _reading(broker_url: str) -> Iterator[BlockingChannel]:
    connection = _connect(broker_url)
    try:
        channel = connection.channel()
        channel.basic_qos(prefetch_count=PREFETCH)
        yield channel
    finally:
        _close(connection)


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
