"""The embedded bus's file: its tables, and transactions that are on the disk once they return."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared import clock

BUSY_SECONDS = 30.0

# A message is one queue's copy. It is ready while no lease holds it; a lease is one consumer's life
# sign. Due times and leases are on the machine's monotonic clock, which no clock setting moves.
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (
    boot TEXT NOT NULL,
    topology_version INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS exchange (
    name TEXT PRIMARY KEY,
    type TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS queue (
    name TEXT PRIMARY KEY,
    arguments TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS binding (
    exchange TEXT NOT NULL,
    routing_key TEXT NOT NULL,
    queue TEXT NOT NULL,
    PRIMARY KEY (exchange, routing_key, queue)
);
CREATE TABLE IF NOT EXISTS lease (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    consumes INTEGER NOT NULL,
    active INTEGER NOT NULL,
    until REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS holder (
    lease INTEGER PRIMARY KEY,
    process TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    lease INTEGER,
    deliveries INTEGER NOT NULL,
    due REAL,
    exchange TEXT NOT NULL,
    routing_key TEXT NOT NULL,
    properties TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS message_ready ON message (queue, id) WHERE lease IS NULL;
CREATE INDEX IF NOT EXISTS message_held ON message (lease) WHERE lease IS NOT NULL;
CREATE INDEX IF NOT EXISTS message_due ON message (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    position INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    routing_key TEXT NOT NULL,
    properties TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (queue, position)
);
"""


class Store:
    """One SQLite connection to the bus's file; ``write_lock`` is shared by the whole process.

    Not for two threads at once, but any thread may close it. Raises sqlite3.DatabaseError for a
    file that is no database.
    """

    def __init__(self, path: Path, write_lock: threading.RLock) -> None:
        self._write_lock = write_lock
        self._db = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            # FULL: a confirmed message is on the disk, also after a power cut.
            self._db.execute("PRAGMA synchronous=FULL")
        except sqlite3.Error:
            # The first word with a file that is none of SQLite's, or broken.
            self._db.close()
            raise

    def create(self) -> None:
        """Make the tables unless they are there, and forget the leases of before a reboot."""
        with self._write_lock:
            self._db.execute("PRAGMA journal_mode=WAL")
        with self.writing() as db:
            for statement in SCHEMA.split(";"):
                db.execute(statement)
            self._forget_an_earlier_boot(db)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a write transaction; leaving it means that all of it is on the disk, or none.

        Raises sqlite3.OperationalError when the file stays locked or the disk is full.
        """
        with self._write_lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    @property
    def reading(self) -> sqlite3.Connection:
        """The connection, for single reads outside a transaction."""
        return self._db

    def data_version(self) -> int:
        """Return a number that changes when another connection has committed."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _forget_an_earlier_boot(self, db: sqlite3.Connection) -> None:
        # The monotonic clock begins anew with the machine: times of an earlier boot mean nothing.
        boot = _boot_id()
        row = db.execute("SELECT boot FROM meta").fetchone()
        if row is None:
            db.execute("INSERT INTO meta VALUES (?, 0)", (boot,))
        elif row[0] != boot:
            db.execute("UPDATE meta SET boot = ?", (boot,))
            db.execute("DELETE FROM lease")
            db.execute("DELETE FROM holder")
            db.execute("UPDATE message SET lease = NULL WHERE lease IS NOT NULL")
            db.execute("UPDATE message SET due = ? WHERE due IS NOT NULL", (clock.monotonic(),))


def _boot_id() -> str:
    # Where the system tells no boot, leases simply run out by their own time.
    source = Path("/proc/sys/kernel/random/boot_id")
    return source.read_text().strip() if source.exists() else "unknown"
