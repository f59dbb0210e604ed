"""Canonical JSON: one byte string per value, made once, then sent, stored and hashed as it is."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec

MAX_EVENT_BYTES = 64 * 1024
_ENCODER = msgspec.json.Encoder(order="sorted")
# A float becomes a thing that equals nothing, so that it is noticed.
_DECODER = msgspec.json.Decoder(float_hook=lambda _text: object())


class NotCanonical(ValueError):
    """The value holds something that has no single byte form (a float, a non-text key)."""


def canonical_bytes(value: Any) -> bytes:
    """Encode plain values with sorted keys, NFC text and no floats; raises ``NotCanonical``."""
    body = _as_it_is(value)
    return _ENCODER.encode(_normalised(value)) if body is None else body


def to_plain(value: Any) -> Any:
    """Turn a dataclass into dicts, lists, text, integers and booleans (dates as ISO 8601 text)."""
    return msgspec.to_builtins(value)


def _as_it_is(value: Any) -> bytes | None:
    """The bytes of what is canonical already, which most is; None where that is not certain.

    What comes back unchanged from its bytes holds nothing but plain values. Text is NFC if the
    whole is, for each part of NFC text is.
    """
    try:
        body = _ENCODER.encode(value)
    except TypeError:
        return None
    is_plain = _DECODER.decode(body) == value
    return body if is_plain and unicodedata.is_normalized("NFC", body.decode()) else None


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
