"""Opens connections to the bus: RabbitMQ by ``amqp://``, the embedded file by ``arida+sqlite:///``."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, unquote, urlsplit

from kombu.connection import Connection

from shared.broker.properties import tolerate_any_properties
from shared.broker.wire import WireConnection

EMBEDDED_SCHEME = "arida+sqlite"

# Short, because a node that does not answer must not hold up the search for one that does.
CONNECT_SECONDS = 4
HEARTBEAT_SECONDS = 10
WRITE_SECONDS = 15


class BrokerUnavailable(Exception):
    """The bus cannot be reached or did not answer in time; the same call may succeed later."""


def is_embedded(broker_url: str) -> bool:
    """Tell whether the address names the embedded bus rather than a RabbitMQ server."""
    return broker_url.startswith(EMBEDDED_SCHEME + "://")


def connect(broker_url: str, *, heartbeat: int = HEARTBEAT_SECONDS) -> WireConnection:
    """Connect and return a kombu connection; the caller uses it in one thread and releases it.

    ``amqp://user:password@host:port/vhost``, several nodes separated by ``;``, or
    ``arida+sqlite:///relative.db`` (four slashes: absolute). Each node is tried once. Whoever asks
    for a ``heartbeat`` (seconds, 0 for none) must read the connection at least that often.
    Raises BrokerUnavailable when none answers and ValueError for another kind of address.
    """
    connection = _embedded(broker_url) if is_embedded(broker_url) else _amqp(broker_url, heartbeat)
    nodes = broker_url.count(";") + 1
    # A version mismatch or a refused password is an error of the connection as well.
    broken = (*connection.connection_errors, *connection.channel_errors)
    try:
        connection.ensure_connection(
            max_retries=nodes,
            interval_start=0,
            interval_step=0,
            interval_max=0,
            reraise_as_library_errors=False,
        )
    except broken as error:
        connection.release()
        raise BrokerUnavailable(f"no broker answers: {error}") from error
    return connection


def embedded_path(broker_url: str) -> Path:
    """Return the file an embedded address names; raises ValueError when it names none."""
    path = unquote(urlsplit(broker_url).path)
    if not is_embedded(broker_url) or len(path) < 2:
        raise ValueError(f"an embedded bus is named {EMBEDDED_SCHEME}:///path, not {broker_url}")
    return Path(path[1:])


def virtual_host(broker_url: str) -> str:
    """Return the virtual host that an ``amqp://`` address names; all its nodes have the same."""
    path = urlsplit(broker_url.partition(";")[0]).path
    return unquote(path[1:]) or "/"


def _amqp(broker_url: str, heartbeat: int) -> WireConnection:
    if not broker_url.startswith(("amqp://", "amqps://")):
        raise ValueError("a broker address begins with amqp://, amqps:// or arida+sqlite:///")
    tolerate_any_properties()
    connection = Connection(  # type: ignore[no-untyped-call]
        broker_url,
        connect_timeout=CONNECT_SECONDS,
        heartbeat=heartbeat,
        transport_options={"write_timeout": WRITE_SECONDS},
    )
    return cast(WireConnection, connection)


def _embedded(broker_url: str) -> WireConnection:
    # Imported here, because processes on RabbitMQ have no use for SQLite's library.
    from shared.broker.embedded.transport import Transport  # noqa: PLC0415

    options = dict(parse_qsl(urlsplit(broker_url).query))
    connection = Connection(  # type: ignore[no-untyped-call]
        "embedded",
        transport=Transport,
        transport_options={"path": embedded_path(broker_url), **options},
    )
    return cast(WireConnection, connection)
