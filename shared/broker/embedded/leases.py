"""Who consumes what on the embedded bus: life signs that run out, one active consumer a queue."""

from __future__ import annotations

import sqlite3

from shared import clock
from shared.broker.embedded.declarations import arguments_of
from shared.life_sign import has_ended, life_sign


def register(db: sqlite3.Connection, queue: str, *, consumes: bool, seconds: float) -> int:
    """Enter a consumer (or a single reader) of a queue and return its lease's number.

    Raises NotFound when the queue does not exist.
    """
    single = consumes and bool(arguments_of(db, queue).get("x-single-active-consumer"))
    active = not (single and _has_active(db, queue))
    cursor = db.execute(
        "INSERT INTO lease (queue, consumes, active, until) VALUES (?, ?, ?, ?)",
        (queue, consumes, active, clock.monotonic() + seconds),
    )
    lease = int(cursor.lastrowid or 0)
    db.execute("INSERT INTO holder (lease, process) VALUES (?, ?)", (lease, life_sign()))
    return lease


def renew(db: sqlite3.Connection, leases: set[int], seconds: float) -> None:
    """Move the end of these leases to ``seconds`` from now; one that ran out stays gone."""
    until = clock.monotonic() + seconds
    db.executemany("UPDATE lease SET until = ? WHERE id = ?", [(until, id_) for id_ in leases])


def state(db: sqlite3.Connection, lease: int) -> bool | None:
    """Tell whether a lease is the active one of its queue; None when it ran out."""
    row = db.execute("SELECT active FROM lease WHERE id = ?", (lease,)).fetchone()
    return None if row is None else bool(row[0])


def count_consumers(db: sqlite3.Connection, queue: str) -> int:
    """Return how many living consumers are served by a queue; as on RabbitMQ, none that waits."""
    row = db.execute(
        "SELECT count(*) FROM lease WHERE queue = ? AND consumes AND active AND until >= ?",
        (queue, clock.monotonic()),
    ).fetchone()
    return int(row[0])


def overdue(db: sqlite3.Connection) -> list[int]:
    """Return the leases nobody renewed in time."""
    rows = db.execute("SELECT id FROM lease WHERE until < ?", (clock.monotonic(),))
    return [row[0] for row in rows]


def bereft(db: sqlite3.Connection) -> list[int]:
    """Return the leases of processes that have surely ended, whose time may not be over yet."""
    rows = db.execute("SELECT process, lease FROM holder WHERE process != ?", (life_sign(),))
    return [lease for process, lease in rows.fetchall() if has_ended(process)]


def end(db: sqlite3.Connection, lease: int) -> str | None:
    """End a lease: its messages are ready again and the queue's oldest consumer takes over.

    Returns the queue, or None when the lease was gone already.
    """
    row = db.execute("SELECT queue FROM lease WHERE id = ?", (lease,)).fetchone()
    db.execute("DELETE FROM holder WHERE lease = ?", (lease,))
    if row is None:
        return None
    queue = str(row[0])
    db.execute("UPDATE message SET lease = NULL WHERE lease = ?", (lease,))
    db.execute("DELETE FROM lease WHERE id = ?", (lease,))
    if not _has_active(db, queue):
        db.execute(
            "UPDATE lease SET active = 1 WHERE id ="
            " (SELECT min(id) FROM lease WHERE queue = ? AND consumes)",
            (queue,),
        )
    return queue


def _has_active(db: sqlite3.Connection, queue: str) -> bool:
    found = db.execute("SELECT 1 FROM lease WHERE queue = ? AND consumes AND active", (queue,))
    return found.fetchone() is not None
