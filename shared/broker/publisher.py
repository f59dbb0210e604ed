"""Publishes in batches and answers for each message: confirmed, or refused and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from shared import clock
from shared.broker.connection import BrokerUnavailable, connect, is_embedded
from shared.broker.greeting import greet
from shared.broker.topology import EXCHANGE
from shared.broker.wire import WireChannel, WireConnection
from shared.failpoints import reach

CONTENT_TYPE = "application/cloudevents+json"
PERSISTENT = 2  # AMQP's delivery mode for messages that outlive the broker's restart.
CONFIRM_SECONDS = 15.0


@dataclass(frozen=True, kw_only=True)
class OutgoingMessage:
    """One message to publish; ``id`` is the event's id and names it in the result."""

    id: str
    routing_key: str
    body: bytes
    exchange: str = EXCHANGE
    headers: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PublishResult:
    """What became of a batch; every id of it is in exactly one of the two."""

    confirmed: tuple[str, ...]
    refused: Mapping[str, str]


class _Batch:
    """The confirms of one batch as they come in; tags count up from the channel's first publish."""

    def __init__(self, ids: Sequence[str], first_tag: int) -> None:
        self._unsettled = {first_tag + at: id_ for at, id_ in enumerate(ids)}
        self._ids = ids
        self.refused: dict[str, str] = {}
        self.was_nacked = False

    @property
    def is_settled(self) -> bool:
        return not self._unsettled

    @property
    def unsettled(self) -> int:
        return len(self._unsettled)

    def on_ack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple)

    def on_nack(self, tag: int, multiple: bool) -> None:
        self.was_nacked = True
        for id_ in self._settle(tag, multiple):
            self.refused.setdefault(id_, "the broker could not store it")

    def on_return(self, _error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        # A returned message is acknowledged afterwards all the same, so only this tells.
        reason = f"no queue takes {routing_key} from {exchange or 'the default exchange'}"
        self.refused[message.properties["message_id"]] = reason

    def result(self) -> PublishResult:
        confirmed = tuple(id_ for id_ in self._ids if id_ not in self.refused)
        return PublishResult(confirmed=confirmed, refused=self.refused)

    def _settle(self, tag: int, multiple: bool) -> list[str]:
        # Tags stand in their order, so those up to one are the first ones.
        tags = [*takewhile(lambda one: one <= tag, self._unsettled)] if multiple else [tag]
        return [self._unsettled.pop(one) for one in tags if one in self._unsettled]


class _ConnectionLost(BrokerUnavailable):
    """The connection broke under a batch."""


class Publisher:
    """Publishes over one connection, opened with the first batch; for one thread at a time.

    ``log`` is the stream that everything goes to as well: a new connection is not used before that
    has shown that it keeps what it is sent.
    """

    def __init__(
        self, broker_url: str, *, confirm_seconds: float = CONFIRM_SECONDS, log: str = ""
    ) -> None:
        self._broker_url = broker_url
        self._log = "" if is_embedded(broker_url) else log
        self._confirm_seconds = confirm_seconds
        self._connection: WireConnection | None = None
        self._channel: WireChannel | None = None
        self._published = 0

    def publish(self, messages: Sequence[OutgoingMessage]) -> PublishResult:
        """Publish a batch, wait until every message is settled and say what became of each.

        A refused message reached no queue or was not stored. Raises BrokerUnavailable when the
        connection breaks or a confirm does not come in time: then nothing is known of the batch,
        and it has to be published again.
        """
        if not messages:
            return PublishResult(confirmed=(), refused={})
        was_open = self._connection is not None
        try:
            return self._publish(messages)
        except _ConnectionLost:
            # A connection may have died while it was idle; a second one tells whether the broker
            # is away. Publishing twice is harmless, consumers know an event by its id.
            if not was_open:
                raise
            return self._publish(messages)

    def close(self) -> None:
        """Throw channel and connection away; the next batch opens new ones."""
        connection, self._connection, self._channel = self._connection, None, None
        self._published = 0
        if connection is not None:
            connection.release()

    def _open(self) -> tuple[WireConnection, WireChannel]:
        connection = self._connection
        if connection is None or self._channel is None:
            # No heartbeats: nobody reads an idle publisher, and confirms have their own limit.
            connection = connect(self._broker_url, heartbeat=0)
            try:
                self._channel = connection.channel()
                self._channel.confirm_select()
            except (*connection.connection_errors, *connection.channel_errors) as error:
                connection.release()
                raise BrokerUnavailable(f"no channel for publishing: {error}") from error
            self._connection = connection
            if self._log:
                self._greet(connection, self._channel)
        return connection, self._channel

    def _greet(self, connection: WireConnection, channel: WireChannel) -> None:
        def publish(mark: bytes) -> None:
            empty = OutgoingMessage(id="", routing_key=self._log, body=mark, exchange="")
            if self._deliver(connection, channel, [empty], greets=True).was_nacked:
                raise BrokerUnavailable("the log takes nothing yet")

        try:
            greet(connection, self._log, publish)
        except BrokerUnavailable:
            self.close()
            raise
        except (*connection.connection_errors, *connection.channel_errors) as error:
            self.close()
            raise BrokerUnavailable(f"the log takes nothing yet: {error}") from error

    def _publish(self, messages: Sequence[OutgoingMessage]) -> PublishResult:
        connection, channel = self._open()
        return self._deliver(connection, channel, messages).result()

    def _deliver(
        self,
        connection: WireConnection,
        channel: WireChannel,
        messages: Sequence[OutgoingMessage],
        *,
        greets: bool = False,
    ) -> _Batch:
        batch = _Batch([message.id for message in messages], self._published + 1)
        try:
            _listen(channel, batch)
            for message in messages:
                _send(channel, message)
            self._published += len(messages)
            if not greets:
                reach("after_publish_before_confirm")
            self._await(connection, batch)
        except TimeoutError as error:
            raise BrokerUnavailable(f"{batch.unsettled} confirms did not come in time") from error
        except (*connection.connection_errors, *connection.channel_errors) as error:
            raise _ConnectionLost(f"the batch has no answer: {error}") from error
        finally:
            # Confirms that may still come would be taken for those of the next batch. And a channel
            # of RabbitMQ 3.10 never learns that a stream's writer moved: it refuses for ever.
            if batch.was_nacked or not batch.is_settled:
                self.close()
        return batch

    def _await(self, connection: WireConnection, batch: _Batch) -> None:
        ends = clock.monotonic() + self._confirm_seconds
        while not batch.is_settled:
            left = ends - clock.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.drain_events(timeout=left)


def _listen(channel: WireChannel, batch: _Batch) -> None:
    for event, heard in (
        ("basic_ack", batch.on_ack),
        ("basic_nack", batch.on_nack),
        ("basic_return", batch.on_return),
    ):
        channel.events[event].clear()
        channel.events[event].add(heard)


def _send(channel: WireChannel, message: OutgoingMessage) -> None:
    prepared = channel.prepare_message(
        message.body,
        content_type=CONTENT_TYPE,
        headers=dict(message.headers),
        properties={"message_id": message.id, "delivery_mode": PERSISTENT},
    )
    channel.basic_publish(
        prepared, exchange=message.exchange, routing_key=message.routing_key, mandatory=True
    )
