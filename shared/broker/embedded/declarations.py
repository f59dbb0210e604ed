"""Exchanges, queues and bindings of the embedded bus: declared, compared, deleted, looked up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from amqp.exceptions import NotFound, PreconditionFailed

from shared.broker.embedded.routing import binding_matches

Arguments = Mapping[str, Any]


class Routes:
    """Which queues a publish reaches, remembered until somebody changes a declaration."""

    def __init__(self) -> None:
        self._version = -1
        self._found: dict[tuple[str, str], list[tuple[str, Arguments]]] = {}

    def of(
        self, db: sqlite3.Connection, exchange: str, routing_key: str
    ) -> list[tuple[str, Arguments]]:
        """Return name and arguments of each queue; raises NotFound for an unknown exchange."""
        version = db.execute("SELECT topology_version FROM meta").fetchone()[0]
        if version != self._version:
            self._version = version
            self._found.clear()
        route = (exchange, routing_key)
        if route not in self._found:
            self._found[route] = _find(db, exchange, routing_key)
        return self._found[route]


def declare_exchange(db: sqlite3.Connection, name: str, type_: str) -> None:
    """Make an exchange; raises PreconditionFailed when it exists with another type."""
    binding_matches(type_, "", "")
    row = db.execute("SELECT type FROM exchange WHERE name = ?", (name,)).fetchone()
    if row is None:
        db.execute("INSERT INTO exchange VALUES (?, ?)", (name, type_))
        _changed(db)
    elif row[0] != type_:
        raise PreconditionFailed(f"exchange {name} is of type {row[0]}, not {type_}")


def delete_exchange(db: sqlite3.Connection, name: str) -> None:
    """Delete an exchange and its bindings."""
    db.execute("DELETE FROM binding WHERE exchange = ?", (name,))
    db.execute("DELETE FROM exchange WHERE name = ?", (name,))
    _changed(db)


def declare_queue(db: sqlite3.Connection, name: str, arguments: Arguments) -> None:
    """Make a queue; raises PreconditionFailed when it exists with other arguments."""
    known = _arguments(db, name)
    if known is None:
        db.execute("INSERT INTO queue VALUES (?, ?)", (name, json.dumps(dict(arguments))))
        _changed(db)
    elif known != arguments:
        different = sorted(
            key for key in {*known, *arguments} if known.get(key) != arguments.get(key)
        )
        raise PreconditionFailed(f"queue {name} has another {', '.join(different)}")


def delete_queue(db: sqlite3.Connection, name: str) -> None:
    """Delete a queue, its bindings, what is in it and who consumes it."""
    for statement in (
        "DELETE FROM message WHERE queue = ?",
        "DELETE FROM log WHERE queue = ?",
        "DELETE FROM holder WHERE lease IN (SELECT id FROM lease WHERE queue = ?)",
        "DELETE FROM lease WHERE queue = ?",
        "DELETE FROM binding WHERE queue = ?",
        "DELETE FROM queue WHERE name = ?",
    ):
        db.execute(statement, (name,))
    _changed(db)


def bind(db: sqlite3.Connection, queue: str, exchange: str, routing_key: str) -> None:
    """Bind a queue; raises NotFound when the queue or the exchange is missing."""
    arguments_of(db, queue)
    _exchange_type(db, exchange)
    before = db.total_changes
    db.execute("INSERT OR IGNORE INTO binding VALUES (?, ?, ?)", (exchange, routing_key, queue))
    if db.total_changes != before:
        _changed(db)


def unbind(db: sqlite3.Connection, queue: str, exchange: str, routing_key: str) -> None:
    """Take a binding away."""
    db.execute(
        "DELETE FROM binding WHERE queue = ? AND exchange = ? AND routing_key = ?",
        (queue, exchange, routing_key),
    )
    _changed(db)


def arguments_of(db: sqlite3.Connection, queue: str) -> Arguments:
    """Return a queue's arguments; raises NotFound when it does not exist."""
    found = _arguments(db, queue)
    if found is None:
        raise NotFound(f"no queue {queue}")
    return found


def is_log(arguments: Arguments) -> bool:
    """Tell whether a queue with these arguments keeps everything, as RabbitMQ's streams do."""
    return arguments.get("x-queue-type") == "stream"


def _find(db: sqlite3.Connection, exchange: str, routing_key: str) -> list[tuple[str, Arguments]]:
    if not exchange:  # AMQP's default exchange: every queue is bound to it by its own name.
        own = _arguments(db, routing_key)
        return [] if own is None else [(routing_key, own)]
    type_ = _exchange_type(db, exchange)
    rows = db.execute("SELECT routing_key, queue FROM binding WHERE exchange = ?", (exchange,))
    names = {queue for pattern, queue in rows if binding_matches(type_, pattern, routing_key)}
    return [(name, arguments_of(db, name)) for name in sorted(names)]


def _exchange_type(db: sqlite3.Connection, name: str) -> str:
    row = db.execute("SELECT type FROM exchange WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise NotFound(f"no exchange {name}")
    return str(row[0])


def _arguments(db: sqlite3.Connection, queue: str) -> Arguments | None:
    row = db.execute("SELECT arguments FROM queue WHERE name = ?", (queue,)).fetchone()
    if row is None:
        return None
    found: dict[str, Any] = json.loads(row[0])
    return found


def _changed(db: sqlite3.Connection) -> None:
    db.execute("UPDATE meta SET topology_version = topology_version + 1")
