"""An event that the broker sends back stays in the outbox, and what follows it waits; no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from shared.broker.connection import connect
from shared.broker.topology import EXCHANGE
from shared.relay import Relay
from shared.testing.harness import Harness
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_alarms import health
from tests.integration.shared.test_relay import filed, intake, relay

__all__ = ["intake", "relay"]


@pytest.fixture
def bus_url(broker_url: str) -> str:
    """RabbitMQ, as the embedded bus has no queue that could be full."""
    return broker_url


class Narrow:
    """A queue that has no room for another message, and takes some events."""

    def __init__(self, bus: Bus) -> None:
        self._bus, self._name = bus, f"{bus.prefix}narrow"
        self._connection = connect(bus.url)
        limit = {"x-max-length": 1, "x-overflow": "reject-publish"}
        self._channel = self._connection.channel()
        self._channel.queue_declare(self._name, durable=True, auto_delete=False, arguments=limit)
        filler = self._channel.prepare_message(b"filler")
        self._channel.basic_publish(filler, exchange="", routing_key=self._name)

    def take(self, routing_key: str) -> None:
        """Stand in the way of the events with this key."""
        self._channel.queue_bind(self._name, self._bus.prefix + EXCHANGE, routing_key)

    def remove(self) -> None:
        """Be gone."""
        self._channel.queue_delete(self._name)

    def close(self) -> None:
        """Give the connection back."""
        self.remove()
        self._connection.release()


@pytest.fixture
def narrow(whole_bus: Bus) -> Iterator[Narrow]:
    queue = Narrow(whole_bus)
    yield queue
    queue.close()


def waiting(intake: Harness) -> dict[tuple[str, int], int]:
    """Refusals by subject and sequence of what the outbox holds."""
    table = intake.context.base.plumbing.outbox
    with intake.context.database.read("*") as session:
        found = session.execute(select(table.c.subject, table.c.sequence, table.c.refusals))
        return {(row.subject, row.sequence): row.refusals for row in found}


def add_a_later_event(intake: Harness, subject: str) -> Any:
    """The row of the subject's first event, and another one behind it."""
    table = intake.context.base.plumbing.outbox
    with intake.context.database.write("*") as (session, _):
        first = session.execute(select(table).where(table.c.subject == subject)).mappings().one()
        session.execute(insert(table).values({**first, "event_id": uuid4(), "sequence": 2}))
    return first


def test_a_refused_event_waits_with_its_followers_and_lets_others_pass(
    intake: Harness, relay: Relay, narrow: Narrow
) -> None:
    subject = f"petition/{filed(intake)}"
    refused = add_a_later_event(intake, subject)
    narrow.take(refused["routing_key"])
    # A routing key belongs to a sixteenth of all subjects: take a petition of another one.
    others = {f"petition/{filed(intake)}" for _ in range(6)}

    relay.relay_once()

    assert waiting(intake)[subject, 1] == 1
    left = {one for one, _ in waiting(intake)}
    assert left < {subject, *others}

    relay.relay_once()

    assert (waiting(intake)[subject, 1], waiting(intake)[subject, 2]) == (2, 1)
    named = health(intake)["details"]["outbox"]["refused_events"]
    assert subject in {event["subject"] for event in named}
    assert all(event["reason"] for event in named)

    narrow.remove()
    for _ in range(2):
        relay.relay_once()

    assert waiting(intake) == {}
