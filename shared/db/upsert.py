"""Rows that may be there already: inserted once, counted up, or refused as a second one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Row, Table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.db import prepared


def insert_once(session: Session, table: Table, **values: object) -> None:
    """Insert a row; where its key exists already, nothing happens."""
    session.execute(prepared.insert_new(table, is_sqlite=is_sqlite(session)), values)


def insert_if_new(session: Session, table: Table, **values: object) -> bool:
    """Insert a row as `insert_once` does; returns whether it was not there before."""
    statement = prepared.insert_new(table, is_sqlite=is_sqlite(session))
    made = session.execute(statement.returning(*table.primary_key), values)
    return made.first() is not None


def insert_each_once(session: Session, table: Table, rows: Sequence[Mapping[str, object]]) -> int:
    """Insert many rows as `insert_once` does one, in one statement; returns how many were new."""
    if not rows:
        return 0
    statement = prepared.insert_all_new(table, is_sqlite=is_sqlite(session))
    return len(session.execute(statement, rows).all())


def insert_or_replace(session: Session, table: Table, **values: object) -> None:
    """Insert a whole row; where its key exists already, it takes these values instead."""
    session.execute(prepared.insert_or_replace(table, is_sqlite=is_sqlite(session)), values)


def locked_or_new(session: Session, table: Table, **values: object) -> Row[Any]:
    """The row of a key under its lock until the transaction ends; made of ``values`` if new."""
    statement = prepared.locked_or_new(table, is_sqlite=is_sqlite(session))
    return session.execute(statement, values).one()


def count_up(session: Session, counter: InstrumentedAttribute[int], **key: object) -> int:
    """Raise a counter by one, beginning at 1, and return it.

    Nobody else gets past its row until this transaction ends, so numbers have no gaps.
    """
    table, name = cast(Table, counter.table), counter.key
    statement = prepared.count_up(table, name, is_sqlite=is_sqlite(session))
    return int(session.execute(statement, {**key, name: 1}).scalar_one())


def insert_together(session: Session, *rows: tuple[Table, Mapping[str, object]]) -> None:
    """Insert one row into each of some tables, on PostgreSQL with one statement for all."""
    if is_sqlite(session):
        for table, row in rows:
            session.execute(prepared.insert_into(table), row)
        return
    statement = prepared.insert_together(*((table, tuple(row)) for table, row in rows))
    session.execute(statement, by_table_and_column(*rows))


def by_table_and_column(*rows: tuple[Table, Mapping[str, object]]) -> dict[str, object]:
    """The values of rows of some tables, by names that no two of them share."""
    return {f"{table.name}_{name}": value for table, row in rows for name, value in row.items()}


def insert_and_set(
    session: Session, row: tuple[Table, Mapping[str, object]], other: Table, key: str, **to: object
) -> None:
    """Insert a row and set columns of the row of another table with the same key.

    On PostgreSQL with one statement; the row names every column of its table.
    """
    table, values = row
    if is_sqlite(session):
        session.execute(prepared.insert_into(table), values)
        session.execute(prepared.update_where(other, key), {f"of_{key}": values[key], **to})
        return
    statement = prepared.insert_and_set(table, other, key, tuple(to))
    inserted = {f"the_{name}": value for name, value in values.items()}
    session.execute(statement, {**inserted, **{f"to_{name}": to[name] for name in to}})


def is_duplicate(error: IntegrityError) -> bool:
    """Whether the database refused a row because another with its key is there."""
    return "unique" in f"{type(error.orig).__name__} {error.orig}".lower()


def is_sqlite(session: Session) -> bool:
    """Whether the session's database is SQLite."""
    return session.get_bind().dialect.name == "sqlite"
