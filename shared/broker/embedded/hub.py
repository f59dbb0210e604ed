"""What one process's connections to one bus file share: the write lock, wake-ups, and life signs.

The keeper thread does what a server would: it renews the leases of this process, ends those of dead
ones, moves messages whose delay is over, and notices what other processes wrote.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import structlog

from shared import clock
from shared.broker.embedded import leases, messages
from shared.broker.embedded.declarations import Routes
from shared.broker.embedded.store import Store

LEASE_SECONDS = 15.0
TICK_SECONDS = 0.2  # How late another process's message or a delay's end may be noticed.
LOOK_SECONDS = 1.0  # How late the end of another process may be noticed.

_hubs: dict[tuple[int, Path], Hub] = {}
_hubs_lock = threading.Lock()

log = structlog.get_logger(__name__)


def hub_of(path: Path, lease_seconds: float = LEASE_SECONDS) -> Hub:
    """Return this process's hub for a bus file, making the file and its tables when missing."""
    # A forked child must not use its parent's threads and locks, hence the process number.
    key = (os.getpid(), path.resolve())
    with _hubs_lock:
        # A file that was deleted since is made anew, by a hub that knows nothing of the old one.
        if key not in _hubs or not key[1].exists():
            _hubs[key] = Hub(key[1], lease_seconds)
        return _hubs[key]


class Hub:
    """One bus file as seen by one process."""

    def __init__(self, path: Path, lease_seconds: float) -> None:
        self.path = path
        self.lease_seconds = lease_seconds
        self.write_lock = threading.RLock()
        self._lock = threading.Lock()
        self._leases: set[int] = set()
        self._waiting: dict[str, set[threading.Event]] = defaultdict(set)
        self._keeper: threading.Thread | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        store = self.open()
        store.create()
        store.close()

    def open(self) -> Store:
        """Open the file for one channel."""
        return Store(self.path, self.write_lock)

    def watch(self, queue: str, wake: threading.Event) -> None:
        """Set ``wake`` whenever the queue may have something new."""
        with self._lock:
            self._waiting[queue].add(wake)

    def unwatch(self, queue: str, wake: threading.Event) -> None:
        """Stop setting ``wake`` for the queue."""
        with self._lock:
            self._waiting[queue].discard(wake)

    def wake(self, queues: Iterable[str]) -> None:
        """Wake who waits for these queues; called after the commit that filled them."""
        with self._lock:
            for queue in queues:
                for event in self._waiting.get(queue, ()):
                    event.set()

    def keep(self, lease: int) -> None:
        """Renew a lease from now on until it is let go."""
        with self._lock:
            self._leases.add(lease)
            if self._keeper is None:
                self._keeper = threading.Thread(
                    target=self._keep_all, name=f"bus-keeper-{self.path.name}", daemon=True
                )
                self._keeper.start()

    def let_go(self, lease: int) -> None:
        """Stop renewing a lease."""
        with self._lock:
            self._leases.discard(lease)

    def _keep_all(self) -> None:
        store, routes = self.open(), Routes()
        seen, renewed = store.data_version(), clock.monotonic()
        looked = renewed - LOOK_SECONDS
        while self._goes_on():
            clock.sleep(TICK_SECONDS)
            try:
                seen = self._notice(store, seen)
                self._tidy(store, routes)
                if clock.monotonic() - looked > LOOK_SECONDS:
                    looked = clock.monotonic()
                    self._inherit(store)
                if clock.monotonic() - renewed > self.lease_seconds / 3:
                    renewed = clock.monotonic()
                    self._renew(store)
            except sqlite3.Error as error:
                # A full disk or a locked file passes; the leases then run out as they should.
                log.warning("bus_keeper_failed", error=str(error))
        store.close()

    def _goes_on(self) -> bool:
        with self._lock:
            if not self._leases:
                self._keeper = None
            return bool(self._leases)

    def _notice(self, store: Store, seen: int) -> int:
        version = store.data_version()
        if version != seen:
            with self._lock:
                queues = list(self._waiting)
            self.wake(queues)
        return version

    def _tidy(self, store: Store, routes: Routes) -> None:
        late = leases.overdue(store.reading)
        if not late and not messages.has_expired(store.reading):
            return
        with store.writing() as db:
            changed = [leases.end(db, lease) for lease in leases.overdue(db)]
            changed += messages.expire(db, routes)
        self.wake(queue for queue in changed if queue)

    def _inherit(self, store: Store) -> None:
        """End the leases of processes that ended without a word."""
        if leases.bereft(store.reading):
            with store.writing() as db:
                changed = [leases.end(db, lease) for lease in leases.bereft(db)]
            self.wake(queue for queue in changed if queue)

    def _renew(self, store: Store) -> None:
        with self._lock:
            mine = set(self._leases)
        with store.writing() as db:
            leases.renew(db, mine, self.lease_seconds)
