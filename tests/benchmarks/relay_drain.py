"""The relay's drain of a full outbox against bare publishing of the same bytes, confirms windowed.

Bare: py-amqp, the same exchange, bindings and properties, confirms awaited a window at a time, no
database. Both sides have the same window; queues are emptied between runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select

from shared.broker.connection import connect
from shared.broker.publisher import CONTENT_TYPE, PERSISTENT
from shared.broker.topology import EXCHANGE, declare, queues, remove
from shared.broker.wire import WireChannel, WireConnection
from shared.ids import new_id
from shared.relay import BATCH, Relay
from shared.testing.databases import service_database
from shared.testing.harness import AUTHORITY, Harness
from tests.benchmarks.figures import Figure, median_figure
from tests.benchmarks.ground import PETITION

MESSAGES = 2000
PAIRS = 9
PREFIX = "bench-relay."


@dataclass(frozen=True, kw_only=True)
class Bytes:
    """One message as both sides send it."""

    id: str
    routing_key: str
    body: bytes


def relay_figures(postgres_url: str, broker_url: str) -> list[Figure]:
    """Messages a second on both sides, and their ratio, pair by pair."""
    connection = connect(broker_url, heartbeat=0)
    with TemporaryDirectory() as folder:
        harness = _service(Path(folder), postgres_url, broker_url)
        declare(connection, prefix=PREFIX)
        try:
            ours, bare = _pairs(harness, connection)
        finally:
            remove(connection, prefix=PREFIX)
            connection.release()
            harness.close()
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    return [
        median_figure("relay: drain", "messages/s", ours),
        median_figure("relay: bare windowed confirms", "messages/s", bare),
        median_figure("relay: drain / bare", "ratio", ratios, least=0.6),
    ]


def _service(folder: Path, postgres_url: str, broker_url: str) -> Harness:
    url = service_database(postgres_url, "intake", "bench_relay", fresh=True)
    environ = {"BROKER_URL": broker_url, "BROKER_PREFIX": PREFIX, "MASTER_KEY": "A" * 43 + "="}
    harness = Harness("intake", database_url=url, folder=folder, environ=environ)
    harness.know_authority()
    draft = harness.request("POST", "/petitions", PETITION, role="petitioner").json["id"]
    harness.request("POST", f"/petitions/{draft}/filing", {}, role="petitioner")
    return harness


def _pairs(harness: Harness, connection: WireConnection) -> tuple[list[float], list[float]]:
    pattern = _pattern(harness)
    relay = Relay(harness.context)
    side = Bare(connection)
    ours, bare = [], []
    for number in range(PAIRS + 1):
        _empty(connection)
        _fill(harness, pattern)
        messages = _messages(harness)
        one = MESSAGES / _seconds(partial(_drain, relay))
        _empty(connection)
        other = MESSAGES / _seconds(partial(side.publish, messages))
        if number:
            # The first pair opens connections and fills caches.
            ours.append(one)
            bare.append(other)
    relay.close()
    return ours, bare


def _seconds(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _drain(relay: Relay) -> None:
    while relay.relay_once():
        continue


class _Window:
    """The confirms that one window of publishes still waits for; tags count from one a channel."""

    def __init__(self) -> None:
        self.published = 0
        self._confirmed: set[int] = set()
        self._all_up_to = 0

    def on_ack(self, tag: int, multiple: bool) -> None:
        """Note one confirm, or all up to a tag."""
        if multiple:
            self._all_up_to = max(self._all_up_to, tag)
        else:
            self._confirmed.add(tag)
        while self._all_up_to + 1 in self._confirmed:
            self._all_up_to += 1

    @property
    def is_settled(self) -> bool:
        """Whether everything published was confirmed."""
        return self._all_up_to >= self.published


class Bare:
    """Publishes windows of messages over one channel and waits for the confirms of each."""

    def __init__(self, connection: WireConnection) -> None:
        self._connection = connection
        self._channel: WireChannel = connection.channel()
        self._channel.confirm_select()
        self._window = _Window()
        self._channel.events["basic_ack"].add(self._window.on_ack)

    def publish(self, messages: list[Bytes]) -> None:
        """Publish all of them and return when the last one is confirmed."""
        for start in range(0, len(messages), BATCH):
            window = messages[start : start + BATCH]
            _send(self._channel, window)
            self._window.published += len(window)
            while not self._window.is_settled:
                self._connection.drain_events(timeout=15)


def _send(channel: WireChannel, window: list[Bytes]) -> None:
    for message in window:
        prepared = channel.prepare_message(
            message.body,
            content_type=CONTENT_TYPE,
            headers={},
            properties={"message_id": message.id, "delivery_mode": PERSISTENT},
        )
        channel.basic_publish(
            prepared, exchange=PREFIX + EXCHANGE, routing_key=message.routing_key, mandatory=True
        )


def _pattern(harness: Harness) -> dict[str, object]:
    outbox = harness.context.base.plumbing.outbox
    with harness.context.database.read("*") as session:
        return dict(session.execute(select(outbox)).mappings().one())


def _fill(harness: Harness, pattern: dict[str, object]) -> None:
    outbox = harness.context.base.plumbing.outbox
    rows = []
    for number in range(MESSAGES):
        id_ = new_id()
        rows.append(
            {
                **pattern,
                "event_id": id_,
                "subject": f"petition/{id_}",
                "slot": number % 16,
                "authority": AUTHORITY,
            }
        )
    with harness.context.database.write("*") as (session, _):
        session.execute(outbox.delete())
        session.execute(insert(outbox), rows)


def _messages(harness: Harness) -> list[Bytes]:
    outbox = harness.context.base.plumbing.outbox
    with harness.context.database.read("*") as session:
        rows = session.execute(select(outbox.c.event_id, outbox.c.routing_key, outbox.c.body)).all()
    return [Bytes(id=str(row[0]), routing_key=row[1], body=row[2]) for row in rows]


def _empty(connection: WireConnection) -> None:
    channel = connection.channel()
    for spec in queues(prefix=PREFIX):
        if spec.arguments.get("x-queue-type") != "stream":
            channel.queue_purge(spec.name)
    channel.close()
