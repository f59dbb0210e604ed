"""The insert statement of the database in use, which knows what to do where a row exists."""

# ruff: noqa: PLC0415 - a process talks to one kind of database and loads one dialect.

from __future__ import annotations

from typing import Any


def insert_of(*, is_sqlite: bool) -> Any:
    """What makes an insert with ``on_conflict_do_...`` for this kind of database."""
    if is_sqlite:
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert
