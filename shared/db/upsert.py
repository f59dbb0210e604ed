"""Rows that may be there already: inserted once, or refused by the database as a second one."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session


def insert_once(session: Session, table: Table, **values: object) -> None:
    """Insert a row; where its key exists already, nothing happens."""
    # The same statement in two dialects.
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    session.execute(make(table).values(**values).on_conflict_do_nothing())


def is_duplicate(error: IntegrityError) -> bool:
    """Whether the database refused a row because another with its key is there."""
    return "unique" in f"{type(error.orig).__name__} {error.orig}".lower()
