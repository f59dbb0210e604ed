"""A channel of the embedded bus: the methods, events and errors of a py-amqp channel."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from amqp import Message as RawMessage
from amqp.exceptions import ChannelError, NotFound
from kombu.transport.base import StdChannel
from kombu.transport.pyamqp import Message as DecodedMessage

from shared.broker.embedded import declarations, leases, messages
from shared.broker.embedded.hub import Hub
from shared.broker.embedded.messages import Letter
from shared.broker.embedded.subscription import Callback, Subscription, raw_message
from shared.broker.wire import Declared

UNLIMITED_PREFETCH = 2**31


class Channel(StdChannel):
    """One thread's way into the bus; its methods are safe to call from other threads as well."""

    Message = DecodedMessage

    def __init__(self, connection: Any, hub: Hub, wake: threading.Event) -> None:
        self.auto_decode = False
        self.events: dict[str, set[Callable[..., None]]] = defaultdict(set)
        self.is_open = True
        self.connection = connection  # As in kombu: None once the channel is closed.
        self._hub = hub
        self._wake = wake
        self._store = hub.open()
        self._routes = declarations.Routes()
        self._lock = threading.RLock()
        self._subscriptions: dict[str, Subscription] = {}
        self._prefetch = UNLIMITED_PREFETCH
        self._confirms = False
        self._pending: list[tuple[RawMessage, Letter, bool]] = []
        self._published = 0

    def close(self) -> None:
        """End every consumer, give back what is unacknowledged, close the file."""
        with self._lock:
            if not self.is_open:
                return
            self.is_open, self.connection = False, None
            try:
                for tag in list(self._subscriptions):
                    self.basic_cancel(tag)
            finally:
                self._store.close()

    def exchange_declare(self, exchange: str, type: str = "direct", **_: object) -> None:
        """Declare an exchange; raises PreconditionFailed when it has another type."""
        with self._lock, self._store.writing() as db:
            declarations.declare_exchange(db, exchange, type)

    def exchange_delete(self, exchange: str, **_: object) -> None:
        """Delete an exchange with its bindings."""
        with self._lock, self._store.writing() as db:
            declarations.delete_exchange(db, exchange)

    def queue_declare(
        self,
        queue: str,
        passive: bool = False,
        arguments: declarations.Arguments | None = None,
        **_: object,
    ) -> Declared:
        """Declare or ask for a queue; raises NotFound or PreconditionFailed as RabbitMQ does."""
        with self._lock:
            if not passive:
                with self._store.writing() as db:
                    declarations.declare_queue(db, queue, arguments or {})
            db = self._store.reading
            ready = messages.count_ready(db, queue)
            return Declared(queue, ready, leases.count_consumers(db, queue))

    def held_messages(self) -> dict[str, int]:
        """How many messages of each queue consumers hold; AMQP has no such question."""
        with self._lock:
            return messages.count_held(self._store.reading)

    def queue_delete(self, queue: str, **_: object) -> None:
        """Delete a queue with its messages."""
        with self._lock, self._store.writing() as db:
            declarations.delete_queue(db, queue)

    def queue_bind(self, queue: str, exchange: str, routing_key: str = "", **_: object) -> None:
        """Bind a queue to an exchange; raises NotFound when either is missing."""
        with self._lock, self._store.writing() as db:
            declarations.bind(db, queue, exchange, routing_key)

    def queue_unbind(self, queue: str, exchange: str, routing_key: str = "", **_: object) -> None:
        """Take a binding away."""
        with self._lock, self._store.writing() as db:
            declarations.unbind(db, queue, exchange, routing_key)

    def queue_purge(self, queue: str, **_: object) -> int:
        """Remove every ready message of a queue; return how many."""
        with self._lock, self._store.writing() as db:
            return messages.purge(db, queue)

    def prepare_message(
        self,
        body: bytes,
        priority: int | None = None,
        content_type: str | None = None,
        content_encoding: str | None = None,
        headers: Mapping[str, Any] | None = None,
        properties: Mapping[str, Any] | None = None,
    ) -> RawMessage:
        """Build what ``basic_publish`` takes; the parameters are kombu's, in kombu's order."""
        given = {
            "priority": priority,
            "content_type": content_type,
            "content_encoding": content_encoding,
            **(properties or {}),
        }
        known = {name: value for name, value in given.items() if value is not None}
        return RawMessage(body, application_headers=dict(headers or {}), **known)

    def message_to_python(self, raw: RawMessage) -> DecodedMessage:
        """Wrap a raw message for kombu's own consumers."""
        return DecodedMessage(raw, channel=self)  # type: ignore[no-untyped-call]

    def confirm_select(self, **_: object) -> None:
        """Hold publishes back until the next drain, which commits all of them and confirms each."""
        self._confirms = True

    def basic_publish(
        self,
        msg: RawMessage,
        exchange: str = "",
        routing_key: str = "",
        mandatory: bool = False,
        **_: object,
    ) -> None:
        """Publish: at once on the disk, or with the next drain when confirms were asked for."""
        body = msg.body.encode() if isinstance(msg.body, str) else bytes(msg.body)
        letter = Letter(
            exchange=exchange, routing_key=routing_key, properties=msg.properties, body=body
        )
        with self._lock:
            self._pending.append((msg, letter, mandatory))
            if not self._confirms:
                self.flush()

    def flush(self) -> bool:
        """Write what was published in one transaction and wake its readers; False if none was."""
        with self._lock:
            pending, self._pending = self._pending, []
            if not pending:
                return False
            with self._store.writing() as db:
                reached = [messages.put(db, self._routes, letter) for _, letter, _ in pending]
            self._hub.wake({queue for queues in reached for queue in queues})
            for (msg, letter, mandatory), queues in zip(pending, reached, strict=True):
                self._confirm(msg, letter, unroutable=mandatory and not queues)
            return True

    def basic_qos(self, _size: int, prefetch_count: int, _global: bool = False) -> None:
        """Limit each consumer to that many unacknowledged messages; 0 means no limit of its own."""
        self._prefetch = prefetch_count or UNLIMITED_PREFETCH

    def basic_consume(
        self, queue: str, consumer_tag: str = "", callback: Callback | None = None, **_: object
    ) -> str:
        """Start a consumer; raises NotFound when the queue does not exist."""
        with self._lock:
            tag = consumer_tag or f"consumer {queue} {len(self._subscriptions)}"
            self._subscriptions[tag] = Subscription(self._hub, self._store, queue, callback)
            self._hub.watch(queue, self._wake)
            self._wake.set()
            return tag

    def basic_cancel(self, consumer_tag: str, **_: object) -> None:
        """End a consumer; what it did not acknowledge is ready again."""
        with self._lock:
            subscription = self._subscriptions.pop(consumer_tag, None)
            if subscription is not None:
                self._hub.unwatch(subscription.queue, self._wake)
                subscription.end()

    def basic_get(self, queue: str, **_: object) -> RawMessage | None:
        """Take one message without a consumer, or None; it goes back when the channel closes."""
        with self._lock:
            tag = f"get {queue}"
            if tag not in self._subscriptions:
                self._subscriptions[tag] = Subscription(self._hub, self._store, queue, None)
            taken = self._subscriptions[tag].take_one()
            return raw_message(taken, tag) if taken else None

    def basic_ack(self, delivery_tag: int, **_: object) -> None:
        """Acknowledge a message."""
        with self._lock:
            self._holder(delivery_tag).ack(delivery_tag)

    def basic_reject(self, delivery_tag: int, requeue: bool) -> None:
        """Give a message back to its own queue, or dead-letter it."""
        with self._lock:
            self._holder(delivery_tag).reject(delivery_tag, requeue=requeue)

    def deliver(self) -> bool:
        """Hand ready messages to this channel's consumers; False when there was none."""
        with self._lock:
            handed = [
                (subscription.callback, raw_message(taken, tag))
                for tag, subscription in self._subscriptions.items()
                if subscription.callback
                for taken in subscription.take(prefetch=self._prefetch)
            ]
        # Outside the lock: a callback may take long, and may use the channel itself.
        for callback, message in handed:
            message.channel = self
            callback(message)
        return bool(handed)

    def _holder(self, delivery_tag: int) -> Subscription:
        for subscription in self._subscriptions.values():
            if subscription.holds(delivery_tag):
                return subscription
        raise ChannelError(f"unknown delivery tag {delivery_tag}")

    def _confirm(self, msg: RawMessage, letter: Letter, *, unroutable: bool) -> None:
        if unroutable:
            error = NotFound("NO_ROUTE")
            if not self.events["basic_return"]:
                raise error
            for heard in self.events["basic_return"]:
                heard(error, letter.exchange, letter.routing_key, msg)
        if self._confirms:
            self._published += 1
            for heard in self.events["basic_ack"]:
                heard(self._published, False)
