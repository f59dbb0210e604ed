"""Whether an event that came again under its id is the same, byte for byte.

A copy is what a relay, a broker or an operator sends twice. Other bytes under a known id are a
divergence: they are kept beside it, under a name made of id and contents.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID, uuid5

from sqlalchemy import Row

from shared.errors import DomainError
from shared.events.envelope import Envelope


class Marked(Protocol):
    """What is known of an event without its bytes: which one it is, and its place."""

    @property
    def id(self) -> str:
        """The event's id."""

    @property
    def authority(self) -> str:
        """Whose event it is."""

    @property
    def subject(self) -> str:
        """What it is about."""

    @property
    def sequence(self) -> int:
        """Its number among the subject's events."""

    @property
    def type(self) -> str:
        """Its type with its version."""


class IdTaken(DomainError):
    """Another authority's event bears this id, so that this one can be kept nowhere beside it."""

    code = "id-taken"


def digest(body: bytes) -> bytes:
    """What is remembered of an event's bytes once it took effect."""
    return sha256(body).digest()


def altered_id(envelope: Marked, body: bytes) -> UUID:
    """The name under which an event is kept whose id belongs to other contents."""
    return uuid5(UUID(envelope.id), sha256(body).hexdigest())


def differs(row: Row[Any], envelope: Envelope, body: bytes) -> bool:
    """Whether a row of `known_or_parked` with the event's id is of other contents than these.

    Of events that an older program took in, only subject, number and type are known.
    """
    if row.reason is not None:
        return bytes(row.content) != body
    if row.content is not None:
        return bytes(row.content) != digest(body)
    told = (envelope.subject, envelope.sequence, envelope.type)
    return (row.subject, row.sequence, row.type) != told
