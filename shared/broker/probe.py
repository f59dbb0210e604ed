"""Whether the bus answers, asked at most every few seconds however often health is read."""

from __future__ import annotations

import threading

from shared.broker.connection import BrokerUnavailable, connect
from shared.clock import monotonic

ASK_AGAIN_AFTER_SECONDS = 5.0


class BusProbe:
    """Remembers for a few seconds whether the bus took a connection."""

    def __init__(self, broker_url: str) -> None:
        self._url = broker_url
        self._lock = threading.Lock()
        self._answered = False
        self._asked_at = -ASK_AGAIN_AFTER_SECONDS

    def answers(self) -> bool:
        """Whether a connection could be made within the last five seconds."""
        with self._lock:
            if monotonic() - self._asked_at >= ASK_AGAIN_AFTER_SECONDS:
                self._answered = _can_connect(self._url)
                self._asked_at = monotonic()
            return self._answered


def _can_connect(url: str) -> bool:
    try:
        connect(url).release()
    except BrokerUnavailable:
        return False
    return True
