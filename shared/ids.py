"""Identifiers: UUIDv7 for rows and events, Crockford's base 32 for what people read aloud."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from uuid_utils.compat import uuid7

# Crockford's alphabet leaves out I, L, O and U, which are misread or make words.
CROCKFORD_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5
TIMED, TIMELESS_BITS = 7, 80
"""A UUID of this version begins with the milliseconds since the epoch; so many bits follow."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7 (RFC 9562), whose order is the order of making within a process."""
    return uuid7()


def made_at(id_: uuid.UUID) -> datetime | None:
    """When a UUIDv7 was made (UTC, whole milliseconds); None of another version."""
    if id_.version != TIMED:
        return None
    return EPOCH + timedelta(milliseconds=id_.int >> TIMELESS_BITS)


def crockford(data: bytes, length: int) -> str:
    """Return the first ``length`` base-32 characters of ``data``, five bits each from the left.

    Raises ValueError when ``data`` has fewer bits than that.
    """
    spare = len(data) * 8 - length * _BITS
    if spare < 0:
        raise ValueError(f"{len(data)} bytes do not fill {length} base-32 characters")
    number = int.from_bytes(data) >> spare
    places = range((length - 1) * _BITS, -1, -_BITS)
    return "".join(CROCKFORD_ALPHABET[number >> place & 31] for place in places)
