"""Makes sure that a stream keeps what a new channel publishes, before the first event goes there.

While RabbitMQ 3.10 opens a stream again after a start, it confirms messages for it that it throws
away (measured: up to half a second). So a new publisher first sends the stream an empty message and
waits until it comes back out of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from amqp.exceptions import NotFound

from shared import clock
from shared.broker.connection import BrokerUnavailable
from shared.broker.wire import WireConnection, WireMessage
from shared.ids import new_id

GREETING_SECONDS = 3.0
LOOK_SECONDS = 0.2
PREFETCH = 100
TAG = "greeting"
MARK = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NEVER_DECLARED = "no queue"
"""What RabbitMQ says of a name it never heard; of a stream that it still opens it says more."""


def greet(connection: WireConnection, stream: str, publish: Callable[[bytes], None]) -> None:
    """Return once the stream hands out again the body that ``publish`` sent it, without an id.

    A stream that was never declared is not told here. Raises BrokerUnavailable when nothing comes
    back in time, and errors of the connection.
    """
    mark, seen = str(new_id()).encode(), list[WireMessage]()
    channel = connection.channel()
    channel.auto_decode = False
    channel.basic_qos(0, PREFETCH, False)
    try:
        # From the next entry on: whoever is attached there sees all that is stored from now.
        position = {"x-stream-offset": "next"}
        channel.basic_consume(stream, consumer_tag=TAG, callback=seen.append, arguments=position)
    except NotFound as error:
        if NEVER_DECLARED in str(error):
            return
        raise BrokerUnavailable(f"the log is not open yet: {error}") from error
    publish(mark)
    ends = clock.monotonic() + GREETING_SECONDS
    while mark not in map(_body, seen):
        if clock.monotonic() >= ends:
            raise BrokerUnavailable("the log takes nothing yet")
        for message in seen:
            channel.basic_ack(message.delivery_info["delivery_tag"])
        seen.clear()
        with suppress(TimeoutError):
            connection.drain_events(timeout=LOOK_SECONDS)
    # Cancelled first, because what others publish would still come while the channel closes.
    channel.basic_cancel(TAG)
    channel.close()


def is_greeting(id_: str, body: bytes) -> bool:
    """Whether an entry of the log is what `greet` publishes: a mark, and no id beside it."""
    return not id_ and MARK.fullmatch(body) is not None


def _body(message: WireMessage) -> bytes:
    return message.body.encode() if isinstance(message.body, str) else message.body
