"""What an envelope must be beyond its shape, before any table, page or terminal meets it.

Whoever may publish may publish anything. What no service of ours writes is told apart here, so that
it becomes one dead letter instead of a fault in each place that works with it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.events.canonical import MAX_EVENT_BYTES

if TYPE_CHECKING:
    from shared.events.envelope import Envelope

LONGEST_TEXT = 255
LAST_SEQUENCE = 2**31 - 1
"""As far as the columns count."""

YEARS = range(1970, 9000)
"""Far from the ends of what Python, AMQP and databases can reckon with, whatever the zone."""

DEEPEST = 32
"""So deep things may lie in each other; ours need a third of it."""

_TYPE = re.compile(r"[a-z]+\.[a-z_]+\.v[1-9][0-9]{0,4}")
_SUBJECT = re.compile(r"[a-z]+/[A-Za-z0-9._-]+")
_AUTHORITY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_SEQUENCE = re.compile(r"[1-9][0-9]*")
_TEXTS = ("source", "subject", "correlationid", "actorid", "actorrole")
_OPTIONAL_TEXTS = ("onbehalfof", "traceparent")


def unsound_bytes(body: bytes) -> str | None:
    """Why bytes are no event whatever they say, or None: an event is one short line."""
    if len(body) > MAX_EVENT_BYTES:
        return f"it has {len(body)} bytes, more than {MAX_EVENT_BYTES}"
    return "it is more than one line" if b"\n" in body or b"\r" in body else None


def unsound_plain(plain: dict[str, Any], body: bytes) -> str | None:
    """Why what was read from these bytes cannot be ours, or None; later it would not show."""
    # How deep it is shows in the bytes at most, and hardly any event has that much in it.
    if body.count(b"{") + body.count(b"[") > DEEPEST and _is_deeper(plain, DEEPEST):
        return "things lie too deep in each other"
    sequence = plain.get("sequence")
    if not isinstance(sequence, str) or not _SEQUENCE.fullmatch(sequence):
        return "sequence is no decimal number from 1 on"
    if not isinstance(plain.get("time"), str):
        return "time is no text"
    return "a text holds NUL" if b"\\u0000" in body and _holds_nul(plain) else None


def unsound_envelope(envelope: Envelope) -> str | None:
    """Why an envelope of the right shape is none of ours, or None."""
    if envelope.sequence > LAST_SEQUENCE:
        return "sequence is too high"
    if not _TYPE.fullmatch(envelope.type):
        return "type does not read kind.event.v1"
    if not _SUBJECT.fullmatch(envelope.subject):
        return "subject does not read kind/key"
    if not _AUTHORITY.fullmatch(envelope.authority):
        return "authority is no code of one"
    return _unsound_id(envelope) or _unsound_text(envelope) or _unsound_time(envelope.time)


def _unsound_id(envelope: Envelope) -> str | None:
    if not _is_uuid(envelope.id):
        return "id is no UUID"
    cause = envelope.causationid
    return None if cause is None or _is_uuid(cause) else "causationid is no UUID"


def _unsound_text(envelope: Envelope) -> str | None:
    """Attributes go into indexes, labels, log lines and terminals."""
    for name in (*_TEXTS, *_OPTIONAL_TEXTS):
        text = getattr(envelope, name)
        if text is None:
            continue
        if not (0 < len(text) <= LONGEST_TEXT and text.isprintable()):
            return f"{name} is no short line of text"
    return None


def _unsound_time(time: datetime) -> str | None:
    if time.tzinfo is None:
        return "time has no zone"
    return None if time.year in YEARS else "time is out of range"


def _is_uuid(text: str) -> bool:
    """Of the one spelling that we write, so that two texts are never the same id."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inside)


def _holds_nul(value: Any) -> bool:
    """PostgreSQL stores no such text."""
    if isinstance(value, dict):
        return any(_holds_nul(one) for one in (*value.keys(), *value.values()))
    if isinstance(value, list):
        return any(_holds_nul(one) for one in value)
    return isinstance(value, str) and "\0" in value
