"""Rows that may be there already: inserted once, or refused by the database as a second one."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session


def insert_once(session: Session, table: Table, **values: object) -> None:
    """Insert a row; where its key exists already, nothing happens."""
    session.execute(_insert(session, table).values(**values).on_conflict_do_nothing())


def count_up(session: Session, counter: InstrumentedAttribute[int], **key: object) -> int:
    """Raise a counter by one, beginning at 1, and return it.

    Nobody else gets past its row until this transaction ends, so numbers have no gaps.
    """
    table = cast(Table, counter.table)
    first = _insert(session, table).values(**key, **{counter.key: 1})
    raised = first.on_conflict_do_update(index_elements=list(key), set_={counter.key: counter + 1})
    return int(session.execute(raised.returning(table.c[counter.key])).scalar_one())


def _insert(session: Session, table: Table) -> Any:
    """The statement in the dialect of this database: both know it, under names of their own."""
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    return make(table)


def is_duplicate(error: IntegrityError) -> bool:
    """Whether the database refused a row because another with its key is there."""
    return "unique" in f"{type(error.orig).__name__} {error.orig}".lower()
