"""Insert a row unless it is there: the same statement on PostgreSQL and SQLite."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session


def insert_once(session: Session, table: Table, **values: object) -> None:
    """Insert a row; where its key exists already, nothing happens."""
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    session.execute(make(table).values(**values).on_conflict_do_nothing())
