"""One service's database: transactions that write under one lock, and sessions that only read.

On SQLite a writer takes the file's lock in this process and begins with BEGIN IMMEDIATE, so that
threads queue up here instead of spinning on SQLITE_BUSY. On PostgreSQL every transaction names
its authority, which row-level security compares with each row (the second wall).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import InvalidatePoolError, OperationalError

from shared.clock import monotonic, now
from shared.db.cursor import ServiceCursor
from shared.db.entering import Entrance, enter
from shared.db.faults import as_outage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

ALIVE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A server that vanished without a word is noticed within half a minute (libpq; seconds, ms)."""

EVERY_AUTHORITY = "*"
"""Relays, inboxes and migrations work for all authorities of a database."""

PING_AFTER_SECONDS = 1.0
"""A connection that lay unused for so long is asked whether it still answers."""


class Database:
    """An engine and the ways to use it; close it when the process ends."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self.engine = _engine(url, pool_size)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._asking = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        )
        self._writer = threading.RLock() if self.is_sqlite else nullcontext()

    @cached_property
    def _sessions(self) -> sessionmaker[Session]:
        # A relay needs no mappings, and need not hold the library of them.
        from sqlalchemy.orm import sessionmaker  # noqa: PLC0415

        return sessionmaker(self.engine, expire_on_commit=False, autoflush=True)

    @contextmanager
    def plumb(self) -> Iterator[tuple[Connection, datetime]]:
        """A transaction over the plumbing of every authority, and the database's time (UTC).

        It is without a session, and committed at the end of the block or rolled back if it raises.
        """
        with self._writer, self.engine.connect() as connection:
            if self.is_sqlite:
                connection.execution_options(arida_writes=True)
            with connection.begin():
                yield connection, self._enter(connection, EVERY_AUTHORITY)

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A connection for single questions that change nothing, in no transaction of their own."""
        with self._asking.connect() as connection:
            yield connection

    @contextmanager
    def write(self, authority: str) -> Iterator[tuple[Session, datetime]]:
        """One transaction and the database's time (UTC), committed at the end of the block."""
        with self._transaction() as session:
            yield session, self._enter(session.connection(), authority)

    @contextmanager
    def act(self, authority: str, *, alone_with: str | None = None) -> Iterator[Entrance]:
        """A transaction as `write` gives it, which begins with its first question.

        No two hold the same ``alone_with``; raises ``NameTaken`` while another one has it.
        """
        with self._transaction() as session:
            yield Entrance(session, authority, alone_with=alone_with)

    @contextmanager
    def read(self, authority: str) -> Iterator[Session]:
        """A session that sees one authority (or all, for plumbing) and changes nothing."""
        with self._sessions(autoflush=False) as session:
            self._enter(session.connection(), authority)
            yield session
            self._end_reading(session.connection())

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """Every session's only commit: at the end of the block, or a rollback if it raises."""
        with self._writer, self._sessions.begin() as session:
            if self.is_sqlite:
                session.connection(execution_options={"arida_writes": True})
            yield session

    def _end_reading(self, connection: Connection) -> None:
        """Commit nothing, before the rollback at which psycopg forgets every prepared statement."""
        if self.is_sqlite:
            return
        try:
            connection.connection.commit()
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise OperationalError("COMMIT", None, error) from error

    def _enter(self, connection: Connection, authority: str) -> datetime:
        if self.is_sqlite:
            # There is one writer at a time, and one process.
            return now()
        return enter(connection, authority)

    def answers(self) -> bool:
        """Whether the database takes a question now."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
                self._end_reading(connection)
        except OperationalError:
            return False
        return True

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _engine(url: str, pool_size: int) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=20,
            hide_parameters=True,
            json_serializer=_as_json,
            json_deserializer=msgspec.json.decode,
        )
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "handle_error", as_outage)
        return engine
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=10,
        # The connection given back last has the most prepared; taken in turn, each would need all.
        pool_use_lifo=True,
        hide_parameters=True,
        json_serializer=_as_json,
        json_deserializer=msgspec.json.decode,
        connect_args={**ALIVE, "cursor_factory": ServiceCursor},
    )
    event.listen(engine, "handle_error", as_outage)
    _ping_after_idling(engine)
    return engine


def _ping_after_idling(engine: Engine) -> None:
    """Have the pool ask a connection whether it still answers, but not between two requests."""

    def note(_connection: Any, record: Any) -> None:
        record.info["idle_since"] = monotonic()

    def ping(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("idle_since", monotonic()) < PING_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            # The server went away: all the others of the pool are as old.
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ping)


def _as_json(value: Any) -> str:
    """JSON that knows dates and ids too (as ISO 8601 and text)."""
    return msgspec.json.encode(value).decode()


def _open_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling is switched off; _begin_sqlite says how to begin.
    connection.isolation_level = None
    # secure_delete: an erased key must leave the file, not only the table.
    pragmas = ("busy_timeout=30000", "secure_delete=ON")
    for pragma in (*pragmas, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("arida_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
