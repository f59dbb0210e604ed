"""One moment of several SQLite files: their writers wait while each gets a reader of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from shared.backup.manifest import BackupRefused

BUSY_SECONDS = 30.0


@contextmanager
def one_moment(files: Mapping[str, Path]) -> Iterator[dict[str, sqlite3.Connection]]:
    """Readers of all files that see the same moment, however long they are read.

    Writers are held for the time it takes to open them. Raises ``BackupRefused`` for a file that is
    missing or stays locked.
    """
    with ExitStack() as stack:
        writers = {name: stack.enter_context(_opened(path)) for name, path in files.items()}
        readers = {name: stack.enter_context(_opened(path)) for name, path in files.items()}
        try:
            for writer in writers.values():
                writer.execute("BEGIN IMMEDIATE")
            for reader in readers.values():
                reader.execute("BEGIN")
                # The first read fixes what a reader sees.
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            raise BackupRefused(f"a database stays locked: {error}") from error
        finally:
            for writer in writers.values():
                writer.rollback()
        yield readers


def copy_to(reader: sqlite3.Connection, target: Path) -> None:
    """Copy what a reader sees into one file, on the disk when this returns."""
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        reader.backup(copy)
        # A journal beside it would be a second part of the same thing.
        copy.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.exists():
        raise BackupRefused(f"{path.name} is missing: start the system once")
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as opened:
        yield opened
