"""Alembic's environment for all services; shared/db/migrations/__init__.py calls it."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, text


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write a JSON column as the project declares it."""
    return "columns.json_type()" if kind == "type" and isinstance(item, JSON) else False


connection = context.config.attributes["connection"]
tables = context.config.attributes.get("tables")


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Compare only the tables asked for, where a new migration shall hold some of them."""
    return kind != "table" or tables is None or name in tables


def include_object(_item: Any, name: str | None, kind: str, *_: Any) -> bool:
    """The same for the models' side."""
    return include_name(name, kind, None)


if connection.dialect.name == "postgresql":
    # Two starting processes must not migrate at once, and no migration may hold up the others.
    connection.execute(text("SELECT pg_advisory_xact_lock(7261636)"))
    connection.execute(text("SET LOCAL lock_timeout = '4s'"))
    connection.execute(text("SET LOCAL statement_timeout = '5s'"))
    connection.execute(text("SELECT set_config('arida.authority', '*', true)"))
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=False,
    render_item=render_item,
    include_name=include_name,
    include_object=include_object,
    user_module_prefix="columns.",
)
with context.begin_transaction():
    context.run_migrations()
