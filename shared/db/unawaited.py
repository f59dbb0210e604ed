"""Commands to PostgreSQL whose answers nobody waits for, until the next one is to be sent.

libpq takes no further command over a connection before the last one's answer was read.
"""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn

LOOK_SECONDS = 1.0
"""A connection is looked at so often while its answer is late; libpq says when it is lost."""


def send(line: PGconn, command: bytes) -> None:
    """Send a command whose answer nobody needs; raises ``psycopg.Error`` where that fails."""
    line.send_query(command)
    line.flush()


def has_answered(line: PGconn) -> bool:
    """Whether the answer to the last command lies here; raises ``psycopg.Error`` if it is cut."""
    line.consume_input()
    return not line.is_busy()


def hear_out(line: PGconn) -> None:
    """Wait for what is still to come of the last answer, and drop it.

    Other threads go on meanwhile, which they could not while libpq waits by itself.
    """
    while True:
        while not has_answered(line):
            select.select([line.socket], [], [], LOOK_SECONDS)
        if line.get_result() is None:
            return
