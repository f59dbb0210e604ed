"""The embedded bus as a kombu transport: ``kombu.Connection`` opens it like any other."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

from amqp.exceptions import ChannelError, ConnectionError
from kombu.transport import base

from shared import clock
from shared.broker.embedded.channel import Channel
from shared.broker.embedded.hub import LEASE_SECONDS, Hub, hub_of

LONGEST_WAIT_SECONDS = 1.0


class Link:
    """One connection to the file: its channels, and the event that ends their waiting."""

    def __init__(self, hub: Hub, client: object) -> None:
        self.client = client
        self.hub = hub
        self.wake = threading.Event()
        self.channels: list[Channel] = []
        self.is_open = True


class Transport(base.Transport):
    """Made by kombu, one for each connection; the options are ``path`` and ``lease`` (seconds)."""

    driver_type = "sqlite"
    driver_name = "arida-embedded"
    can_parse_url = True
    connection_errors: tuple[Any, ...] = (ConnectionError, sqlite3.Error, OSError)
    channel_errors: tuple[Any, ...] = (ChannelError,)
    recoverable_connection_errors = connection_errors
    recoverable_channel_errors = channel_errors

    client: Any  # kombu's connection, set by the base class.

    def driver_version(self) -> str:
        """Return SQLite's version."""
        return sqlite3.sqlite_version

    def establish_connection(self) -> Link:
        """Open the file, making it when it is missing."""
        options: dict[str, Any] = self.client.transport_options
        lease_seconds = float(options.get("lease", LEASE_SECONDS))
        return Link(hub_of(Path(options["path"]), lease_seconds), self.client)

    def create_channel(self, connection: Link) -> Channel:
        """Open a channel with its own way into the file."""
        channel = Channel(connection, connection.hub, connection.wake)
        connection.channels.append(channel)
        return channel

    def close_connection(self, connection: Link) -> None:
        """Close every channel; what they hold goes back."""
        connection.is_open = False
        for channel in connection.channels:
            channel.close()
        connection.channels.clear()

    def verify_connection(self, connection: Link) -> bool:
        """Tell whether the connection is still open."""
        return connection.is_open

    def drain_events(self, connection: Link, timeout: float | None = None, **_: object) -> None:
        """Confirm what was published and deliver what is ready, waiting for it if need be.

        Raises TimeoutError when nothing happened within ``timeout`` seconds (None: no limit).
        """
        ends = None if timeout is None else clock.monotonic() + timeout
        while True:
            connection.wake.clear()
            connection.channels[:] = [c for c in connection.channels if c.is_open]
            # All of them before the question, so that every channel has its turn.
            worked = [channel.flush() or channel.deliver() for channel in connection.channels]
            if any(worked):
                return
            left = LONGEST_WAIT_SECONDS if ends is None else ends - clock.monotonic()
            if left <= 0:
                raise TimeoutError("no message came")
            connection.wake.wait(min(left, LONGEST_WAIT_SECONDS))
