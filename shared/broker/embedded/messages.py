"""What happens to messages of the embedded bus: put, taken, given back, expired, dead-lettered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shared import clock
from shared.broker.embedded.declarations import Arguments, Routes, arguments_of, is_log

COLUMNS = "id, queue, deliveries, exchange, routing_key, properties, body"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message on its way in: where it was sent to, its AMQP properties, its bytes."""

    exchange: str
    routing_key: str
    properties: Mapping[str, Any]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A message handed to a consumer; ``deliveries`` counts this one too."""

    id: int
    queue: str
    deliveries: int
    letter: Letter


def put(db: sqlite3.Connection, routes: Routes, letter: Letter) -> list[str]:
    """Write one copy for every queue the letter reaches; return those queues' names."""
    targets = routes.of(db, letter.exchange, letter.routing_key)
    for queue, arguments in targets:
        if is_log(arguments):
            _append(db, queue, letter)
        else:
            _insert(db, queue, arguments, letter)
    return [queue for queue, _ in targets]


def take(
    db: sqlite3.Connection, routes: Routes, *, queue: str, lease: int, most: int
) -> list[Taken]:
    """Hand the queue's oldest ready messages to a lease; those tried too often are dead letters."""
    limit = _arguments(db, routes, queue).get("x-delivery-limit")
    rows = db.execute(
        f"SELECT {COLUMNS} FROM message WHERE queue = ? AND lease IS NULL ORDER BY id LIMIT ?",  # noqa: S608
        (queue, most),
    ).fetchall()
    found = [_taken(row, this_one=1) for row in rows]
    tried = [taken for taken in found if limit is not None and taken.deliveries > limit + 1]
    for taken in tried:
        _dead_letter(db, routes, taken, "delivery_limit")
    handed = [taken for taken in found if taken not in tried]
    db.executemany(
        "UPDATE message SET lease = ?, deliveries = deliveries + 1 WHERE id = ?",
        [(lease, taken.id) for taken in handed],
    )
    return handed


def is_ready(db: sqlite3.Connection, queue: str) -> bool:
    """Tell whether a queue has a message nobody holds; a read that costs no transaction."""
    found = db.execute("SELECT 1 FROM message WHERE queue = ? AND lease IS NULL", (queue,))
    return found.fetchone() is not None


def count_ready(db: sqlite3.Connection, queue: str) -> int:
    """Return how many messages of a queue nobody holds; of the log, how many it keeps."""
    if is_log(arguments_of(db, queue)):
        # Positions have no gaps, so the last one tells without counting a long log.
        last = db.execute("SELECT max(position) FROM log WHERE queue = ?", (queue,)).fetchone()[0]
        return 0 if last is None else int(last) + 1
    found = db.execute("SELECT count(*) FROM message WHERE queue = ? AND lease IS NULL", (queue,))
    return int(found.fetchone()[0])


def count_held(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many messages of each queue somebody holds."""
    found = db.execute(
        "SELECT queue.name, count(message.id) FROM queue LEFT JOIN message"
        " ON message.queue = queue.name AND message.lease IS NOT NULL GROUP BY queue.name"
    )
    return {str(queue): int(count) for queue, count in found}


def purge(db: sqlite3.Connection, queue: str) -> int:
    """Remove the ready messages of a queue and return how many there were."""
    return db.execute("DELETE FROM message WHERE queue = ? AND lease IS NULL", (queue,)).rowcount


def finish(db: sqlite3.Connection, lease: int, ids: Iterable[int]) -> int:
    """Remove acknowledged messages and return how many of them the lease still held."""
    held = [(id_, lease) for id_ in ids]
    return db.executemany("DELETE FROM message WHERE id = ? AND lease = ?", held).rowcount


def give_back(db: sqlite3.Connection, lease: int, id_: int) -> None:
    """Make one message ready again, at its old place in its own queue only."""
    db.execute("UPDATE message SET lease = NULL WHERE id = ? AND lease = ?", (id_, lease))


def drop(db: sqlite3.Connection, routes: Routes, *, lease: int, id_: int) -> list[str]:
    """Dead-letter a rejected message; return the queues it reached."""
    row = db.execute(
        f"SELECT {COLUMNS} FROM message WHERE id = ? AND lease = ?",  # noqa: S608
        (id_, lease),
    ).fetchone()
    return [] if row is None else _dead_letter(db, routes, _taken(row), "rejected")


def has_expired(db: sqlite3.Connection) -> bool:
    """Tell whether a message's waiting time is over; a read that costs no transaction."""
    found = db.execute(
        "SELECT 1 FROM message WHERE due <= ? AND lease IS NULL LIMIT 1", (clock.monotonic(),)
    )
    return found.fetchone() is not None


def expire(db: sqlite3.Connection, routes: Routes) -> list[str]:
    """Move every message whose waiting time is over to where its queue dead-letters to."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM message WHERE due <= ? AND lease IS NULL ORDER BY due, id",  # noqa: S608
        (clock.monotonic(),),
    ).fetchall()
    reached: list[str] = []
    for row in rows:
        reached += _dead_letter(db, routes, _taken(row), "expired")
    return reached


def _insert(db: sqlite3.Connection, queue: str, arguments: Arguments, letter: Letter) -> None:
    ttl = arguments.get("x-message-ttl")
    due = None if ttl is None else clock.monotonic() + ttl / 1000
    db.execute(
        "INSERT INTO message (queue, deliveries, due, exchange, routing_key, properties, body)"
        " VALUES (?, 0, ?, ?, ?, ?, ?)",
        (
            queue,
            due,
            letter.exchange,
            letter.routing_key,
            json.dumps(letter.properties),
            letter.body,
        ),
    )


def _append(db: sqlite3.Connection, queue: str, letter: Letter) -> None:
    last = db.execute("SELECT max(position) FROM log WHERE queue = ?", (queue,)).fetchone()[0]
    db.execute(
        "INSERT INTO log (queue, position, recorded_at, routing_key, properties, body)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            queue,
            0 if last is None else last + 1,
            clock.now().isoformat(),
            letter.routing_key,
            json.dumps(letter.properties),
            letter.body,
        ),
    )


def _dead_letter(db: sqlite3.Connection, routes: Routes, dead: Taken, reason: str) -> list[str]:
    db.execute("DELETE FROM message WHERE id = ?", (dead.id,))
    arguments = _arguments(db, routes, dead.queue)
    exchange = arguments.get("x-dead-letter-exchange")
    if exchange is None:
        return []
    headers = {
        "x-first-death-queue": dead.queue,
        "x-first-death-reason": reason,
        **dead.letter.properties.get("application_headers", {}),
    }
    letter = Letter(
        exchange=exchange,
        routing_key=arguments.get("x-dead-letter-routing-key", dead.letter.routing_key),
        properties={**dead.letter.properties, "application_headers": headers},
        body=dead.letter.body,
    )
    return put(db, routes, letter)


def _taken(row: tuple[Any, ...], this_one: int = 0) -> Taken:
    id_, queue, deliveries, exchange, routing_key, properties, body = row
    letter = Letter(
        exchange=exchange,
        routing_key=routing_key,
        properties=json.loads(properties),
        body=bytes(body),
    )
    return Taken(id=id_, queue=queue, deliveries=deliveries + this_one, letter=letter)


def _arguments(db: sqlite3.Connection, routes: Routes, queue: str) -> Arguments:
    # The default exchange leads to a queue by its name, so the remembered routes hold it as well.
    found = routes.of(db, "", queue)
    return found[0][1] if found else {}
