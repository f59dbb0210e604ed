"""Row-level security on PostgreSQL: the second wall between authorities, behind the queries.

Each transaction names its authority (shared/db/engine.py); ``*`` is for relays, inboxes and
migrations. The owner of the tables is held to it too (FORCE). SQLite has no such wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

POLICY = "arida_authority"
RULE = (
    "authority = current_setting('arida.authority', true)"
    " OR current_setting('arida.authority', true) = '*'"
)


def raise_walls(connection: Connection) -> None:
    """Put the policy on every table with an ``authority`` column that has none yet."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables_without_wall(connection):
        connection.execute(text(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'))
        connection.execute(text(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'))
        connection.execute(
            text(f'CREATE POLICY {POLICY} ON "{table}" USING ({RULE}) WITH CHECK ({RULE})')
        )


@contextmanager
def beyond_wall(session: Session, *, back_to: str) -> Iterator[None]:
    """Let a part of a transaction reach the rows of every authority, then ``back_to``'s alone.

    For rows of the installation that an act of one authority concerns, such as an account. Where
    the part fails, the transaction is not to be gone on with.
    """
    _stand_in(session, "*")
    yield
    session.flush()
    _stand_in(session, back_to)


def _stand_in(session: Session, authority: str) -> None:
    if session.get_bind().dialect.name == "postgresql":
        entered = text("SELECT set_config('arida.authority', :authority, true)")
        session.execute(entered, {"authority": authority})


def tables_without_wall(connection: Connection) -> list[str]:
    """Tables that hold rows of authorities and have no policy."""
    walled = set(
        connection.execute(
            text("SELECT tablename FROM pg_policies WHERE policyname = :policy"),
            {"policy": POLICY},
        ).scalars()
    )
    inspector = inspect(connection)
    return [
        table
        for table in inspector.get_table_names()
        if table not in walled
        and any(column["name"] == "authority" for column in inspector.get_columns(table))
    ]
