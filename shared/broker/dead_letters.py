"""The dead letters of one service: looked at without taking them away, sent back, or removed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.delivery import (
    ATTEMPTS,
    BROKERS_OWN,
    REASON,
    Delivery,
    own_headers,
    read_delivery,
)
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.broker.topology import dead_queue_of, queue_of
from shared.broker.wire import WireChannel, WireConnection

MOST = 1000
"""So many are held for one decision or one page; what lies behind them is counted."""

DEATH_REASON = "x-first-death-reason"
DEATHS = ("x-first-death", "x-last-death")
PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
"""What can be typed, printed and stand in an address. Anybody may have given a message its id."""


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """One message nobody could handle; ``tag`` names it only while it is held.

    ``id`` is the message's own where that is plain and no other message here has it, else its
    content's. Copies have one id.
    """

    id: str
    reason: str
    delivery: Delivery
    tag: int


class HeldLetters:
    """The letters of a dead-letter queue, held back from everyone else until the block ends.

    ``beyond`` is how many more messages lie behind those that are held.
    """

    def __init__(
        self, channel: WireChannel, publisher: Publisher, queue: str, letters: Sequence[DeadLetter]
    ) -> None:
        self.beyond = 0
        self._copies: dict[str, list[DeadLetter]] = {}
        for letter in letters:
            self._copies.setdefault(letter.id, []).append(letter)
        self._channel = channel
        self._publisher = publisher
        self._queue = queue

    @property
    def letters(self) -> list[DeadLetter]:
        """One of each, in the order in which they lie."""
        return [copies[0] for copies in self._copies.values()]

    def send_back(self, letter_ids: Iterable[str]) -> None:
        """Put letters at the end of their service's queue, as if they had never been tried.

        Raises BrokerUnavailable when the queue does not take one; that is a dead letter still.
        """
        wanted = [id_ for id_ in dict.fromkeys(letter_ids) if id_ in self._copies]
        deliveries = [self._copies[id_][0].delivery for id_ in wanted]
        for id_, reason in zip(
            wanted, hand_over(self._publisher, self._queue, deliveries), strict=True
        ):
            if reason is not None:
                raise BrokerUnavailable(reason)
            self.remove(id_)

    def remove(self, letter_id: str) -> None:
        """Take a letter, and every copy of it, off the queue for good."""
        for letter in self._copies.pop(letter_id, ()):
            self._channel.basic_ack(letter.tag)


@contextmanager
def dead_letters(
    broker_url: str, service: str, prefix: str = "", *, most: int = MOST
) -> Iterator[HeldLetters]:
    """Hold the dead letters of a service, so many at most; what is left of them goes back.

    Raises BrokerUnavailable when the bus cannot be reached or has no such queue.
    """
    connection = connect(broker_url)
    publisher = Publisher(broker_url)
    try:
        channel = connection.channel()
        channel.auto_decode = False
        queue = dead_queue_of(service, prefix)
        ready = channel.queue_declare(queue, passive=True).message_count
        letters = _named(list(_taken(channel, queue, most)))
        held = HeldLetters(channel, publisher, queue_of(service, prefix), letters)
        held.beyond = max(0, ready - len(letters))
        yield held
    except _errors_of(connection) as error:
        raise BrokerUnavailable(f"the dead letters cannot be read: {error}") from error
    finally:
        publisher.close()
        connection.release()


def hand_over(publisher: Publisher, queue: str, deliveries: Sequence[Delivery]) -> list[str | None]:
    """Give a service's queue messages as new; returns why it refuses each, None where it took it.

    Messages of one id are told apart by nothing on the bus, so each of those goes by itself.
    """
    reasons: list[str | None] = []
    for batch in _of_different_ids(deliveries):
        messages = [_as_new(queue, delivery) for delivery in batch]
        refused = publisher.publish(messages).refused
        reasons += [refused.get(message.id) for message in messages]
    return reasons


def _of_different_ids(deliveries: Sequence[Delivery]) -> Iterator[list[Delivery]]:
    batch: dict[str, Delivery] = {}
    for delivery in deliveries:
        if delivery.message_id in batch:
            yield list(batch.values())
            batch = {}
        batch[delivery.message_id] = delivery
    if batch:
        yield list(batch.values())


def _as_new(queue: str, delivery: Delivery) -> OutgoingMessage:
    deaths = {name for name in delivery.headers if str(name).startswith(DEATHS)}
    headers = own_headers(delivery, but={*BROKERS_OWN, ATTEMPTS, REASON, *deaths})
    return OutgoingMessage(
        id=delivery.message_id, exchange="", routing_key=queue, body=delivery.body, headers=headers
    )


def content_id(body: bytes) -> str:
    """The name of a message by its content."""
    return f"sha256-{sha256(body).hexdigest()[:32]}"


def _taken(channel: WireChannel, queue: str, most: int) -> Iterator[tuple[Delivery, int]]:
    for _ in range(most):
        message = channel.basic_get(queue)
        if message is None:
            return
        yield read_delivery(message), message.delivery_info["delivery_tag"]


def _named(taken: Sequence[tuple[Delivery, int]]) -> list[DeadLetter]:
    bodies: defaultdict[str, set[bytes]] = defaultdict(set)
    for delivery, _ in taken:
        bodies[delivery.message_id].add(delivery.body)
    return [
        DeadLetter(
            id=_id_of(delivery, is_only=len(bodies[delivery.message_id]) == 1),
            reason=str(delivery.headers.get(REASON) or delivery.headers.get(DEATH_REASON) or ""),
            delivery=delivery,
            tag=tag,
        )
        for delivery, tag in taken
    ]


def _id_of(delivery: Delivery, *, is_only: bool) -> str:
    own = delivery.message_id
    return own if is_only and PLAIN_ID.fullmatch(own) else content_id(delivery.body)


def _errors_of(connection: WireConnection) -> tuple[type[Exception], ...]:
    return (*connection.connection_errors, *connection.channel_errors)
