"""A relay in a process of its own hears of a commit at once, though it polls once a second."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from shared.broker import topology
from shared.broker.connection import connect
from shared.db.engine import Database
from shared.db.wakeup import LISTEN_SECONDS, NOTIFY_EVERY_SECONDS, Listener, Notifier
from shared.ids import new_id
from shared.relay import LOOK_ANYWAY_SECONDS, Relay
from shared.testing.harness import Harness
from tests.integration.shared.conftest import Bus
from tests.integration.shared.counting import statements
from tests.integration.shared.test_dead_letters import MASTER
from tests.integration.shared.test_relay import filed

pytestmark = pytest.mark.early(20)

PROMPT_SECONDS = 0.3


@pytest.fixture
def bus(broker_url: str) -> Iterator[Bus]:
    """RabbitMQ with the whole table, under a prefix of its own."""
    bus = Bus(broker_url, f"test-{new_id()}.")
    connection = connect(broker_url)
    topology.declare(connection, prefix=bus.prefix)
    yield bus
    topology.remove(connection, prefix=bus.prefix)
    connection.release()


@pytest.fixture
def intake(harness_on: Any, bus: Bus) -> Harness:
    """intake's web side, without a relay in this process."""
    harness: Harness = harness_on(
        "intake", "postgresql", BROKER_URL=bus.url, BROKER_PREFIX=bus.prefix, MASTER_KEY=MASTER
    )
    return harness


@pytest.fixture
def relay(intake: Harness, bus: Bus, eventually: Callable[..., None]) -> Iterator[None]:
    """``arida relay intake``, in a process of its own, listening."""
    environ = {
        **os.environ,
        "DATA_DIR": str(intake.context.platform.data_dir),
        "INTAKE_DATABASE_URL": intake.context.database.url,
        "BROKER_URL": bus.url,
        "BROKER_PREFIX": bus.prefix,
        "MASTER_KEY": MASTER,
    }
    command = [sys.executable, "-m", "services.cli", "relay", "intake"]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    eventually(lambda: listeners(intake) == 1 and leases(intake) == 16, seconds=20)
    yield
    process.terminate()
    assert process.wait(15) == 0


def listeners(intake: Harness) -> int:
    """Connections whose last word was LISTEN."""
    with psycopg.connect(plain_url(intake)) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        ).fetchone()
    return int(found[0]) if found else 0


def leases(intake: Harness) -> int:
    """Slots that some relay holds."""
    slots = intake.context.base.plumbing.outbox_slot
    with intake.context.database.read("*") as session:
        return len(session.execute(slots.select().where(slots.c.owner != "")).all())


def plain_url(intake: Harness) -> str:
    url = intake.context.database.engine.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def seconds_until_published(intake: Harness) -> float:
    """How long after its commit an event is confirmed and gone from the outbox."""
    filed(intake)
    began = time.monotonic()
    while intake.emitted():
        assert time.monotonic() - began < 5
        time.sleep(0.005)
    return time.monotonic() - began


def test_what_a_web_process_commits_is_published_long_before_the_next_poll(
    intake: Harness, relay: None
) -> None:
    waits = []
    for _ in range(5):
        # A poll wakes up every second; the commits fall on different moments between two of them.
        time.sleep(0.15)
        waits.append(seconds_until_published(intake))

    assert max(waits) < PROMPT_SECONDS, waits


def test_a_thousand_pokes_are_a_few_notifications(intake: Harness) -> None:
    count = 0
    notifier = Notifier(intake.context.database, "burst")
    with psycopg.connect(plain_url(intake), autocommit=True) as connection:
        connection.execute("LISTEN arida_outbox_burst")
        began = time.monotonic()
        for _ in range(1000):
            notifier.poke()
            time.sleep(0.0003)
        seconds = time.monotonic() - began
        while list(connection.notifies(timeout=4 * NOTIFY_EVERY_SECONDS, stop_after=1)):
            count += 1
    notifier.close()

    assert 1 <= count <= seconds / NOTIFY_EVERY_SECONDS + 2


