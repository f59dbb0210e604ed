"""The connection that a relay keeps: each statement over it is a transaction by itself.

Nothing of what a relay asks or tells needs another statement with it, so that on PostgreSQL each
is one round trip. It sees the plumbing of every authority, and no pool gets it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, func, select

from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY, Database


class Line:
    """One relay's way to its database; opened when it is first used, and again after a fault."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: Connection | None = None

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for statements that change nothing."""
        with self._database.look() if self._database.is_sqlite else self._keeping() as connection:
            yield connection

    @contextmanager
    def telling(self) -> Iterator[Connection]:
        """A connection for statements that change something."""
        if self._database.is_sqlite:
            with self._database.plumb() as (connection, _):
                yield connection
            return
        with self._keeping() as connection:
            yield connection

    def moment(self, connection: Connection) -> datetime:
        """The database's time (UTC); there is one process on SQLite, whose time it is."""
        if self._database.is_sqlite:
            return now()
        return connection.execute(select(func.now())).scalar_one()

    def close(self) -> None:
        """Give the connection up; it is opened anew when it is used again."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    @contextmanager
    def _keeping(self) -> Iterator[Connection]:
        try:
            if self._kept is None:
                self._kept = self._opened()
            yield self._kept
        except BaseException:
            self.close()
            raise

    def _opened(self) -> Connection:
        connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        # It names every authority for as long as it lives, so nobody else may get it.
        connection.detach()
        connection.execute(select(func.set_config("arida.authority", EVERY_AUTHORITY, False)))
        return connection
