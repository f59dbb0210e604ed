"""The relay: what is committed reaches the broker, in order, and leaves only once confirmed."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shared.broker import topology
from shared.broker.connection import BrokerUnavailable, connect
from shared.events.envelope import decode
from shared.relay import Relay
from shared.testing.harness import Harness
from tests.integration.shared.conftest import Bus

DRAFT = {
    "petitioner": "association",
    "subject": {"fr": "Un centre"},
    "association": {"name": {"fr": "Annakhil"}, "founded_on": "2011-04-18", "has_seat_here": True},
    "people": [{"role": "legal-representative"}],
}


@pytest.fixture
def intake(harness_on: Any, whole_bus: Bus) -> Harness:
    """intake on PostgreSQL, its events going to that bus."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    harness: Harness = harness_on(
        "intake",
        "postgresql",
        BROKER_URL=whole_bus.url,
        BROKER_PREFIX=whole_bus.prefix,
        MASTER_KEY=key,
    )
    return harness


def filed(intake: Harness) -> str:
    """The id of a petition that was filed."""
    petition = intake.request("POST", "/petitions", DRAFT, role="petitioner").json["id"]
    answer = intake.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")
    assert answer.status_code == 200, answer.text
    return str(petition)


@pytest.fixture
def relay(intake: Harness) -> Iterator[Relay]:
    """intake's relay, once it has declared the topology."""
    relay = Relay(intake.context)
    relay.declare_topology()
    yield relay
    relay.close()


def test_committed_events_reach_every_queue_that_wants_them_and_leave_the_outbox(
    intake: Harness, whole_bus: Bus, relay: Relay
) -> None:
    petitions = [filed(intake) for _ in range(3)]

    relay.relay_once()

    for service in ("review", "notifications", "audit"):
        arrived = [decode(bytes(one.body)) for one in whole_bus.take(f"{service}.events")]
        assert sorted(one.key for one in arrived) == sorted(petitions)
    assert intake.emitted() == []


def test_what_was_published_is_forgotten_before_more_is_and_at_the_end(
    intake: Harness, whole_bus: Bus, relay: Relay
) -> None:
    first = filed(intake)
    relay.publish_next()
    assert [one.key for one in intake.emitted()] == [first]

    second = filed(intake)
    relay.publish_next()
    assert [one.key for one in intake.emitted()] == [second]
    relay.close()

    assert intake.emitted() == []
    arrived = [decode(bytes(one.body)).key for one in whole_bus.take("review.events")]
    assert arrived == [first, second]


def test_a_relay_that_runs_forgets_what_it_published_though_nothing_more_comes(
    intake: Harness, relay: Relay, eventually: Callable[..., None]
) -> None:
    stop = threading.Event()
    running = threading.Thread(target=relay.run, args=(stop,))
    running.start()
    try:
        filed(intake)
        eventually(lambda: intake.emitted() == [], seconds=10)
    finally:
        stop.set()
        intake.context.relay_wake.set()
        running.join(10)
    assert not running.is_alive()


def test_nothing_leaves_the_outbox_while_the_broker_is_away(
    intake: Harness, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(intake)
    monkeypatch.setattr(
        relay._publisher, "publish", lambda _batch: (_ for _ in ()).throw(BrokerUnavailable("away"))
    )

    with pytest.raises(BrokerUnavailable):
        relay.relay_once()

    assert len(intake.emitted()) == 1


def test_an_event_that_no_queue_takes_stays_is_counted_and_named(
    intake: Harness, whole_bus: Bus, relay: Relay
) -> None:
    filed(intake)
    connection = connect(whole_bus.url)
    channel = connection.channel()
    for spec in topology.queues(prefix=whole_bus.prefix):
        channel.queue_delete(spec.name)
    connection.release()

    relay.relay_once()

    table = intake.context.base.plumbing.outbox
    with intake.context.database.read("*") as session:
        row = session.execute(table.select()).one()
    assert row.refusals == 1
    assert row.routing_key in row.refused_because


def test_two_relays_share_the_slots_and_publish_nothing_twice(
    intake: Harness, whole_bus: Bus, eventually: Callable[..., None]
) -> None:
    petitions = {filed(intake) for _ in range(20)}
    stop = threading.Event()
    threads = [threading.Thread(target=Relay(intake.context).run, args=(stop,)) for _ in range(2)]
    for thread in threads:
        thread.start()

    eventually(lambda: intake.emitted() == [])
    stop.set()
    intake.context.relay_wake.set()
    for thread in threads:
        thread.join(10)

    arrived = [decode(bytes(one.body)).key for one in whole_bus.take("review.events")]
    assert sorted(arrived) == sorted(petitions)