def test_a_listener_hears_again_after_its_connection_was_cut(
    intake: Harness, monkeypatch: pytest.MonkeyPatch, eventually: Callable[..., None]
) -> None:
    monkeypatch.setattr("shared.db.wakeup.LISTEN_AGAIN_SECONDS", 0.2)
    wake = threading.Event()
    listener, notifier = (
        Listener(intake.context.database, "cut", wake),
        Notifier(intake.context.database, "cut"),
    )
    listener.start()
    eventually(wake.is_set)
    with psycopg.connect(plain_url(intake), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )

    def heard() -> bool:
        wake.clear()
        notifier.poke()
        return wake.wait(0.5)

    eventually(heard)
    listener.close()
    notifier.close()


def test_a_notifier_tells_again_after_its_connection_was_cut(
    intake: Harness, monkeypatch: pytest.MonkeyPatch, eventually: Callable[..., None]
) -> None:
    monkeypatch.setattr("shared.db.wakeup.LISTEN_AGAIN_SECONDS", 0.2)
    notifier = Notifier(intake.context.database, "line")
    with psycopg.connect(plain_url(intake), autocommit=True) as connection:
        connection.execute("LISTEN arida_outbox_line")

        def heard() -> bool:
            notifier.poke()
            return bool(list(connection.notifies(timeout=0.3, stop_after=1)))

        eventually(heard)
        cut = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query = 'NOTIFY arida_outbox_line'"
        )
        assert cut.rowcount == 1
        eventually(heard)
    notifier.close()


def test_who_pokes_tells_at_once_and_by_itself(intake: Harness) -> None:
    """No other thread has to be waited for, once the line to the database is there."""
    notifier = Notifier(intake.context.database, "self")
    notifier.poke()
    with psycopg.connect(plain_url(intake), autocommit=True) as connection:
        connection.execute("LISTEN arida_outbox_self")
        list(connection.notifies(timeout=4 * NOTIFY_EVERY_SECONDS, stop_after=1))
        time.sleep(NOTIFY_EVERY_SECONDS)

        notifier.poke()

        assert notifier._due.is_set() is False
        assert len(list(connection.notifies(timeout=5, stop_after=1))) == 1
    notifier.close()


def test_a_poke_on_sqlite_starts_nothing(harness_on: Any) -> None:
    harness = harness_on("intake", "sqlite")

    harness.context.notifier.poke()

    assert harness.context.notifier._thread is None
    assert harness.context.relay_wake.is_set() is False


def test_a_listener_hears_on_a_database_that_has_several_addresses(
    intake: Harness, eventually: Callable[..., None]
) -> None:
    """The first address of a cluster may be down; SQLAlchemy writes them otherwise than libpq."""
    url = intake.context.database.engine.url
    hosts = f"host=127.0.0.1:1&host=127.0.0.1:{url.port}&target_session_attrs=read-write"
    database = Database(f"postgresql+psycopg://{url.username}@/{url.database}?{hosts}")
    wake = threading.Event()
    listener, notifier = Listener(database, "cluster", wake), Notifier(database, "cluster")
    listener.start()
    eventually(lambda: listener.is_listening)

    def heard() -> bool:
        wake.clear()
        notifier.poke()
        return wake.wait(0.5)

    eventually(heard)
    listener.close()
    notifier.close()
    database.close()


def test_an_idle_relay_leaves_the_outbox_to_its_listener(
    intake: Harness, monkeypatch: pytest.MonkeyPatch, eventually: Callable[..., None]
) -> None:
    """A round of an idle relay renews its lease and asks nothing else, until it is told."""
    monkeypatch.setattr("shared.relay.RENEW_SECONDS", 0.2)
    stop = threading.Event()
    relaying = threading.Thread(target=Relay(intake.context).run, args=(stop,))
    relaying.start()
    eventually(lambda: leases(intake) == 16)
    time.sleep(LISTEN_SECONDS)

    with statements(intake) as idle:
        time.sleep(2.0)
    waited = seconds_until_published(intake)
    stop.set()
    intake.context.relay_wake.set()
    relaying.join(10)

    assert idle["UPDATE outbox_slot"] > 3
    assert idle["SELECT outbox"] == 0
    assert waited < LOOK_ANYWAY_SECONDS / 3
