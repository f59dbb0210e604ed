"""Every event type and every state schema, registered where it is declared.

The decorators are the only place a type string is written; everything else names the class.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, dataclass_transform

EACH = "each"
"""Every service owns what is its own of a kind; the event's source says whose it is."""

OWNERS: dict[str, str] = {
    "authority": "identity",
    "account": "identity",
    "membership": "identity",
    "erasure": "identity",
    "petition": "intake",
    "redaction": "intake",
    "mandate": "review",
    "committee": "review",
    "session": "review",
    "sitting": "review",
    "item": "review",
    "decision": "review",
    "case": "review",
    "consultation": "review",
    "document": "review",
    "body": "opinions",
    "opinion": "opinions",
    "notice": "notifications",
    "bounce": "notifications",
    "checkpoint": "audit",
    "divergence": "audit",
    "letter": EACH,
}
"""Which service owns a kind of subject, and so alone emits its events."""

_TYPE = re.compile(r"^(?P<kind>[a-z]+)\.(?P<name>[a-z_]+)\.v(?P<version>[1-9][0-9]*)$")


class Snapshot:
    """A subject's state after an event; each kind has one, named ``<kind>.state.v1``."""

    SCHEMA: ClassVar[str]


class Event:
    """What happened to one subject; its fields become ``data.what``."""

    TYPE: ClassVar[str]
    AFTER: ClassVar[type[Snapshot]]


EVENTS: dict[str, type[Event]] = {}
SNAPSHOTS: dict[str, type[Snapshot]] = {}

E = TypeVar("E", bound=type)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def snapshot(schema: str) -> Callable[[E], E]:
    """Declare the state schema of a kind, for example ``case.state.v1``."""

    def declare(cls: E) -> E:
        made: Any = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
        made.SCHEMA = schema
        SNAPSHOTS[schema] = made
        return made  # type: ignore[no-any-return]

    return declare


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(type_: str, *, after: type[Snapshot]) -> Callable[[E], E]:
    """Declare an event type, for example ``petition.filed.v1``, and the snapshot it carries."""
    match = _TYPE.match(type_)
    if match is None or match["kind"] not in OWNERS:
        raise ValueError(f"{type_} is not <owned kind>.<past tense>.v<n>")

    def declare(cls: E) -> E:
        made: Any = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
        made.TYPE, made.AFTER = type_, after
        if type_ in EVENTS:
            raise ValueError(f"{type_} is declared twice")
        EVENTS[type_] = made
        return made  # type: ignore[no-any-return]

    return declare


def kinds_of(service: str) -> frozenset[str]:
    """The kinds whose events a service emits."""
    return frozenset(kind for kind, owner in OWNERS.items() if owner in {service, EACH})


def kind_of(type_: str) -> str:
    """The kind that an event type or a subject begins with."""
    return type_.replace("/", ".").split(".", 1)[0]


def version_of(type_: str) -> int:
    """The version at the end of an event type."""
    return int(type_.rsplit(".v", 1)[1])
