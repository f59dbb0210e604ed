"""What a consumer is handed, and the four things it may answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from shared.broker.publisher import OutgoingMessage
from shared.broker.topology import dead_queue_of, delay_queue_of
from shared.broker.wire import WireMessage

ATTEMPTS = "x-attempts"
REASON = "x-reason"
FIRST_QUEUE = "x-first-queue"
ORIGINAL_KEY = "x-original-routing-key"

MOST_COUNTED = 10**9
"""No count of ours comes near it, and one more can still be written into a header."""

# The broker writes these anew with every delivery; a copy that carried them would count double.
BROKERS_OWN = frozenset({"x-delivery-count", "x-death"})


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message as it came: the body is raw bytes, whatever they hold.

    ``deliveries`` is how often the queue handed this copy out before, ``attempts`` how often it was
    put off by ``Delay``, and ``routing_key`` the key it was first published with.
    """

    body: bytes
    headers: Mapping[str, Any]
    message_id: str
    deliveries: int
    attempts: int
    routing_key: str


@dataclass(frozen=True)
class Ack:
    """The message is dealt with."""


@dataclass(frozen=True)
class Delay:
    """Hand the message out again after at least ``seconds`` (600 at most), as a copy."""

    seconds: float
    reason: str


@dataclass(frozen=True)
class Dead:
    """The message can never be dealt with; a person has to look at it."""

    reason: str


@dataclass(frozen=True)
class Hold:
    """What every message needs is away: keep this one in hand and ask again when ``is_ready``."""

    is_ready: Callable[[], bool]


Outcome = Ack | Delay | Dead | Hold
ACK = Ack()


def read_delivery(message: WireMessage) -> Delivery:
    """Read a wire message without decoding its body."""
    headers: Mapping[str, Any] = message.properties.get("application_headers") or {}
    return Delivery(
        body=message.body.encode() if isinstance(message.body, str) else message.body,
        headers=headers,
        message_id=str(message.properties.get("message_id") or ""),
        deliveries=_count(headers, "x-delivery-count"),
        attempts=_count(headers, ATTEMPTS),
        routing_key=str(headers.get(ORIGINAL_KEY) or message.delivery_info["routing_key"]),
    )


def copy_for(outcome: Delay | Dead, delivery: Delivery, queue: str) -> OutgoingMessage:
    """Return the copy that goes to the delay or dead-letter queue beside the queue it came from."""
    owner = queue.removesuffix(".events")
    if isinstance(outcome, Delay):
        target = delay_queue_of(owner, outcome.seconds)
    else:
        target = dead_queue_of(owner)
    kept = own_headers(delivery, but=BROKERS_OWN)
    headers = {
        **kept,
        ATTEMPTS: delivery.attempts + 1,
        REASON: outcome.reason,
        FIRST_QUEUE: str(delivery.headers.get(FIRST_QUEUE, queue)),
        ORIGINAL_KEY: delivery.routing_key,
    }
    return OutgoingMessage(
        id=delivery.message_id, exchange="", routing_key=target, body=delivery.body, headers=headers
    )


def own_headers(delivery: Delivery, *, but: Collection[str]) -> dict[str, str | int]:
    """The headers that a copy takes along: texts and numbers, as we write them.

    Another client may have written what cannot be written again as it was read.
    """
    read: Mapping[Any, Any] = delivery.headers
    return {
        name: value
        for name, value in read.items()
        if name not in but and isinstance(name, str) and _fits(value)
    }


def _fits(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and abs(value) <= MOST_COUNTED)


def _count(headers: Mapping[str, Any], name: str) -> int:
    # Anybody may have set the header; what is no number counts as none.
    value = headers.get(name, 0)
    return max(0, min(value, MOST_COUNTED)) if isinstance(value, int) else 0
