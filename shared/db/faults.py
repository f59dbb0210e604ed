"""Tells a database that is away from one that cannot take what it is asked to do.

Drivers call both an operational error. The first is over some time, by itself or over another
connection; the second comes again with the same statement for as long as that is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError

OF_SERVER = ("08", "28", "3D", "40", "53", "57", "58", "F0", "25006", "55006", "55P03")
"""SQLSTATE classes and codes (PostgreSQL, appendix A) of what passes: no connection, no access, no
such database, a conflict with another transaction, no room, a shutdown, the disk, the configuration
file, a server that only reads, as a standby does, and a lock that somebody holds."""

ELSEWHERE = ("3D", "25006")
"""What another connection may cure, because it may lead to another server."""

OF_FILE = frozenset({3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 17, 22, 23, 26})
"""SQLite's primary result codes of the same: PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR,
CORRUPT, FULL, CANTOPEN, PROTOCOL, SCHEMA, NOLFS, AUTH, NOTADB (sqlite.org/rescode.html)."""


class Unwritable(Exception):
    """The database is there, and cannot take what is asked of it however often that is tried.

    The message names the code only: what a database says may quote what nobody may read.
    """


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise ``Unwritable`` for an operational error of the statement; one of an outage passes."""
    try:
        yield
    except OperationalError as error:
        if is_outage(error):
            raise
        raise Unwritable(f"the database cannot take it ({_code(error)})") from error


def is_outage(error: DBAPIError) -> bool:
    """Whether time or another connection cures an error."""
    if error.connection_invalidated:
        return True
    state = _state(error)
    if state:
        return state.startswith(OF_SERVER)
    result = _result(error)
    if result:
        return result in OF_FILE
    # A driver's own error has no code: while it connects or commits, of the connection.
    return isinstance(error, OperationalError) and error.statement in {None, "COMMIT"}


def as_outage(context: ExceptionContext) -> OperationalError | None:
    """For engines: what is an outage by its code is an ``OperationalError``, whatever its class."""
    error = context.sqlalchemy_exception
    if not isinstance(error, DBAPIError) or isinstance(error, OperationalError):
        return None
    if not is_outage(error):
        return None
    if (_state(error) or "").startswith(ELSEWHERE):
        context.is_disconnect = True
    return OperationalError(
        error.statement,
        None,
        context.original_exception,
        hide_parameters=True,
        connection_invalidated=context.is_disconnect,
    )


def _state(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state


def _result(error: DBAPIError) -> int:
    # The lowest byte is the primary code; the others say more of it.
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF


def _code(error: DBAPIError) -> str:
    state = _state(error)
    if state:
        return f"SQLSTATE {state}"
    return str(getattr(error.orig, "sqlite_errorname", type(error.orig).__name__))
