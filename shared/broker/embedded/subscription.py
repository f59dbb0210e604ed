"""One consumer of the embedded bus: the messages it holds, and what it does with each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amqp import Message as RawMessage
from amqp.exceptions import RecoverableConnectionError

from shared import clock
from shared.broker.embedded import leases, messages
from shared.broker.embedded.declarations import Routes
from shared.broker.embedded.hub import Hub
from shared.broker.embedded.messages import Taken
from shared.broker.embedded.store import Store

ACK_DELAY_SECONDS = 0.05  # Acknowledgements of a quick run share a commit, this long at most.
LARGEST_TAKE = 500  # Messages in one transaction, for a consumer without a limit of its own.

Callback = Callable[[RawMessage], object]


class Subscription:
    """A consumer with its lease; without a callback a single reader that takes on request."""

    def __init__(self, hub: Hub, store: Store, queue: str, callback: Callback | None) -> None:
        self.queue = queue
        self.callback = callback
        self._hub = hub
        self._store = store
        self._routes = Routes()
        self._unacked: set[int] = set()
        self._acked: list[int] = []
        self._flushed_at = 0.0
        with store.writing() as db:
            self._lease = leases.register(
                db, queue, consumes=callback is not None, seconds=hub.lease_seconds
            )
        hub.keep(self._lease)

    def holds(self, delivery_tag: int) -> bool:
        """Tell whether that message was taken here and not answered yet."""
        return delivery_tag in self._unacked

    def take(self, *, prefetch: int) -> list[Taken]:
        """Take what is ready, to hold at most ``prefetch``; nothing while another is active.

        Raises RecoverableConnectionError when the lease ran out, so that the owner connects anew.
        """
        active = leases.state(self._store.reading, self._lease)
        if active is None:
            raise RecoverableConnectionError(f"the consumer of {self.queue} was given up")
        room = prefetch - len(self._unacked)
        if not active or room <= 0 or not messages.is_ready(self._store.reading, self.queue):
            return []
        most = min(room, LARGEST_TAKE)
        with self._store.writing() as db:
            taken = messages.take(db, self._routes, queue=self.queue, lease=self._lease, most=most)
        self._unacked |= {message.id for message in taken}
        self._flushed_at = clock.monotonic()
        return taken

    def take_one(self) -> Taken | None:
        """Take one message more, if there is one."""
        taken = self.take(prefetch=len(self._unacked) + 1)
        return taken[0] if taken else None

    def ack(self, delivery_tag: int) -> None:
        """Remove the message: at once, or within 50 ms while more of the same batch is at work."""
        self._unacked.discard(delivery_tag)
        self._acked.append(delivery_tag)
        waited = clock.monotonic() - self._flushed_at
        if not self._unacked or waited > ACK_DELAY_SECONDS:
            self._flush()

    def reject(self, delivery_tag: int, *, requeue: bool) -> None:
        """Give the message back to this queue, or dead-letter it."""
        self._unacked.discard(delivery_tag)
        changed = [self.queue]
        with self._store.writing() as db:
            if requeue:
                messages.give_back(db, self._lease, delivery_tag)
            else:
                changed += messages.drop(db, self._routes, lease=self._lease, id_=delivery_tag)
        self._hub.wake(changed)

    def end(self) -> None:
        """End the consumer: what it holds is ready again and the next in line takes over."""
        self._hub.let_go(self._lease)
        with self._store.writing() as db:
            messages.finish(db, self._lease, self._acked)
            leases.end(db, self._lease)
        self._hub.wake([self.queue])

    def _flush(self) -> None:
        acked, self._acked = self._acked, []
        self._flushed_at = clock.monotonic()
        with self._store.writing() as db:
            held = messages.finish(db, self._lease, acked)
        if held < len(acked):
            raise RecoverableConnectionError(f"messages of {self.queue} went to another consumer")


def raw_message(taken: Taken, consumer_tag: str) -> RawMessage:
    """Return a taken message as py-amqp would hand it out."""
    properties: dict[str, Any] = {**taken.letter.properties}
    headers = {**(properties.pop("application_headers", None) or {})}
    if taken.deliveries > 1:
        headers["x-delivery-count"] = taken.deliveries - 1
    message = RawMessage(taken.letter.body, application_headers=headers, **properties)
    message.delivery_info = {
        "consumer_tag": consumer_tag,
        "delivery_tag": taken.id,
        "redelivered": taken.deliveries > 1,
        "exchange": taken.letter.exchange,
        "routing_key": taken.letter.routing_key,
    }
    return message
