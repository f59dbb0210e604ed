"""Sees to it that no event is published past a queue that is gone.

``mandatory`` does not show one missing queue as long as another takes the event, and audit and the
log take every one: so the relay looks for the queues that its service's events go to, by name.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.status import queue_status
from shared.broker.topology import LOG, SUBSCRIPTIONS, TopologyRefused, queue_of
from shared.broker.wire import WireConnection
from shared.clock import monotonic

LOOK_EVERY_SECONDS = 5.0


class QueueWatch:
    """Looks for some queues every few seconds; for one thread."""

    def __init__(self, broker_url: str, names: list[str]) -> None:
        self.is_blocked = False
        self._broker_url = broker_url
        self._names = names
        self._connection: WireConnection | None = None
        self._next_at = monotonic() + LOOK_EVERY_SECONDS

    @property
    def is_due(self) -> bool:
        """Whether it is time to look again."""
        return self.is_blocked or monotonic() >= self._next_at

    def look(self) -> None:
        """Look now; raises TopologyRefused naming what is missing, and BrokerUnavailable."""
        if self._connection is None:
            self._connection = connect(self._broker_url, heartbeat=0)
        try:
            found = queue_status(self._connection, self._names)
        except BrokerUnavailable:
            self.close()
            raise
        missing = [queue.name for queue in found if not queue.is_declared]
        self.is_blocked = bool(missing)
        self._next_at = monotonic() + LOOK_EVERY_SECONDS
        if missing:
            raise TopologyRefused(f"the broker has lost {', '.join(missing)}")

    def close(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.release()


def queues_for(
    kinds: frozenset[str],
    prefix: str = "",
    subscriptions: Mapping[str, tuple[str, ...]] = SUBSCRIPTIONS,
) -> list[str]:
    """The queues that events of these kinds go to, the log included."""
    takers = [
        service for service, wanted in subscriptions.items() if "#" in wanted or kinds & {*wanted}
    ]
    return [*(queue_of(service, prefix) for service in takers), prefix + LOG]
