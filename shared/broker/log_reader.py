"""Reads the log of the bus from any position to its present end, without taking anything away.

RabbitMQ's stream is read in log_stream.py, the embedded bus's own log here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json import loads
from typing import Literal

from shared import clock
from shared.broker.connection import BrokerUnavailable, embedded_path, is_embedded
from shared.broker.embedded.hub import hub_of
from shared.broker.embedded.store import Store
from shared.broker.topology import LOG

READY_SECONDS = 20.0
"""How long a log that is not there (yet) is waited for: a broker opens it after its start."""

ASK_AGAIN_SECONDS = 0.5
CLOCKS_DIFFER = timedelta(minutes=5)
"""Reading by time begins that much earlier, since the broker's clock stamps what it stores."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PAGE_SIZE = 200
PAGE = (
    "SELECT position, properties, routing_key, body FROM log"
    " WHERE queue = ? AND position >= ? ORDER BY position LIMIT ?"
)

Start = Literal["first"] | int | datetime


class LogMissing(BrokerUnavailable):
    """The bus has no log, or has not opened it yet."""


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One event of the log at its position (0, 1, 2 ...; the broker's offset)."""

    offset: int
    id: str
    routing_key: str
    body: bytes


def read_log(
    broker_url: str,
    start: Start = "first",
    *,
    prefix: str = "",
    ready_seconds: float | None = None,
) -> Iterator[LogEntry]:
    """Yield the log's entries from ``start`` to the present end.

    ``start`` is an offset (itself included) or an aware instant: everything that was stored since
    comes then, and some of what was stored shortly before. A log that is not there is
    waited for, READY_SECONDS unless said. Raises LogMissing when it does not come,
    BrokerUnavailable when the reading breaks off.
    """
    until = clock.monotonic() + (READY_SECONDS if ready_seconds is None else ready_seconds)
    while True:
        entries = _entries(broker_url, start, prefix + LOG)
        try:
            first = next(entries, None)
        except LogMissing:
            if clock.monotonic() >= until:
                raise
            clock.sleep(ASK_AGAIN_SECONDS)
        else:
            break
    if first is not None:
        yield first
        yield from entries


def log_end(broker_url: str, *, prefix: str = "") -> int:
    """The offset of the log's newest entry on a server, -1 where it has none.

    Raises LogMissing or BrokerUnavailable.
    """
    from shared.broker.log_stream import last_offset  # noqa: PLC0415

    return last_offset(broker_url, prefix + LOG)


def _entries(broker_url: str, start: Start, queue: str) -> Iterator[LogEntry]:
    if is_embedded(broker_url):
        return _read_embedded(broker_url, start, queue)
    # Processes on the embedded bus have no use for pika.
    from shared.broker.log_stream import read_stream  # noqa: PLC0415

    return read_stream(broker_url, _earlier(start), queue)


def _earlier(start: Start) -> Start:
    if not isinstance(start, datetime):
        return start
    # Brokers count from 1970 on; nothing was stored before.
    return max(start, EPOCH + CLOCKS_DIFFER) - CLOCKS_DIFFER


def _read_embedded(broker_url: str, start: Start, queue: str) -> Iterator[LogEntry]:
    path = embedded_path(broker_url)
    if not path.exists():
        # Asking for it would make an empty one.
        raise LogMissing(f"there is no bus file {path.name}: nothing has run here yet")
    try:
        store = hub_of(path).open()
    except (sqlite3.Error, OSError) as error:
        raise BrokerUnavailable(f"the bus file {path.name} cannot be opened: {error}") from error
    try:
        position = _position(store, _earlier(start), queue)
        # Page by page, because a read that stays open would keep the file's journal from shrinking.
        while rows := store.reading.execute(PAGE, (queue, position, PAGE_SIZE)).fetchall():
            for position, properties, routing_key, body in rows:
                id_ = str(loads(properties).get("message_id") or "")
                yield LogEntry(offset=position, id=id_, routing_key=routing_key, body=bytes(body))
            position += 1
    except sqlite3.Error as error:
        raise BrokerUnavailable(f"reading the log broke off: {error}") from error
    finally:
        store.close()


def _position(store: Store, start: Start, queue: str) -> int:
    if store.reading.execute("SELECT 1 FROM queue WHERE name = ?", (queue,)).fetchone() is None:
        raise LogMissing(f"the log {queue} is not there: no relay has declared it yet")
    if not isinstance(start, datetime):
        return 0 if start == "first" else start
    row = store.reading.execute(
        "SELECT coalesce(min(position), (SELECT max(position) + 1 FROM log WHERE queue = ?1))"
        " FROM log WHERE queue = ?1 AND recorded_at >= ?2",
        (queue, start.astimezone(UTC).isoformat()),
    ).fetchone()
    return int(row[0] or 0)
