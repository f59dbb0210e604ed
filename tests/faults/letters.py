"""Messages nobody should send: poison, and events of the log once more."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import stamina

from shared.broker.connection import BrokerUnavailable
from shared.broker.delivery import ORIGINAL_KEY
from shared.broker.log_reader import LogEntry, read_log
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.broker.topology import (
    EXCHANGE,
    SUBSCRIPTIONS,
    delay_queue_of,
    queue_of,
    routing_key,
)
from shared.ids import new_id
from shared.settings import PlatformSettings, load_settings

REPEATED = 30
LATE = 20
POISONED = ("review", "audit")
BROKEN = (b"\xff\x00{", b"[]")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The ids of the events that were sent, and the letters that must die: service and id."""

    ids: set[str]
    dead_letters: set[tuple[str, str]]


def poison(environ: Mapping[str, str], chance: random.Random) -> Sent:
    """Send bytes that are no event to two services, and two events to whom they concern."""
    platform = load_settings(PlatformSettings, environ=environ)
    prefix = platform.broker_prefix
    broken = [
        OutgoingMessage(
            id=str(new_id()), exchange="", routing_key=queue_of(service, prefix), body=body
        )
        for service in POISONED
        for body in BROKEN
    ]
    model = json.loads(chance.choice(_petitions(platform)).body)
    strange = [_as(model, "petition.exploded.v1"), _as(model, "petition.filed.v9")]
    events = [_message(event, prefix) for event in strange]
    _publish(platform.bus_url, [*broken, *events])
    subjects = {event["subject"].partition("/")[2] for event in strange}
    services = [service for service in POISONED for _ in BROKEN]
    return Sent(
        ids={event["id"] for event in strange} | subjects,
        dead_letters={(to, one.id) for to, one in zip(services, broken, strict=True)},
    )


def repeat(environ: Mapping[str, str], chance: random.Random) -> None:
    """Publish some events of the log once more, two copies each, in another order."""
    platform = load_settings(PlatformSettings, environ=environ)
    entries = log_of(platform)
    chosen = chance.sample(entries, min(REPEATED, len(entries))) * 2
    chance.shuffle(chosen)
    exchange = platform.broker_prefix + EXCHANGE
    _publish(
        platform.bus_url,
        [
            OutgoingMessage(
                id=one.id, exchange=exchange, routing_key=one.routing_key, body=one.body
            )
            for one in chosen
        ],
    )


def late(environ: Mapping[str, str], seconds: int) -> None:
    """Send copies of the log's first events to every service's delay queue of so many seconds."""
    platform = load_settings(PlatformSettings, environ=environ)
    prefix = platform.broker_prefix
    first = log_of(platform)[:LATE]
    _publish(
        platform.bus_url,
        [
            OutgoingMessage(
                id=one.id,
                exchange="",
                routing_key=delay_queue_of(service, seconds, prefix),
                body=one.body,
                headers={ORIGINAL_KEY: one.routing_key},
            )
            for one in first
            for service, kinds in SUBSCRIPTIONS.items()
            if kinds == ("#",) or one.routing_key.split(".")[0] in kinds
        ],
    )


def log_of(platform: PlatformSettings) -> list[LogEntry]:
    """The whole log; asked again while a restarted broker still opens its stream."""
    for attempt in stamina.retry_context(on=BrokerUnavailable, attempts=20, wait_max=1.0):
        with attempt:
            return list(read_log(platform.bus_url, prefix=platform.broker_prefix))
    raise AssertionError("the last attempt returns or raises")


def _petitions(platform: PlatformSettings) -> list[LogEntry]:
    return [one for one in log_of(platform) if one.routing_key.startswith("petition.filed.")]


def _as(model: dict[str, Any], type_: str) -> dict[str, Any]:
    """Another petition's first event, of a type this program does not know."""
    return {
        **model,
        "id": str(new_id()),
        "subject": f"petition/{new_id()}",
        "sequence": "1",
        "type": type_,
    }


def _message(event: dict[str, Any], prefix: str) -> OutgoingMessage:
    return OutgoingMessage(
        id=event["id"],
        exchange=prefix + EXCHANGE,
        routing_key=routing_key(event["type"], event["subject"]),
        body=json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode(),
    )


def _publish(url: str, messages: list[OutgoingMessage]) -> None:
    publisher = Publisher(url)
    assert not publisher.publish(messages).refused
    publisher.close()
