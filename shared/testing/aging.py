"""Lets time pass for what a service remembers of messages and answers, without anybody waiting."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Column, text

from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.db.types import UtcInstant

REMEMBERED = ("outbox", "inbox_event", "inbox_parked", "inbox_attempt", "idempotent_answer")
"""What becomes older; leases and history stay, and so do the events themselves."""


def make_older(context: ServiceContext, by: timedelta) -> None:
    """Move every instant of these tables into the past; the service may be at work meanwhile."""
    tables = context.base.plumbing
    shift = _on_sqlite if context.database.is_sqlite else _on_postgresql
    with context.database.write(EVERY_AUTHORITY) as (session, _):
        for table in (getattr(tables, name) for name in REMEMBERED):
            for column in (one for one in table.c if isinstance(one.type, UtcInstant)):
                older = shift(column, int(by.total_seconds()))
                session.execute(text(f"UPDATE {table.name} SET {column.name} = {older}"))  # noqa: S608


def _on_postgresql(column: Column[object], seconds: int) -> str:
    return f"{column.name} - interval '{seconds} seconds'"


def _on_sqlite(column: Column[object], seconds: int) -> str:
    # The fraction is kept as it stands: SQLite would round it.
    whole = f"strftime('%Y-%m-%d %H:%M:%S', {column.name}, '-{seconds} seconds')"
    return f"{whole} || substr({column.name}, 20)"
