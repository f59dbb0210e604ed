"""The types of columns that are the same on both databases; they need no mappings of objects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcInstant(TypeDecorator[datetime]):
    """An instant in UTC; a naive one is refused, and SQLite gives back aware ones too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    # SQLAlchemy dictates the signatures of these methods.
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Bring an aware instant to UTC; raises ValueError for a naive one."""
        if value is not None and value.utcoffset() is None:
            raise ValueError("a column of instants takes no naive time")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant in UTC, whatever zone the connection speaks."""
        if value is None:
            return None
        # SQLite keeps no offset; what was written there is UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def json_type() -> TypeEngine[Any]:
    """Return the JSON type: JSONB on PostgreSQL, JSON elsewhere."""
    return JSON().with_variant(JSONB(), "postgresql")
