"""Keyset paging: a cursor names the last row seen, so a page costs the same at any depth."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from shared.errors import InvalidInput

LARGEST_PAGE = 100
LARGEST_KEY = 2**63
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Row]):
    """At most 100 rows and the cursor of the next page (None: this is the last)."""

    rows: Sequence[Row]
    next_cursor: str | None


def encode_cursor(*keys: str | int) -> str:
    """An opaque cursor for the keys of the last row."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, *kinds: type) -> list[Any] | None:
    """The keys in a cursor, each of its kind; None for the first page.

    ``kinds`` may be ``UUID``, ``date``, ``str`` and ``int``. Raises ``InvalidInput`` for a cursor
    that no page of this list gave.
    """
    if not cursor:
        return None
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(keys, list):
            raise _broken()
        return [_KINDS[kind](key) for kind, key in zip(kinds, keys, strict=True)]
    except (binascii.Error, ValueError, RecursionError) as error:
        raise _broken() from error


def _text(key: Any) -> str:
    if not isinstance(key, str) or "\x00" in key or not key.isprintable():
        raise ValueError(key)
    return key


def _whole(key: Any) -> int:
    if type(key) is not int or not 0 <= key < LARGEST_KEY:
        raise ValueError(key)
    return key


_KINDS: Mapping[type, Callable[[Any], Any]] = {
    UUID: lambda key: UUID(_text(key)),
    date: lambda key: date.fromisoformat(_text(key)),
    str: _text,
    int: _whole,
}


def page_of(rows: Sequence[Row], limit: int, *, keys: Any) -> Page[Row]:
    """Cut ``limit + 1`` fetched rows to a page; ``keys(row)`` gives a row's sort keys."""
    if len(rows) <= limit:
        return Page(rows=rows, next_cursor=None)
    kept = rows[:limit]
    return Page(rows=kept, next_cursor=encode_cursor(*keys(kept[-1])))


def _broken() -> InvalidInput:
    return InvalidInput(
        "This page marker cannot be read.", field="cursor", remedy="Start from the first page."
    )
