"""Column factories that say of each text who may read it: public, internal or personal.

A contract test fails on a column that says nothing (`unclassified_columns`).
"""

from __future__ import annotations

import re
from typing import Any, Literal

from sqlalchemy import ARRAY, JSON, Dialect, MetaData, String, Text
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from shared import sealing
from shared.db.types import UtcInstant, json_type

CLASSES = frozenset({"public", "internal", "personal"})
SEARCH_HASH = re.compile(r"[0-9a-f]{64}")


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


# Migrations name every type from here, so those of types.py too.
__all__ = [
    "CLASSES",
    "SEARCH_HASH",
    "SealedText",
    "SearchHash",
    "UtcInstant",
    "internal_text",
    "json_column",
    "json_type",
    "personal_hash",
    "personal_text",
    "public_text",
    "unclassified_columns",
    "utc_instant",
]
