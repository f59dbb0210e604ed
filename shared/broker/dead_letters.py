"""The dead letters of one service: looked at without taking them away, sent back, or removed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    """The letters of a dead-letter queue, held back from everyone else until the block ends."""

    def __init__(
        self, channel: WireChannel, publisher: Publisher, queue: str, letters: list[DeadLetter]
    ) -> None:
        self.letters = letters
        self._channel = channel
        self._publisher = publisher
        self._queue = queue

    def find(self, letter_id: str) -> DeadLetter | None:
        """The letter of this id, if there is one."""
        return next((letter for letter in self.letters if letter.id == letter_id), None)

    def send_back(self, letter_id: str) -> None:
        """Put a letter at the end of its service's queue, as if it had never been tried.

        Raises BrokerUnavailable when the queue does not take it; it is a dead letter still.
        """
        letter = self.find(letter_id)
        if letter is not None:
            hand_over(self._publisher, self._queue, letter.delivery)
            self.remove(letter_id)

    def remove(self, letter_id: str) -> None:
        """Take a letter, and every copy of it, off the queue for good."""
        for letter in [one for one in self.letters if one.id == letter_id]:
            self._channel.basic_ack(letter.tag)
            self.letters.remove(letter)


@contextmanager
def dead_letters(broker_url: str, service: str, prefix: str = "") -> Iterator[HeldLetters]:
    """Hold the dead letters of a service, a thousand at most; what is left of them goes back.

    Raises BrokerUnavailable when the bus cannot be reached or has no such queue.
    """
    connection = connect(broker_url)
    publisher = Publisher(broker_url)
    try:
        channel = connection.channel()
        channel.auto_decode = False
        letters = _named(list(_taken(channel, dead_queue_of(service, prefix))))
        yield HeldLetters(channel, publisher, queue_of(service, prefix), letters)
    except _errors_of(connection) as error:
        raise BrokerUnavailable(f"the dead letters cannot be read: {error}") from error
    finally:
        publisher.close()
        connection.release()


def hand_over(publisher: Publisher, queue: str, delivery: Delivery) -> None:
    """Give a service's queue one message as new; raises BrokerUnavailable when it is refused."""
    deaths = {name for name in delivery.headers if str(name).startswith(DEATHS)}
    headers = own_headers(delivery, but={*BROKERS_OWN, ATTEMPTS, REASON, *deaths})
    message = OutgoingMessage(
        id=delivery.message_id, exchange="", routing_key=queue, body=delivery.body, headers=headers
    )
    refused = publisher.publish([message]).refused
    if refused:
        raise BrokerUnavailable(refused[message.id])


def content_id(body: bytes) -> str:
    """The name of a message by its content."""
    return f"sha256-{sha256(body).hexdigest()[:32]}"


def _taken(channel: WireChannel, queue: str) -> Iterator[tuple[Delivery, int]]:
    for _ in range(MOST):
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
