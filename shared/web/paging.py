"""Keyset paging: a cursor names the last row seen, so a page costs the same at any depth."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.errors import InvalidInput

LARGEST_PAGE = 100
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Row]):
    """At most 100 rows and the cursor of the next page (None: this is the last)."""

    rows: Sequence[Row]
    next_cursor: str | None


def encode_cursor(*keys: str | int) -> str:
    """An opaque cursor for the keys of the last row."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, length: int) -> list[Any] | None:
    """The keys in a cursor; None for the first page. Raises ``InvalidInput`` for a broken one."""
    if not cursor:
        return None
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _broken() from error
    if not isinstance(keys, list) or len(keys) != length:
        raise _broken()
    return keys


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
