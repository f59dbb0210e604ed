"""Whether the bus answers and is whole, asked every few seconds at most."""

from __future__ import annotations

import threading

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.log_reader import log_end
from shared.broker.status import bus_status, queue_status
from shared.broker.topology import LOG
from shared.clock import monotonic

ASK_AGAIN_AFTER_SECONDS = 5.0
WHOLE_FOR_SECONDS = 10.0
MISSING_FOR_SECONDS = 0.5
LOG_FOR_SECONDS = 30.0


class BusProbe:
    """Remembers for a few seconds whether the bus took a connection, and which queues it lacks."""

    def __init__(self, broker_url: str) -> None:
        self._url = broker_url
        self._lock = threading.Lock()
        self._answered = False
        self._asked_at = -ASK_AGAIN_AFTER_SECONDS
        self._missing: list[str] = []
        self._look_again_at = 0.0
        self._log_size: int | None = None
        self._measure_again_at = 0.0

    def answers(self) -> bool:
        """Whether a connection could be made within the last five seconds."""
        with self._lock:
            if monotonic() - self._asked_at >= ASK_AGAIN_AFTER_SECONDS:
                self._answered = _can_connect(self._url)
                self._asked_at = monotonic()
            return self._answered

    def missing_queues(self, prefix: str) -> list[str]:
        """The queues of the whole table that the broker does not have; none while it is away.

        An event that such a queue should take is lost to its service until somebody fills it from
        the log, because the other queues take it and the broker confirms.
        """
        with self._lock:
            if monotonic() >= self._look_again_at:
                self._missing = _missing_queues(self._url, prefix)
                lasts = MISSING_FOR_SECONDS if self._missing else WHOLE_FOR_SECONDS
                self._look_again_at = monotonic() + lasts
            return list(self._missing)

    def log_size(self, prefix: str) -> int | None:
        """How many entries a server's log has; None while it cannot be read.

        An empty log is waited for, so that its answer is kept for half a minute.
        """
        with self._lock:
            if monotonic() >= self._measure_again_at:
                try:
                    self._log_size = log_end(self._url, prefix=prefix) + 1
                except BrokerUnavailable:
                    self._log_size = None
                self._measure_again_at = monotonic() + LOG_FOR_SECONDS
            return self._log_size


def _can_connect(url: str) -> bool:
    """Whether the bus takes a connection and answers a question, be it with a no.

    The embedded bus takes one as long as its file was once opened here, whatever became of it.
    """
    try:
        connection = connect(url)
    except BrokerUnavailable:
        return False
    try:
        queue_status(connection, [LOG])
    except BrokerUnavailable:
        return False
    finally:
        connection.release()
    return True


def _missing_queues(url: str, prefix: str) -> list[str]:
    try:
        return [queue.name for queue in bus_status(url, prefix=prefix) if not queue.is_declared]
    except BrokerUnavailable:
        return []
