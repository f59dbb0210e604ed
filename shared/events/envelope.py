"""The CloudEvents 1.0 envelope that every event travels in.

https://github.com/cloudevents/spec (v1.0.2): flat attributes, ``application/cloudevents+json``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

import msgspec

from shared.converting import convert
from shared.events.canonical import MAX_EVENT_BYTES, canonical_bytes, to_plain
from shared.events.catalogue import EACH, EVENTS, OWNERS, Event, Snapshot, version_of
from shared.events.soundness import unsound_bytes, unsound_envelope, unsound_plain
from shared.events.upcasters import upcast

CONTENT_TYPE = "application/cloudevents+json"


class Undecodable(ValueError):
    """The bytes are not an envelope of ours."""


class UnknownType(ValueError):
    """The envelope is sound but its type or version is not known to this program."""


@dataclass(frozen=True, kw_only=True)
class Data:
    """The ``data`` of every event: the step taken, what was said, and the state after it."""

    workflow: str
    trigger: str
    from_: str
    to: str
    acted_on: date
    corrects: str | None
    what: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One event with its attributes; ``time`` is when it was recorded (aware UTC)."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    sequence: int
    authority: str
    correlationid: str
    causationid: str | None
    actorid: str
    actorrole: str
    onbehalfof: str | None
    traceparent: str | None
    data: Data

    @property
    def kind(self) -> str:
        """The kind of the subject."""
        return self.subject.split("/", 1)[0]

    @property
    def key(self) -> str:
        """The subject's id (or an authority's code)."""
        return self.subject.split("/", 1)[1]


_UNREADABLE = (
    msgspec.MsgspecError,
    KeyError,
    TypeError,
    AttributeError,
    # Text that is no UTF-8, and what lies so deep that reading it ends.
    UnicodeDecodeError,
    RecursionError,
)

W = TypeVar("W", bound=Event)
S = TypeVar("S", bound=Snapshot)


@dataclass(frozen=True, kw_only=True)
class Received(Generic[W, S]):
    """An event as a handler gets it: the envelope, and what it says in its declared classes."""

    envelope: Envelope
    what: W
    after: S

    @property
    def key(self) -> str:
        """The subject's id (or an authority's code)."""
        return self.envelope.key

    @property
    def acted_on(self) -> date:
        """The civil date of the act in the authority's zone."""
        return self.envelope.data.acted_on


def owner_of(envelope: Envelope) -> str | None:
    """The service whose subject an event is about; None for a kind that nobody owns here."""
    owner = OWNERS.get(envelope.kind)
    return envelope.source.lstrip("/") if owner == EACH else owner


def encode(envelope: Envelope) -> bytes:
    """The canonical bytes of an envelope; raises ``ValueError`` above 64 KiB."""
    plain = to_plain(envelope)
    data = plain.pop("data")
    data["from"] = data.pop("from_")
    attributes = {key: value for key, value in plain.items() if value is not None}
    attributes |= {
        "specversion": "1.0",
        "time": instant_text(envelope.time),
        "sequence": str(envelope.sequence),
        "datacontenttype": "application/json",
        "dataschema": f"urn:arida:schema:{envelope.type}",
        "data": data,
    }
    body = canonical_bytes(attributes)
    if len(body) > MAX_EVENT_BYTES:
        raise ValueError(f"{envelope.type} has {len(body)} bytes, more than {MAX_EVENT_BYTES}")
    return body


def decode(body: bytes) -> Envelope:
    """Read an envelope from its bytes; raises ``Undecodable`` for all that no service writes."""
    _refuse(unsound_bytes(body))
    try:
        plain = msgspec.json.decode(body, type=dict[str, Any])
        _refuse(unsound_plain(plain, body))
        envelope = _shaped(plain)
    except _UNREADABLE as error:
        raise Undecodable(str(error)) from error
    _refuse(unsound_envelope(envelope))
    return envelope


def _shaped(plain: dict[str, Any]) -> Envelope:
    if plain.get("specversion") != "1.0":
        raise Undecodable("specversion is not 1.0")
    plain["data"]["from_"] = plain["data"].pop("from")
    absent = dict.fromkeys(("causationid", "onbehalfof", "traceparent"))
    return convert({**absent, **plain}, Envelope, strict=False)


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise Undecodable(reason)


def understand(envelope: Envelope) -> Received[Any, Any]:
    """Turn an envelope into its declared classes, upcast if old; raises ``UnknownType``."""
    type_, what, after = upcast(envelope.type, envelope.data.what, envelope.data.after)
    declared = EVENTS.get(type_)
    if declared is None:
        raise UnknownType(
            f"{envelope.type} (version {version_of(envelope.type)}) is not known here"
        )
    try:
        return Received(
            envelope=envelope,
            what=convert(what, declared),
            after=convert(after, declared.AFTER),
        )
    except msgspec.ValidationError as error:
        raise Undecodable(f"{envelope.type}: {error}") from error


def instant_text(instant: datetime) -> str:
    """RFC 3339 in UTC with microseconds and Z, always of the same length."""
    return f"{instant.astimezone(UTC).isoformat(timespec='microseconds')[:-6]}Z"
