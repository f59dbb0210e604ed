"""What the bus asks of a connection: the surface both kombu transports have, with types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol


class Declared(NamedTuple):
    """The answer to a queue declaration: its name, ready messages and consumers."""

    queue: str
    message_count: int
    consumer_count: int


class WireMessage(Protocol):
    """A message as it came off the wire; nothing of it has been decoded."""

    body: bytes | str  # py-amqp gives an empty body as an empty string.
    properties: Mapping[str, Any]
    delivery_info: Mapping[str, Any]


class WireChannel(Protocol):
    """An AMQP 0-9-1 channel, or the embedded transport's counterpart with the same methods."""

    auto_decode: bool
    events: Mapping[str, set[Callable[..., None]]]

    def close(self) -> None:
        """Close; what is unacknowledged goes back to its queue."""

    def exchange_declare(self, exchange: str, type: str, **options: object) -> object:
        """Declare an exchange; raises a channel error when it exists otherwise."""

    def exchange_delete(self, exchange: str) -> object:
        """Delete an exchange and its bindings."""

    def queue_declare(self, queue: str, **options: object) -> Declared:
        """Declare a queue, or with ``passive`` only ask for it."""

    def held_messages(self) -> Mapping[str, int]:
        """What consumers hold, by queue; of the embedded transport only."""

    def queue_delete(self, queue: str) -> object:
        """Delete a queue with what is in it."""

    def queue_bind(self, queue: str, exchange: str, routing_key: str) -> object:
        """Send what matches the key from the exchange to the queue."""

    def queue_purge(self, queue: str) -> int:
        """Remove every ready message and return how many there were."""

    def confirm_select(self) -> object:
        """Ask for a confirm of every publish from here on."""

    def prepare_message(self, body: bytes, **parts: object) -> object:
        """Build what ``basic_publish`` takes."""

    def basic_publish(self, msg: object, **route: object) -> object:
        """Send one message."""

    def basic_qos(self, prefetch_size: int, prefetch_count: int, a_global: bool) -> object:
        """Limit the unacknowledged messages of each consumer."""

    def basic_consume(self, queue: str, **options: object) -> object:
        """Start a consumer."""

    def basic_cancel(self, consumer_tag: str) -> object:
        """End a consumer."""

    def basic_get(self, queue: str) -> WireMessage | None:
        """Take one message without a consumer; the embedded one and py-amqp answer alike."""

    def basic_ack(self, delivery_tag: int) -> object:
        """Take a message off its queue for good."""

    def basic_reject(self, delivery_tag: int, requeue: bool) -> object:
        """Give a message back to its queue, or hand it to the dead letters."""


class WireConnection(Protocol):
    """A kombu connection to either transport."""

    connected: bool
    supports_heartbeats: bool
    connection: Any  # The transport's own connection underneath.
    connection_errors: tuple[type[Exception], ...]
    channel_errors: tuple[type[Exception], ...]

    def ensure_connection(self, **options: object) -> object:
        """Connect unless connected."""

    def channel(self) -> WireChannel:
        """Open a channel."""

    def drain_events(self, *, timeout: float) -> object:
        """Handle the next events; raises TimeoutError when none came in that many seconds."""

    def heartbeat_check(self) -> object:
        """Send a heartbeat when one is due and raise when the peer has been silent too long."""

    def release(self) -> None:
        """Close."""
