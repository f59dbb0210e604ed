"""What stands still on the bus is seen by name: in the relay's log, in /health, in /metrics."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from shared.broker import topology
from shared.broker.connection import connect
from shared.broker.probe import BusProbe
from shared.bus_problems import OUTBOX_SECONDS, PARKED_SECONDS
from shared.clock import now
from shared.events.envelope import encode
from shared.front import THROUGH_FRONT
from shared.relay import Relay
from shared.testing.harness import Harness
from tests.integration.review.test_case_opening import FILED, SUBJECT, snapshot
from tests.integration.shared.conftest import Bus, eventually
from tests.integration.shared.test_dead_letters import MASTER, filed, reached, withdrawal
from tests.integration.shared.test_relay import filed as file_petition

pytestmark = pytest.mark.early(30)


def opened(harness_on: Any, service: str, bus: Bus) -> Harness:
    """A service on that bus."""
    harness: Harness = harness_on(
        service,
        "sqlite" if bus.url.startswith("arida") else "postgresql",
        BROKER_URL=bus.url,
        BROKER_PREFIX=bus.prefix,
        MASTER_KEY=MASTER,
    )
    return harness


@pytest.fixture
def review(harness_on: Any, whole_bus: Bus) -> Harness:
    return opened(harness_on, "review", whole_bus)


@pytest.fixture
def intake(harness_on: Any, whole_bus: Bus) -> Harness:
    return opened(harness_on, "intake", whole_bus)


@pytest.fixture
def relaying(intake: Harness) -> Iterator[Relay]:
    """intake's relay, running, its bus whole_bus."""
    stop, relay = threading.Event(), Relay(intake.context)
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    eventually(lambda: relay._slots)
    yield relay
    stop.set()
    intake.context.relay_wake.set()
    thread.join(10)


def delete_queue(bus: Bus, name: str) -> None:
    connection = connect(bus.url)
    connection.channel().queue_delete(name)
    connection.release()


def health(service: Harness) -> Any:
    """What a monitor behind the front reads, as if nobody had asked before."""
    service.context.bus = BusProbe(service.context.platform.bus_url)
    answer = service.request("GET", "/health")
    assert answer.status_code == 200
    return answer.json


def metric(service: Harness, name: str) -> float:
    service.context.bus = BusProbe(service.context.platform.bus_url)
    text = service.request("GET", "/metrics").text
    found = re.search(rf'^{name}{{service="{service.service}"}} (\S+)$', text, re.MULTILINE)
    assert found is not None, text
    return float(found[1])


def age(service: Harness, table: str, column: str, seconds: float) -> None:
    """Let the rows of a table of the runtime be older."""
    of = getattr(service.context.base.plumbing, table)
    with service.context.database.write("*") as (session, _):
        session.execute(update(of).values({column: now() - timedelta(seconds=seconds)}))


def test_a_whole_bus_with_nothing_waiting_is_well(review: Harness) -> None:
    told = health(review)

    assert told["status"] == "ok"
    assert {told["parts"][part] for part in ("bus", "outbox", "inbox")} == {"ok"}
    assert told["details"] == {}
    assert metric(review, "arida_bus_up") == 1


def test_each_queue_that_is_deleted_is_named_in_health_and_counted(
    review: Harness, whole_bus: Bus
) -> None:
    for name in [spec.name for spec in topology.queues(prefix=whole_bus.prefix)]:
        delete_queue(whole_bus, name)

        told = health(review)

        assert (told["status"], told["parts"]["bus"]) == ("degraded", "degraded")
        assert told["details"]["bus"]["missing_queues"] == [name]
        assert metric(review, "arida_bus_missing_queues") == 1
        connection = connect(whole_bus.url)
        topology.declare(connection, prefix=whole_bus.prefix)
        connection.release()


