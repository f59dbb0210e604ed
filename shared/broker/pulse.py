"""Keeps a connection alive while its thread is busy with a long handler (AMQP 0-9-1, 4.2.7)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import structlog

from shared.broker.connection import HEARTBEAT_SECONDS
from shared.broker.wire import WireConnection

log = structlog.get_logger(__name__)


class Pulse:
    """Sends heartbeats from a thread of its own, but only while ``beating()`` is held.

    A connection is for one thread at a time; the lock hands it over for the moment of a heartbeat.
    """

    def __init__(self, connection: WireConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._busy = False
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="bus-pulse", daemon=True)

    def __enter__(self) -> Pulse:
        if self._connection.supports_heartbeats:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat while the block runs; the block must not use the connection."""
        with self._lock:
            self._busy = True
        try:
            yield
        finally:
            with self._lock:
                self._busy = False

    def _beat(self) -> None:
        while not self._done.wait(HEARTBEAT_SECONDS / 3):
            with self._lock:
                if not self._busy:
                    continue
                try:
                    self._connection.connection.send_heartbeat()
                except self._connection.connection_errors as error:
                    # The connection's own thread meets the same error with its next step.
                    log.info("bus_heartbeat_failed", error=str(error))
                    return
