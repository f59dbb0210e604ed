"""Broker or database are away for a while: events pay nothing for it, and all goes on soon."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import make_url, text

from shared.broker import consumer as consuming
from shared.broker import topology
from shared.broker.connection import connect
from shared.broker.delivery import Ack, Delivery, Hold, Outcome
from shared.broker.status import bus_status
from shared.clock import monotonic, sleep
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.ids import new_id
from shared.parts import load_part
from shared.relay import LONGEST_PAUSE_SECONDS, Relay
from shared.testing.databases import service_database
from shared.testing.processes import wait_until
from shared.testing.proxy import Proxy
from tests.faults.failpoint_play import World, file_petition, opened, petitioner

pytestmark = pytest.mark.early(25)

SOON_SECONDS = 15.0
OUTAGE_SECONDS = 2.0
PETITIONS = 12


class Ways:
    """intake's relay and review's worker, with a proxy before the broker and review's database."""

    def __init__(self, world: World, to_broker: Proxy, to_database: Proxy) -> None:
        self.world, self.to_broker, self.to_database = world, to_broker, to_database
        self.received: list[tuple[int, int, Outcome]] = []

    @contextmanager
    def at_work(self) -> Iterator[tuple[ServiceContext, ServiceContext]]:
        """Relay and consume while the block runs; note each delivery and its outcome."""
        with opened(self.world) as (intake, review):
            worker = load_part("review").create_worker(review)
            receive = worker.receive

            def noted(delivery: Delivery) -> Outcome:
                outcome = receive(delivery)
                self.received.append((delivery.deliveries, delivery.attempts, outcome))
                return outcome

            worker.receive = noted  # type: ignore[method-assign]
            stop = threading.Event()
            works = [Relay(intake).run, worker.consume]
            threads = [threading.Thread(target=work, args=(stop,)) for work in works]
            for thread in threads:
                thread.start()
            try:
                yield intake, review
            finally:
                stop.set()
                intake.relay_wake.set()
                for thread in threads:
                    thread.join(20)
                assert not any(thread.is_alive() for thread in threads)


@pytest.fixture
def ways(tmp_path: Any, postgres_url: str, broker_url: str, process_name: str) -> Iterator[Ways]:
    """Proxies before the shared servers, and databases of the test's own."""
    databases = {
        service: service_database(postgres_url, f"{service}_outages", process_name)
        for service in ("intake", "review")
    }
    broker, database = make_url(broker_url), make_url(databases["review"])
    to_broker, to_database = Proxy(broker.port or 0), Proxy(database.port or 0)
    databases["review"] = _through(to_database, databases["review"])
    world = World(
        folder=tmp_path,
        databases=databases,
        bus_url=broker_url.replace(f":{broker.port}", f":{to_broker.port}"),
        prefix=f"outage-{new_id()}.",
    )
    yield Ways(world, to_broker, to_database)
    for proxy in (to_broker, to_database):
        proxy.heal()
    connection = connect(broker_url)
    topology.remove(connection, prefix=world.prefix)
    connection.release()
    to_broker.close()
    to_database.close()


def test_a_database_that_is_away_holds_events_up_and_counts_nothing_against_them(
    ways: Ways,
) -> None:
    """Events stay where they are, are not sent through the delay queues, and go on at once."""
    with ways.at_work() as (intake, review):
        ask = petitioner(intake)
        file_petition(ask, "before")
        assert wait_until(lambda: cases(review) == 1, seconds=SOON_SECONDS)
        ways.to_database.cut()
        for number in range(PETITIONS):
            file_petition(ask, str(number))
        held = wait_until(lambda: any(isinstance(o, Hold) for *_, o in ways.received), seconds=10)
        delayed_meanwhile = delayed(ways.world)
        sleep(OUTAGE_SECONDS)
        ways.to_database.heal()

        assert held
        assert wait_until(lambda: cases(review) == PETITIONS + 1, seconds=SOON_SECONDS)
        assert rows(review, "SELECT count(*) FROM inbox_attempt") == 0

    assert delayed_meanwhile == delayed(ways.world) == 0
    assert {(deliveries, attempts) for deliveries, attempts, _ in ways.received} == {(0, 0)}
    assert {type(outcome) for *_, outcome in ways.received} == {Ack, Hold}


def test_a_consumer_gives_its_messages_back_when_the_database_stays_away(
    ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a worker elsewhere may try; each outage counts once at most."""
    monkeypatch.setattr(consuming, "HOLD_SECONDS", 0.5)
    with ways.at_work() as (intake, review):
        assert wait_until(lambda: consumers(ways.world) == 1, seconds=SOON_SECONDS)
        ways.to_database.cut()
        file_petition(petitioner(intake), "one")

        assert wait_until(lambda: consumers(ways.world) == 0, seconds=SOON_SECONDS)
        sleep(1.0)
        assert consumers(ways.world) == 0, "it waits for its database before it comes back"
        ways.to_database.heal()

        assert wait_until(lambda: cases(review) == 1, seconds=SOON_SECONDS)
    assert max(deliveries for deliveries, *_ in ways.received) == 1


def test_what_was_filed_while_the_broker_was_away_is_there_soon_after(ways: Ways) -> None:
    """Relay and consumer look again every second or two, however long the outage was."""
    with ways.at_work() as (intake, review):
        ask = petitioner(intake)
        file_petition(ask, "before")
        assert wait_until(lambda: cases(review) == 1, seconds=SOON_SECONDS)
        ways.to_broker.cut()
        for number in range(PETITIONS):
            file_petition(ask, str(number))
        sleep(2 * LONGEST_PAUSE_SECONDS)
        ways.to_broker.heal()
        began = monotonic()

        assert wait_until(lambda: cases(review) == PETITIONS + 1, seconds=SOON_SECONDS)
        print(f"drained {monotonic() - began:.1f} s after the outage")


def cases(review: ServiceContext) -> int:
    return rows(review, 'SELECT count(*) FROM "case"')


def rows(context: ServiceContext, sql: str) -> int:
    with context.database.read(EVERY_AUTHORITY) as session:
        return int(session.execute(text(sql)).scalar_one())


def delayed(world: World) -> int:
    """Messages in review's delay queues."""
    found = bus_status(world.bus_url, prefix=world.prefix)
    return sum(one.ready for one in found if one.name.startswith(f"{world.prefix}review.delay."))


def consumers(world: World) -> int:
    """Who consumes review's queue."""
    found: dict[str, int] = {
        one.name: one.consumers for one in bus_status(world.bus_url, prefix=world.prefix)
    }
    return found.get(f"{world.prefix}review.events", 0)


def _through(proxy: Proxy, url: str) -> str:
    return make_url(url).set(port=proxy.port).render_as_string(hide_password=False)