@pytest.mark.parametrize(
    "queue", ["review.events", "notifications.events", "audit.events", "arida.log"]
)
def test_a_relay_publishes_nothing_past_a_missing_queue_and_goes_on_when_it_is_back(
    intake: Harness,
    whole_bus: Bus,
    relaying: Relay,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.broker.watch.LOOK_EVERY_SECONDS", 0.1)
    relaying._watch._next_at = 0.0
    delete_queue(whole_bus, whole_bus.prefix + queue)
    # Else it sleeps for four seconds first.
    intake.context.relay_wake.set()
    eventually(lambda: relaying._watch.is_blocked)
    with capture_logs() as lines:
        petition = file_petition(intake)
        eventually(lambda: any(line["event"] == "relay_waits" for line in lines))
    assert any(whole_bus.prefix + queue in str(line.get("reason")) for line in lines)
    assert [event.key for event in intake.emitted()] == [petition]

    connection = connect(whole_bus.url)
    topology.declare(connection, prefix=whole_bus.prefix)
    connection.release()

    eventually(lambda: intake.emitted() == [], seconds=15)
    assert len(whole_bus.take("review.events")) == 1


def test_a_relay_watches_the_queues_that_its_events_go_to(intake: Harness, whole_bus: Bus) -> None:
    watched = {name.removeprefix(whole_bus.prefix) for name in Relay(intake.context)._watch._names}

    # identity hears of the names that intake erased.
    told = {"identity.events", "review.events", "notifications.events", "audit.events"}
    assert watched == told | {"arida.log"}


def test_a_starting_relay_names_what_was_lost_and_says_nothing_of_a_new_bus(
    intake: Harness, whole_bus: Bus
) -> None:
    relay = Relay(intake.context)
    delete_queue(whole_bus, whole_bus.prefix + "review.events")

    with capture_logs() as lines:
        relay.declare_topology()
        relay.declare_topology()

    lost = [line["queues"] for line in lines if line["event"] == "bus_queues_lost"]
    assert lost == [[whole_bus.prefix + "review.events"]]
    relay.close()


def test_an_event_that_waits_too_long_for_the_relay_degrades_the_outbox(intake: Harness) -> None:
    file_petition(intake)
    assert health(intake)["parts"]["outbox"] == "ok"

    age(intake, "outbox", "recorded_at", OUTBOX_SECONDS + 5)

    told = health(intake)
    assert (told["status"], told["parts"]["outbox"]) == ("degraded", "degraded")
    assert told["details"]["outbox"]["oldest_seconds"] > OUTBOX_SECONDS
    assert metric(intake, "arida_outbox_age_seconds") > OUTBOX_SECONDS


def test_a_refused_event_is_named_in_health(intake: Harness, whole_bus: Bus) -> None:
    petition = file_petition(intake)
    for spec in topology.queues(prefix=whole_bus.prefix):
        delete_queue(whole_bus, spec.name)
    relay = Relay(intake.context)
    relay.relay_once()
    relay.close()

    refused = health(intake)["details"]["outbox"]["refused_events"]

    assert [event["subject"] for event in refused] == [f"petition/{petition}"]
    assert refused[0]["routing_key"] in refused[0]["reason"]
    assert metric(intake, "arida_outbox_refused_rows") == 1


def test_an_event_parked_too_long_degrades_the_inbox(review: Harness) -> None:
    review.deliver_bytes(encode(withdrawal()))
    assert health(review)["parts"]["inbox"] == "ok"

    age(review, "inbox_parked", "parked_at", PARKED_SECONDS + 5)

    told = health(review)
    assert told["parts"]["inbox"] == "degraded"
    assert told["details"]["inbox"]["parked"] == {"early": 1}
    assert metric(review, "arida_inbox_parked_age_seconds") > PARKED_SECONDS
    assert metric(review, "arida_inbox_parked_rows") == 1


def test_a_stopped_subject_is_named_in_health(review: Harness) -> None:
    review.deliver_bytes(encode(filed()))
    review.deliver(FILED, snapshot(signatures=9), subject=SUBJECT)
    assert reached(review) == [(1, True)]

    told = health(review)

    assert told["parts"]["inbox"] == "degraded"
    assert told["details"]["inbox"]["stopped_subjects"] == [{"subject": SUBJECT, "sequence": 1}]
    assert metric(review, "arida_inbox_stopped_subjects") == 1


def test_through_the_front_health_has_words_only(review: Harness) -> None:
    outside = review.request("GET", "/health", environ_overrides={THROUGH_FRONT: True})
    operator = review.request(
        "GET", "/health", role="operator", environ_overrides={THROUGH_FRONT: True}
    )

    assert "details" not in outside.json
    assert "details" in operator.json
