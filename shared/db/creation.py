"""Writes new rows at once: all that a session has, and with them the rows that tell of a step.

The session would send one statement for each table. Only rows of which every column is known are
written so; for all others, and on SQLite, the session does what it always did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, Dialect, Table, bindparam, insert, inspect
from sqlalchemy.orm import InstanceState, Mapper, Session
from sqlalchemy.sql.elements import ClauseElement

from shared.db.prepared import Written, written
from shared.db.upsert import is_sqlite

Row = Mapping[str, object]
Shape = tuple[Table, tuple[str, ...], int]


class _NeedsSession(Exception):
    """A row that only the session can write."""


def insert_new(session: Session, *told: tuple[Table, Row]) -> bool:
    """Write every new row of the session, and these, in one statement; False if that cannot be."""
    if is_sqlite(session) or not session.new or session.deleted or _is_changed(session):
        return False
    states: list[InstanceState[Any]] = [inspect(one) for one in session.new]
    groups: dict[tuple[Table, tuple[str, ...]], list[Row]] = defaultdict(list)
    try:
        rows = [(cast(Table, one.mapper.local_table), _values(one)) for one in states]
    except _NeedsSession:
        return False
    for table, row in [*rows, *told]:
        groups[table, tuple(row)].append(row)
    shapes = [(table, names, len(rows)) for (table, names), rows in groups.items()]
    connection = session.connection()
    _inserts(connection.dialect, *shapes).send(connection, _named(groups.values()))
    # What the session does after a flush of its own: they are rows of the database now.
    session._register_persistent({*states})
    return True


def _is_changed(session: Session) -> bool:
    return any(session.is_modified(one) for one in session.dirty)


def _values(state: InstanceState[Any]) -> dict[str, object]:
    """A new row's values by column, defaults included, as the session finds them."""
    mapper, given = state.mapper, state.dict
    if not _is_plain(mapper) or any(given.get(tie.key) for tie in mapper.relationships):
        raise _NeedsSession
    row: dict[str, object] = {}
    for attribute in mapper.column_attrs:
        column, key = cast("Column[Any]", attribute.columns[0]), attribute.key
        value = given.get(key)
        if value is None and column.default is not None:
            value = given[key] = _default_of(column)
        if isinstance(value, ClauseElement) or (value is None and not column.nullable):
            raise _NeedsSession
        if value is not None or (key in given and column.type.should_evaluate_none):
            row[column.name] = value
    return row


def _default_of(column: Column[Any]) -> object:
    default: Any = column.default
    if default.is_scalar:
        return default.arg
    if default.is_callable:
        return default.arg(None)
    raise _NeedsSession


@cache
def _is_plain(mapper: Mapper[Any]) -> bool:
    """Whether a row of this model is a row of one table, of which the database adds nothing."""
    columns = [one.columns for one in mapper.column_attrs]
    return (
        mapper.polymorphic_on is None
        and isinstance(mapper.local_table, Table)
        and all(len(one) == 1 and isinstance(one[0], Column) for one in columns)
        and all(_is_given_here(cast("Column[Any]", one[0])) for one in columns)
    )


def _is_given_here(column: Column[Any]) -> bool:
    """Whether the database's own default is never used: the program has one, which goes first."""
    return column.server_default is None or column.default is not None


@cache
def _inserts(dialect: Dialect, *shapes: Shape) -> Written:
    """Built once for each number of rows of each table."""
    *others, last = [
        insert(table).values(
            [
                {name: bindparam(_name(at, row, name), type_=table.c[name].type) for name in names}
                for row in range(count)
            ]
        )
        for at, (table, names, count) in enumerate(shapes)
    ]
    ctes = [one.cte(f"new_{at}") for at, one in enumerate(others)]
    return written(last.add_cte(*ctes), dialect)


def _named(groups: Iterable[list[Row]]) -> dict[str, object]:
    """The values by names that no two of them share."""
    return {
        _name(at, number, name): value
        for at, rows in enumerate(groups)
        for number, row in enumerate(rows)
        for name, value in row.items()
    }


def _name(group: int, row: int, column: str) -> str:
    return f"v{group}_{row}_{column}"
