"""Leases pass to a successor at once when their owner ended, and late when it is only paused."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from shared import relay as relaying
from shared.broker.publisher import PublishResult
from shared.broker.topology import SLOTS
from shared.clock import monotonic
from shared.db.leases import take_lease
from shared.db.outbox import lease_slots
from shared.relay import Relay
from shared.testing.harness import Harness
from tests.integration.shared.test_relay import filed

CHILD = "from shared.life_sign import life_sign; print(life_sign(), flush=True); input()"
LONG = 600.0
ALL = list(range(SLOTS))


@pytest.fixture
def intake(harness_on: Any) -> Harness:
    """intake on PostgreSQL, without a bus."""
    harness: Harness = harness_on("intake", "postgresql")
    return harness


@pytest.fixture
def owner() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that holds leases, and its name as an owner."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip() + ":1"
        process.kill()


def slots(intake: Harness, owner: str, *, later: float = 0.0) -> list[int]:
    """What an owner gets when it asks for slots, now or some seconds later."""
    tables = intake.context.base.plumbing
    with intake.context.database.plumb() as (connection, moment):
        then = moment + timedelta(seconds=later)
        return lease_slots(connection, tables, owner=owner, moment=then, seconds=LONG)


def fence(intake: Harness, owner: str) -> int | None:
    """The fencing number that an owner gets when it asks for the timers."""
    tables = intake.context.base.plumbing
    with intake.context.database.write("*") as (session, moment):
        return take_lease(session, tables, "timers", owner=owner, moment=moment, seconds=LONG)


def test_a_successor_takes_the_slots_of_a_killed_relay_at_once(
    intake: Harness, owner: tuple[subprocess.Popen[str], str]
) -> None:
    process, name = owner
    assert slots(intake, name) == ALL
    assert slots(intake, "successor") == []

    process.kill()
    process.wait()

    assert slots(intake, "successor") == ALL


def test_the_slots_of_a_paused_relay_are_taken_only_when_its_time_is_over(
    intake: Harness, owner: tuple[subprocess.Popen[str], str]
) -> None:
    process, name = owner
    slots(intake, name)

    process.send_signal(signal.SIGSTOP)

    assert slots(intake, "successor") == []
    assert slots(intake, "successor", later=LONG + 1) == ALL


def test_the_timers_of_a_killed_worker_pass_on_at_once_under_a_higher_number(
    intake: Harness, owner: tuple[subprocess.Popen[str], str]
) -> None:
    process, name = owner
    assert fence(intake, name) == 1
    assert fence(intake, "successor") is None

    process.kill()
    process.wait()

    assert fence(intake, "successor") == 2


def test_a_relay_that_was_paused_for_longer_than_its_lease_publishes_nothing_before_it_asked_again(
    intake: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay, published = Relay(intake.context), []

    def publish(batch: list[Any]) -> PublishResult:
        published.append(len(batch))
        return PublishResult(confirmed=tuple(one.id for one in batch), refused={})

    def paused(place: str) -> None:
        if place == "after_claim_before_publish":
            monkeypatch.setattr(relaying, "monotonic", lambda: monotonic() + LONG)
            # Another relay has taken the slots while this one stood still.
            slots(intake, "successor", later=LONG)

    monkeypatch.setattr(relay._publisher, "publish", publish)
    monkeypatch.setattr(relaying, "reach", paused)
    filed(intake)

    assert relay.relay_once() is True
    assert relay.relay_once() is False

    assert published == []
    assert len(intake.emitted()) == 1
    relay.close()
