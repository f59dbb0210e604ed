"""Writes one step of a subject at once: its changed columns and the rows that tell of it.

On PostgreSQL this is one statement instead of the session's own UPDATE and an INSERT behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Dialect, Table, bindparam, inspect, update
from sqlalchemy.orm import InstanceState, Mapper, Session
from sqlalchemy.orm.exc import StaleDataError

from shared.db.base import Subject
from shared.db.creation import insert_new
from shared.db.prepared import Written, inserts_into, written
from shared.db.upsert import by_table_and_column, insert_together, is_sqlite

Told = tuple[Table, Mapping[str, object]]


def write_step(session: Session, row: Subject, *told: Told) -> None:
    """Write a subject's changed columns, and one row into each of the tables that tell of it.

    Raises ``StaleDataError``, as the session does, for a row that another transaction changed.
    """
    # A subject without a row of its own, as a discarded letter is, has nothing to inspect.
    state: InstanceState[Any] | None = inspect(row, raiseerr=False)
    names = _changed(state) if state else ()
    if insert_new(session, *told):
        return
    if state is None or is_sqlite(session) or not names or not _is_alone(session, state):
        # Unless the action holds it back, the session writes what it has before this.
        insert_together(session, *told)
        return
    connection, tables = session.connection(), ((table, tuple(row)) for table, row in told)
    statement = _step(connection.dialect, state.mapper, names, *tables)
    moved = {f"new_{name}": state.dict[name] for name in names}
    values = {"of_id": row.id, "of_version": row.version, **moved, **by_table_and_column(*told)}
    if statement.send(connection, values).rowcount != 1:
        raise StaleDataError(f"{row.subject} is not in version {row.version} any more")
    state.dict["version"] = row.version + 1
    # What the session does after a flush of its own: nothing of the row is left to be written.
    state._commit_all(state.dict, session.identity_map)


def _changed(state: InstanceState[Any]) -> tuple[str, ...]:
    """The columns that were set since the row was read; none where other things changed too."""
    names = tuple(sorted(state.committed_state))
    return names if state.persistent and _plain_columns(state.mapper).issuperset(names) else ()


def _is_alone(session: Session, state: InstanceState[Any]) -> bool:
    """Whether nothing else waits to be written, which might have to go before it."""
    return not session.new and not session.deleted and [*session.dirty] == [state.obj()]


@cache
def _plain_columns(mapper: Mapper[Any]) -> frozenset[str]:
    """The attributes of a model that are one column each and no part of its key or version."""
    fixed = {*mapper.primary_key, mapper.version_id_col}
    return frozenset(one.key for one in mapper.column_attrs if fixed.isdisjoint(one.columns))


@cache
def _step(
    dialect: Dialect,
    mapper: Mapper[Any],
    names: tuple[str, ...],
    *told: tuple[Table, tuple[str, ...]],
) -> Written:
    """Built once for each set of columns that a step of this model changes."""
    table = cast(Table, mapper.local_table)
    columns: dict[Any, Any] = {
        mapper.attrs[name].columns[0]: bindparam(f"new_{name}") for name in names
    }
    statement = (
        update(table)
        .where(table.c.id == bindparam("of_id"), table.c.version == bindparam("of_version"))
        .values({**columns, table.c.version: table.c.version + 1})
        .add_cte(*(one.cte(f"into_{one.table.name}") for one in inserts_into(*told)))
    )
    return written(statement, dialect)
