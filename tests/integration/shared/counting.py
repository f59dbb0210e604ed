"""Counts what a piece of work asks of PostgreSQL: one word and one table a statement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from shared.testing.harness import Harness

TABLE = re.compile(r'(?:FROM|INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
FIRST = re.compile(r'(?:LATERAL \(SELECT .*?|INSERT )(?:FROM|INTO)\s+"?(\w+)"?', re.DOTALL)
"""What a statement asks for that names the authority too."""

FUNCTION = re.compile(r"SELECT\s+(\w+)\(", re.IGNORECASE)


@contextmanager
def statements(harness: Harness) -> Iterator[Counter[str]]:
    """Yield a count that grows inside the block: ``SELECT petition``, ``INSERT outbox``...

    ``BEGIN petition`` is the first statement of a transaction that asks for a petition.
    """
    seen: Counter[str] = Counter()
    engine = harness.context.database.engine

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen[_shape(statement)] += 1

    def count_commit(_connection: Any) -> None:
        seen["COMMIT"] += 1

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count_commit)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", count)
        event.remove(engine, "commit", count_commit)


def _shape(statement: str) -> str:
    if "set_config" in statement and (first := FIRST.search(statement)):
        return f"BEGIN {first[1]}"
    verb = statement.split(None, 1)[0].upper()
    named = FUNCTION.match(statement) or TABLE.search(statement)
    return f"{verb} {named[1] if named else '?'}"
