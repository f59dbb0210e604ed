"""Column factories that say of each text who may read it: public, internal or personal.

A contract test fails on a column that says nothing (`unclassified_columns`).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ARRAY, JSON, DateTime, Dialect, MetaData, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from shared import sealing

CLASSES = frozenset({"public", "internal", "personal"})
SEARCH_HASH = re.compile(r"[0-9a-f]{64}")


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


class _ShapedText(TypeDecorator[str]):
    """A text that must have a given shape; the refusal never repeats the text."""

    impl = Text
    cache_ok = True
    shape: re.Pattern[str]
    refusal: str

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Let a text of the right shape through; raises ValueError for any other."""
        if value is not None and self.shape.fullmatch(value) is None:
            raise ValueError(self.refusal)
        return value


class SealedText(_ShapedText):
    """A token made by `PersonalVault.seal`, and nothing in clear."""

    cache_ok = True
    shape = sealing.TOKEN
    refusal = "a personal column takes only sealed tokens"


class SearchHash(_ShapedText):
    """A hash made by `PersonalVault.search_hash`."""

    cache_ok = True
    shape = SEARCH_HASH
    refusal = "a search column takes only search hashes"


def public_text(**kw: Any) -> MappedColumn[Any]:
    """Declare a text that anyone may read."""
    return _classified(Text(), "public", kw)


def internal_text(**kw: Any) -> MappedColumn[Any]:
    """Declare a text for those who work on the file: codes, ids, states, notes on procedure."""
    return _classified(Text(), "internal", kw)


def personal_text(**kw: Any) -> MappedColumn[Any]:
    """Declare a text about a person; it holds only tokens of `PersonalVault.seal`."""
    return _classified(SealedText(), "personal", kw)


def personal_hash(**kw: Any) -> MappedColumn[Any]:
    """Declare what a personal text is found by; it holds only `PersonalVault.search_hash`."""
    return _classified(SearchHash(), "personal", kw)


def json_column(kind: Literal["public", "internal"], **kw: Any) -> MappedColumn[Any]:
    """Declare a JSON value; personal data has no place in one, it is sealed text by text."""
    if kind not in ("public", "internal"):
        raise ValueError(
            "a JSON column is public or internal; personal texts are sealed one by one"
        )
    return _classified(json_type(), kind, kw)


def utc_instant(**kw: Any) -> MappedColumn[Any]:
    """Declare an instant: aware, in UTC."""
    return mapped_column(UtcInstant(), **kw)


def json_type() -> TypeEngine[Any]:
    """Return the JSON type: JSONB on PostgreSQL, JSON elsewhere."""
    return JSON().with_variant(JSONB(), "postgresql")


def unclassified_columns(metadata: MetaData) -> list[str]:
    """Name, as ``table.column``, each text or JSON column that does not say who may read it."""
    return sorted(
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if _holds_text(column.type) and column.info.get("class") not in CLASSES
    )


def _classified(type_: TypeEngine[Any], kind: str, kw: dict[str, Any]) -> MappedColumn[Any]:
    info = {**kw.pop("info", {}), "class": kind}
    return mapped_column(type_, info=info, **kw)


def _holds_text(type_: TypeEngine[Any]) -> bool:
    if isinstance(type_, TypeDecorator):
        return _holds_text(type_.impl_instance)
    if isinstance(type_, ARRAY):
        return _holds_text(type_.item_type)
    return isinstance(type_, String | JSON)
