"""Wakes relays in other processes on PostgreSQL: NOTIFY at most every 50 ms, after the commit.

Never inside a business transaction: a NOTIFY takes a lock of the whole database when it commits,
and cost more than half of all commits when each had its own. Polling stays the net below this.
"""

from __future__ import annotations

import select
import threading
from typing import Any

import psycopg
import structlog
from psycopg.pq.abc import PGconn

from shared.clock import monotonic
from shared.db.engine import ALIVE, EVERY_AUTHORITY, Database
from shared.db.unawaited import has_answered, hear_out, send

log = structlog.get_logger()

NOTIFY_EVERY_SECONDS = 0.05
IDLE_SECONDS = 30.0
LISTEN_SECONDS = 1.0
LISTEN_AGAIN_SECONDS = 5.0


class Notifier:
    """Tells the relays of one service that there is something; does nothing on SQLite.

    Who pokes tells it at once, without waiting for an answer. A thread of its own, started with
    the first poke, connects for that, and tells later what comes too soon after the last time.
    """

    def __init__(self, database: Database, service: str) -> None:
        self._database = database
        self._notify = f"NOTIFY {channel_of(service)}".encode()
        self._due, self._closed = threading.Event(), threading.Event()
        self._lock, self._starting = threading.Lock(), threading.Lock()
        self._line: PGconn | None = None
        self._told_at = 0.0
        self._thread: threading.Thread | None = None

    def poke(self) -> None:
        """Tell the relays now or soon."""
        if self._database.is_sqlite or self._tells_at_once():
            return
        self._due.set()
        if self._thread is None:
            self._start()

    def close(self) -> None:
        """Stop telling; a poke of the last moment may be lost, and polling finds it."""
        self._closed.set()
        self._due.set()
        if self._thread is not None:
            self._thread.join(LISTEN_AGAIN_SECONDS)

    def _tells_at_once(self) -> bool:
        """Whether it is told; not while the thread is about to, nor too soon after the last."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            is_time = monotonic() >= self._told_at + NOTIFY_EVERY_SECONDS
            if self._line is None or not is_time or not has_answered(self._line):
                return False
            self._send(self._line)
        except psycopg.Error:
            # The thread comes to the same end, says so, and connects anew.
            return False
        else:
            return True
        finally:
            self._lock.release()

    def _send(self, line: PGconn) -> None:
        hear_out(line)
        send(line, self._notify)
        self._told_at = monotonic()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name="notify-relays", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._closed.is_set():
            self._due.wait()
            try:
                with _connect(self._database) as connection:
                    self._tell_while_busy(connection.pgconn)
            except psycopg.Error as error:
                # The relays poll all the same.
                log.warning("wakeups_lost", reason=type(error).__name__)
                self._closed.wait(LISTEN_AGAIN_SECONDS)

    def _tell_while_busy(self, line: PGconn) -> None:
        try:
            while not self._closed.is_set():
                if self._due.wait(IDLE_SECONDS):
                    self._closed.wait(self._told_at + NOTIFY_EVERY_SECONDS - monotonic())
                    self._due.clear()
                    with self._lock:
                        self._send(line)
                        self._line = line
                elif monotonic() >= self._told_at + IDLE_SECONDS:
                    return
        finally:
            with self._lock:
                self._line = None
                hear_out(line)


class Listener:
    """Sets an event whenever a relay of this service is told, until it is closed.

    Once a second it looks by itself too, for a tenth of what a look costs the relay, which need
    not poll while ``is_listening``.
    """

    def __init__(self, database: Database, service: str, wake: threading.Event) -> None:
        self._database = database
        self._channel = channel_of(service)
        self._wake = wake
        self.is_listening = False
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen, over one connection of its own; there is nothing to hear on SQLite."""
        if not self._database.is_sqlite:
            self._thread = threading.Thread(
                target=self._run, name=f"listen-{self._channel}", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(LISTEN_AGAIN_SECONDS)

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                self.is_listening = False
                # The relay, which waits long while somebody listens, has to poll from now on.
                self._wake.set()
                log.warning("wakeups_lost", reason=type(error).__name__)
                self._closed.wait(LISTEN_AGAIN_SECONDS)

    def _listen(self) -> None:
        with _connect(self._database) as connection:
            connection.execute("SELECT set_config('arida.authority', %s, false)", [EVERY_AUTHORITY])
            # What is told while something is asked comes with the answer, and here.
            connection.add_notify_handler(lambda _told: self._wake.set())
            self._finds(connection)
            self.is_listening = True
            # What was committed before this connection listened has nobody else to tell of it.
            self._wake.set()
            while not self._closed.is_set():
                # A process may have died between its commit and its NOTIFY.
                if _hears(connection) or self._finds(connection):
                    self._wake.set()

    def _finds(self, connection: psycopg.Connection[tuple[object, ...]]) -> bool:
        """Whether anything waits; LISTEN is said anew with it, should a pooler have lost it."""
        look = f"LISTEN {self._channel}; SELECT 1 FROM outbox LIMIT 1"  # noqa: S608 - a service's name.
        answers = connection.execute(look)
        answers.nextset()
        return answers.fetchone() is not None


def _hears(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether something is told within a second; raises ``psycopg.Error`` when it is cut."""
    # Waiting in psycopg's own way takes thirty times the processor time, second after second.
    readable, _, _ = select.select([connection], [], [], LISTEN_SECONDS)
    if not readable:
        return False
    connection.pgconn.consume_input()
    return connection.pgconn.notifies() is not None


def channel_of(service: str) -> str:
    """The channel of one service; services may share a database in schemas of their own."""
    return f"arida_outbox_{service}"


def _connect(database: Database) -> psycopg.Connection[tuple[object, ...]]:
    # By the dialect, because libpq does not read several hosts in SQLAlchemy's way of writing them.
    engine = database.engine
    _, where = engine.dialect.create_connect_args(engine.url)
    options: dict[str, Any] = {**where, **ALIVE}
    return psycopg.connect(**options, autocommit=True)
