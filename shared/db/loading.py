"""Loads the subject that a transaction begins with, under its lock and with its parts.

The session can do that too, but works out at every load how a row becomes an object; here that is
worked out once for each model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Row, Select, Table, bindparam, select
from sqlalchemy.orm import (
    Mapper,
    RelationshipProperty,
    Session,
    class_mapper,
    make_transient_to_detached,
)
from sqlalchemy.orm.attributes import set_committed_value

from shared.db.base import Subject
from shared.db.entering import Entrance, entering
from shared.db.prepared import locked_subject

Loaded = TypeVar("Loaded", bound=Subject)
LAZY = frozenset({"select", "raise", "raise_on_sql", "noload", "dynamic", "write_only"})


def load_locked(
    entrance: Entrance, model: type[Loaded], key: Mapping[str, object]
) -> Loaded | None:
    """The subject of an ``id`` and ``authority`` as it is now, under its lock, or None.

    What the model names in ``locked_with`` comes in the same statement, without a lock. The
    statement begins the transaction too, where it is the first.
    """
    # What is cached by the class loses its type here: mypy takes a type[Loaded] for unhashable.
    plan = _plan(cast("Any", model))
    if plan is not None and not entrance.is_open:
        rows = entrance.open_with(plan.first, key)
        return cast("Loaded | None", plan.made_of(rows, entrance.open().session))
    session = entrance.open().session
    if plan is None or len(session.identity_map) or session.new:
        # The session knows what it has read already, and what to write before it reads again.
        statement: Select[Loaded] = locked_subject(cast("Any", model))
        return session.scalars(statement, key).unique().one_or_none()
    rows = session.connection().execute(plan.statement, key).all()
    return cast("Loaded | None", plan.made_of(rows, session))


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One model's columns within a row: how its objects are made of them."""

    new: Callable[[], Any]
    names: tuple[str, ...]
    place: slice
    key: int

    def made_of(self, row: Row[Any]) -> Any:
        made = self.new()
        made.__dict__.update(zip(self.names, row[self.place], strict=True))
        # From here on it is as if the session had read it and let it go.
        make_transient_to_detached(made)
        return made

    def all_of(self, rows: Sequence[Row[Any]]) -> list[Any]:
        """One object for each key, in the order of the rows; an outer join may have found none."""
        made: dict[object, Any] = {}
        for row in rows:
            key = row[self.key]
            if key is not None and key not in made:
                made[key] = self.made_of(row)
        return list(made.values())


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """How a subject is asked for, at first and later, and made of the rows that come."""

    first: Select[Any]
    statement: Select[Any]
    subject: _Part
    parts: tuple[tuple[str, _Part], ...]

    def made_of(self, rows: Sequence[Row[Any]], session: Session) -> Any:
        if not rows or rows[0][self.subject.key] is None:
            return None
        subject = self.subject.made_of(rows[0])
        for name, part in self.parts:
            set_committed_value(subject, name, part.all_of(rows))
        # The parts go with it.
        session.add(subject)
        return subject


@cache
def _plan(model: type[Subject]) -> _Plan | None:
    """Built once for each model; None for one that needs more of the session than its columns."""
    mapper = class_mapper(model)
    ties = [mapper.relationships[name] for name in model.locked_with]
    mappers = [mapper, *(tie.mapper for tie in ties)]
    if not all(_is_plain(one, ties) for one in mappers) or any(tie.viewonly for tie in ties):
        return None
    first, *others = _parts(mappers)
    statement = _statement(mapper, ties)
    return _Plan(
        first=entering(statement, cast(Table, mapper.local_table).c.authority),
        statement=statement,
        subject=first,
        parts=tuple(zip(model.locked_with, others, strict=True)),
    )


def _is_plain(mapper: Mapper[Any], ties: Sequence[RelationshipProperty[Any]]) -> bool:
    """Whether the columns of one table, each read at once, are all that a load brings."""
    others = [one for one in mapper.relationships if one not in ties]
    return (
        mapper.polymorphic_on is None
        and len(mapper.primary_key) == 1
        and all(one.lazy in LAZY for one in others)
        and all(len(one.columns) == 1 and not one.deferred for one in mapper.column_attrs)
    )


def _parts(mappers: Sequence[Mapper[Any]]) -> list[_Part]:
    parts, begins = [], 0
    for mapper in mappers:
        names = tuple(one.key for one in mapper.column_attrs)
        key = mapper.get_property_by_column(mapper.primary_key[0]).key
        ends = begins + len(names)
        parts.append(
            _Part(
                new=mapper.class_manager.new_instance,
                names=names,
                place=slice(begins, ends),
                key=begins + names.index(key),
            )
        )
        begins = ends
    return parts


def _statement(mapper: Mapper[Any], ties: Sequence[RelationshipProperty[Any]]) -> Select[Any]:
    table = cast(Table, mapper.local_table)
    mappers = [mapper, *(tie.mapper for tie in ties)]
    joined: Any = table
    for tie in ties:
        joined = joined.outerjoin(tie.mapper.local_table, tie.primaryjoin)
    return (
        select(*(attr.columns[0] for one in mappers for attr in one.column_attrs))
        .select_from(joined)
        .where(table.c.id == bindparam("id"), table.c.authority == bindparam("authority"))
        .order_by(*(column for tie in ties for column in tie.order_by or ()))
        .with_for_update(of=table)
    )
