"""Canonical JSON: one byte string per value, made once, then sent, stored and hashed as it is."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec

MAX_EVENT_BYTES = 64 * 1024
_ENCODER = msgspec.json.Encoder(order="sorted")


class NotCanonical(ValueError):
    """The value holds something that has no single byte form (a float, a non-text key)."""


def canonical_bytes(value: Any) -> bytes:
    """Encode plain values with sorted keys, NFC text and no floats; raises ``NotCanonical``."""
    return _ENCODER.encode(_normalised(value))


def to_plain(value: Any) -> Any:
    """Turn a dataclass into dicts, lists, text, integers and booleans (dates as ISO 8601 text)."""
    return msgspec.to_builtins(value)


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_key(key): _normalised(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normalised(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"the key {key!r} is not text")
    return unicodedata.normalize("NFC", key)
