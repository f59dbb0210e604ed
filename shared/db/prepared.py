"""Statements that every request and event sends, built once for each table.

Building one anew takes longer than sending it. Values are given by column name when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Dialect,
    Insert,
    Select,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    case,
    insert,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.dml import ReturningInsert

from shared.db.base import Subject
from shared.db.dialects import insert_of
from shared.db.entering import naming


@dataclass(frozen=True, kw_only=True)
class Written:
    """A statement in one database's own words; what is given with it goes out as its types say."""

    text: str
    constants: Mapping[str, object]
    as_sent: Mapping[str, Callable[[Any], Any]]

    def send(self, connection: Connection, values: Mapping[str, object]) -> CursorResult[Any]:
        """Send it with a value for each name that is not a constant of it."""
        sent = {**self.constants, **values}
        for name, convert in self.as_sent.items():
            sent[name] = convert(sent[name])
        return connection.exec_driver_sql(self.text, sent)


def written(statement: Insert | Update, dialect: Dialect) -> Written:
    """Write a statement down, so that SQLAlchemy need not look at each value when it is sent."""
    compiled = statement.compile(dialect=dialect)
    processors = {
        name: value.type.dialect_impl(dialect).bind_processor(dialect)
        for name, value in compiled.binds.items()
    }
    return Written(
        text=str(compiled),
        constants={name: one for name, one in compiled.params.items() if one is not None},
        as_sent={name: one for name, one in processors.items() if one is not None},
    )


@cache
def insert_into(table: Table) -> Insert:
    """Insert one row."""
    return insert(table)


@cache
def insert_together(*targets: tuple[Table, tuple[str, ...]]) -> Insert:
    """Insert one row into each table at once; a value goes by its table's and column's name."""
    inserts = inserts_into(*targets)
    return inserts[-1].add_cte(*(one.cte(f"into_{one.table.name}") for one in inserts[:-1]))


def inserts_into(*targets: tuple[Table, tuple[str, ...]]) -> list[Insert]:
    """Insert one row into each table, for a statement of all; values go as in `insert_together`."""
    return [
        insert(table).values({name: bindparam(f"{table.name}_{name}") for name in names})
        for table, names in targets
    ]


@cache
def insert_and_set(target: Table, other: Table, key: str, names: tuple[str, ...]) -> Update:
    """Insert a row, and set columns of the row of another table that has the same key, at once.

    A value to insert goes by ``the_`` and its column's name, one to set by ``to_`` and its name.
    """
    values = {one.name: bindparam(f"the_{one.name}", type_=one.type) for one in target.columns}
    return (
        update(other)
        .where(other.c[key] == values[key])
        .values({name: bindparam(f"to_{name}", type_=other.c[name].type) for name in names})
        .add_cte(insert(target).values(values).cte(f"into_{target.name}"))
    )


@cache
def insert_new(table: Table, *, is_sqlite: bool) -> Insert:
    """Insert one row; where its key exists already, nothing happens."""
    make = insert_of(is_sqlite=is_sqlite)
    statement: Insert = make(table).on_conflict_do_nothing()
    return statement


@cache
def insert_all_new(table: Table, *, is_sqlite: bool) -> ReturningInsert[Any]:
    """Insert each of many rows as `insert_new` does one, and return the keys of the new ones."""
    # SQLAlchemy writes rows into one statement only where it is to return something of each.
    return insert_new(table, is_sqlite=is_sqlite).returning(*table.primary_key)


@cache
def insert_or_replace(table: Table, *, is_sqlite: bool) -> Insert:
    """Insert one row; where its key exists already, every other column takes the new value."""
    make = insert_of(is_sqlite=is_sqlite)
    new = make(table)
    others = {one.name: new.excluded[one.name] for one in table.columns if not one.primary_key}
    statement: Insert = new.on_conflict_do_update(
        index_elements=list(table.primary_key), set_=others
    )
    return statement


@cache
def count_up(table: Table, column: str, *, is_sqlite: bool) -> Insert:
    """Raise a counter by one and return it; its row is made with the first number given.

    The row stays locked until the transaction ends, so that the numbers have no gap.
    """
    make = insert_of(is_sqlite=is_sqlite)
    counter = table.c[column]
    raised = {"index_elements": list(table.primary_key), "set_": {column: counter + 1}}
    statement: Insert = make(table).on_conflict_do_update(**raised).returning(counter)
    return statement


@cache
def rows_where(table: Table, *names: str) -> Select[Any]:
    """Select the rows that have the values given for these columns."""
    return select(table).where(*(table.c[name] == bindparam(name) for name in names))


@cache
def known_or_parked(known: Table, parked: Table) -> CompoundSelect[Any]:
    """The event ``id`` if it took effect, without a reason; what is parked ``here`` and ``next``.

    ``here`` and ``next`` are numbers of the ``subject``. An event of that id is found wherever it
    is parked. ``content`` is the hash of the bytes of what took effect, and the bytes themselves
    of the event that is parked under this id.
    """
    id_ = bindparam("id", type_=known.c.event_id.type)
    of_known = select(
        known.c.event_id,
        known.c.subject,
        known.c.sequence,
        known.c.type,
        null().cast(Text).label("reason"),
        known.c.body_sha256.label("content"),
    )
    of_parked = select(
        parked.c.event_id,
        parked.c.subject,
        parked.c.sequence,
        null().cast(Text).label("type"),
        parked.c.reason,
        case((parked.c.event_id == id_, parked.c.body)).label("content"),
    )
    is_beside = and_(
        parked.c.subject == bindparam("subject"),
        parked.c.sequence.between(bindparam("here"), bindparam("next")),
    )
    return of_known.where(known.c.event_id == id_).union_all(
        of_parked.where(or_(is_beside, parked.c.event_id == id_))
    )


@cache
def update_where(table: Table, name: str) -> Update:
    """Set what is given in the rows whose column ``name`` has the value given as ``of_<name>``."""
    return update(table).where(table.c[name] == bindparam(f"of_{name}"))


@cache
def locked_or_new(table: Table, *, is_sqlite: bool) -> Insert:
    """Return the row of a key under its lock; a new one is made of the values given."""
    make = insert_of(is_sqlite=is_sqlite)
    key = list(table.primary_key)
    # Setting the key to itself changes nothing, but takes the lock and gives the row back.
    same = {"index_elements": key, "set_": {column.name: column for column in key}}
    statement: Insert = make(table).on_conflict_do_update(**same).returning(table)
    return statement


@cache
def entering_by_lock(table: Table) -> Select[Any]:
    """`locked_or_new` as the first question of a transaction on PostgreSQL (`Entrance.open_with`).

    The row is made of the name just given: thus the database cannot touch the table before it
    knows who asks.
    """
    entered = naming().cte("entered")
    given = [bindparam(one.name, type_=one.type) for one in table.columns]
    row = select(*given).where(entered.c.set_config == bindparam("authority"))
    names = [one.name for one in table.columns]
    locked = locked_or_new(table, is_sqlite=False).from_select(names, row).cte("locked")
    return select(*locked.c, entered.c.moment, entered.c.known).select_from(
        entered.join(locked, true())
    )


@cache
def locked_subject(model: type[Subject]) -> Select[Any]:
    """Select the subject of an ``id`` and ``authority`` under its lock, as it is now.

    What the model names in ``locked_with`` comes in the same statement, without a lock.
    """
    return (
        select(model)
        .options(*(joinedload(getattr(model, name)) for name in model.locked_with))
        .where(model.id == bindparam("id"), model.authority == bindparam("authority"))
        .with_for_update(of=model)
        .execution_options(populate_existing=True)
    )
