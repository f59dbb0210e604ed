"""One AsyncAPI 3.0 document: the exchange, every event on it, and who receives which kinds."""

from __future__ import annotations

from collections.abc import Mapping

from shared.broker.topology import EXCHANGE, SUBSCRIPTIONS, queue_of
from shared.events import all as _whole_catalogue  # noqa: F401 - registers every event
from shared.events.catalogue import EACH, EVENTS, OWNERS, kind_of
from shared.generate.text import BY, pretty


def asyncapi_files() -> dict[str, str]:
    """The document as JSON."""
    channels = {
        kind: {
            "address": f"{kind}.{{event}}.{{slot}}",
            "description": _described(kind, owner),
            "parameters": {
                "event": {"description": "Name of the event, in the past tense."},
                "slot": {"description": "CRC-32 of the subject mod 16, two digits."},
            },
            "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in _of(kind)},
            "bindings": {
                "amqp": {"is": "routingKey", "exchange": {"name": EXCHANGE, "type": "topic"}}
            },
        }
        for kind, owner in sorted(OWNERS.items())
        if _of(kind)
    }
    return {
        "docs/contracts/asyncapi.json": pretty(
            {
                "asyncapi": "3.0.0",
                "info": {"title": "Arida events", "version": "1", "description": BY},
                "defaultContentType": "application/cloudevents+json",
                "channels": channels,
                "operations": _operations(channels),
                "components": {"messages": _messages()},
            }
        )
    }


def _described(kind: str, owner: str) -> str:
    by = "by every service of its own subjects" if owner == EACH else f"by {owner} alone"
    return f"Events of the kind {kind}, emitted {by}."


def _senders(kind: str) -> list[str]:
    owner = OWNERS[kind]
    return sorted(SUBSCRIPTIONS) if owner == EACH else [owner]


def _of(kind: str) -> list[str]:
    return sorted(type_ for type_ in EVENTS if kind_of(type_) == kind)


def _messages() -> dict[str, object]:
    return {
        type_: {
            "name": type_,
            "summary": (declared.__doc__ or "").strip().split("\n")[0],
            "payload": {"$ref": f"events/{type_}.json"},
        }
        for type_, declared in sorted(EVENTS.items())
    }


def _operations(channels: Mapping[str, object]) -> dict[str, object]:
    operations: dict[str, object] = {
        f"{sender}-sends-{kind}": {
            "action": "send",
            "channel": {"$ref": f"#/channels/{kind}"},
        }
        for kind in channels
        for sender in _senders(kind)
    }
    for service, kinds in SUBSCRIPTIONS.items():
        for kind in sorted(channels) if "#" in kinds else kinds:
            if kind in channels:
                operations[f"{service}-receives-{kind}"] = {
                    "action": "receive",
                    "channel": {"$ref": f"#/channels/{kind}"},
                    "bindings": {"amqp": {"queue": queue_of(service)}},
                }
    return operations
