"""From a petition filed, over the case opened, to the notices ready, in hops of the bare broker.

The clock starts with the filing transaction (the event's `time`, which the database gives) and
ends when both the receipt and the notice of the opened case can be read. In between lie a relay,
review's worker, another relay and notifications' worker, all real processes, one petition at a
time. A hop is one message published to a quorum queue and handed to a consumer, measured in turns:
several in a row after each journey, and one after a pause as long as the one before a journey.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from shared.broker.connection import connect
from shared.broker.wire import WireChannel, WireConnection
from shared.testing.installation import Installation
from tests.benchmarks.figures import Figure, median_figure, percentile
from tests.benchmarks.ground import Petitioner, database_of

JOURNEYS = 100
WARM_UP = 5
HOPS_A_JOURNEY = 5
PAUSE_SECONDS = 0.15
LOOK_SECONDS = 0.001
PATIENCE_SECONDS = 30.0
QUEUE = "bench-hop"
READY = (
    "SELECT count(DISTINCT notice_kind) FROM notice WHERE about = ANY(%s)"
    " AND notice_kind IN ('petition_receipt', 'case_opened')"
)
FILED_AT = "SELECT recorded_at FROM history WHERE subject = %s ORDER BY sequence LIMIT 1"


class Hops:
    """One message at a time through a quorum queue, published and consumed here."""

    def __init__(self, connection: WireConnection) -> None:
        self._connection = connection
        self._arrived = 0
        self._out: WireChannel = connection.channel()
        self._in: WireChannel = connection.channel()
        quorum = {"x-queue-type": "quorum"}
        self._in.queue_declare(QUEUE, durable=True, auto_delete=False, arguments=quorum)
        self._in.basic_consume(QUEUE, callback=self._take)

    def _take(self, message: object) -> None:
        self._arrived += 1
        self._in.basic_ack(message.delivery_info["delivery_tag"])  # type: ignore[attr-defined]

    def seconds(self) -> float:
        """How long one message took from the publish to the callback."""
        expected = self._arrived + 1
        message = self._out.prepare_message(b"x" * 1000, properties={"delivery_mode": 2})
        began = time.perf_counter()
        self._out.basic_publish(message, exchange="", routing_key=QUEUE)
        while self._arrived < expected:
            self._connection.drain_events(timeout=15)
        return time.perf_counter() - began

    def close(self) -> None:
        """Delete the queue."""
        self._out.queue_delete(QUEUE)


def journey_figures(made: Installation) -> list[Figure]:
    """Seconds of journeys and hops, and p50 and p99 of journeys in median hops."""
    hops: list[float] = []
    idle_hops: list[float] = []
    journeys: list[float] = []
    petitioner = Petitioner(made)
    with (
        _hopping(made) as hop,
        database_of(made, "intake") as intake,
        database_of(made, "notifications") as notifications,
    ):
        for number in range(JOURNEYS + WARM_UP):
            time.sleep(PAUSE_SECONDS)
            idle_hop = hop.seconds()
            taken = _journey(petitioner, intake, notifications)
            turns = [hop.seconds() for _ in range(HOPS_A_JOURNEY)]
            if number >= WARM_UP:
                journeys.append(taken)
                hops += turns
                idle_hops.append(idle_hop)
    petitioner.close()
    return [*_figures(journeys, hops), *_in_idle_hops(journeys, idle_hops)]


def _in_idle_hops(journeys: list[float], idle_hops: list[float]) -> list[Figure]:
    """The same journeys in hops that are, like them, the first after a pause; they bind nothing."""
    hop = median_figure(
        "journey: raw quorum hop after a pause", "ms", [1000 * one for one in idle_hops]
    )
    in_hops = [1000 * one / hop.value for one in journeys]
    return [hop, median_figure("journey: p50 in hops after a pause", "hops", in_hops)]


def _figures(journeys: list[float], hops: list[float]) -> list[Figure]:
    hop = median_figure("journey: raw quorum hop", "ms", [1000 * one for one in hops])
    in_hops = [1000 * one / hop.value for one in journeys]
    late = Figure(
        name="journey: filed to notices ready, p99",
        unit="hops",
        value=percentile(in_hops, 99),
        most=40.0,
        about={"journeys": len(journeys)},
    )
    return [
        hop,
        median_figure("journey: filed to notices ready", "ms", [1000 * one for one in journeys]),
        median_figure("journey: filed to notices ready, p50", "hops", in_hops, most=16.0),
        late,
    ]


def _journey(
    petitioner: Petitioner,
    intake: psycopg.Connection,
    notifications: psycopg.Connection,
) -> float:
    petition = petitioner.draft()
    time.sleep(PAUSE_SECONDS)
    petitioner.file(petition)
    about = [f"petition/{petition}", f"case/{petition}"]
    until = time.monotonic() + PATIENCE_SECONDS
    while _one(notifications, READY, about) != 2:
        if time.monotonic() > until:
            raise AssertionError(f"no notices about {about}")
        time.sleep(LOOK_SECONDS)
    ended = time.time()
    filed_at = _one(intake, FILED_AT, about[0])
    return ended - filed_at.timestamp()  # type: ignore[attr-defined]


def _one(connection: psycopg.Connection, statement: str, value: object) -> object:
    row = connection.execute(statement, [value]).fetchone()
    return row[0] if row else None


@contextmanager
def _hopping(made: Installation) -> Iterator[Hops]:
    connection = connect(made.environ["BROKER_URL"], heartbeat=0)
    hops = Hops(connection)
    try:
        yield hops
    finally:
        hops.close()
        connection.release()
