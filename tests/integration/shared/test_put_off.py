"""An event that is tried again and again is told of, since nobody would look for it otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.review.cases.models import Case
from shared.broker.delivery import ACK
from shared.bus_problems import PUT_OFF_SECONDS
from shared.clock import now
from shared.events.envelope import Envelope
from shared.ids import made_at, new_id
from shared.testing.harness import Harness
from tests.integration.review.test_inbox_attempts import receive
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_alarms import health, metric
from tests.integration.shared.test_dead_letters import filed, review, rows
from tests.integration.shared.test_operator_commands import arida

__all__ = ["arida", "review"]

pytestmark = pytest.mark.early(10)


def old(seconds: int, **attributes: Any) -> Envelope:
    """An event that was emitted so many seconds ago."""
    milliseconds = int(now().timestamp() - seconds) * 1000
    timeless = new_id().int % (1 << 80)
    return filed(id=str(UUID(int=milliseconds << 80 | timeless)), **attributes)


def report_of(arida: Any) -> Any:
    return json.loads(arida("bus", "status", "review", "--json").stdout)["review"]


def codes(report: Any) -> set[str]:
    return {problem["code"] for problem in report["problems"]} - {"no-consumer"}


def test_what_waits_long_for_something_that_is_not_there_is_told_until_it_takes_effect(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    event = old(PUT_OFF_SECONDS + 60, authority="nowhere")
    receive(review, event)
    assert codes(report_of(arida)) == set(), "the first time is no trouble"

    receive(review, event, attempts=1)

    report = report_of(arida)
    assert codes(report) == {"put-off-late"}
    assert report["totals"]["put_off"] == 1
    assert report["totals"]["put_off_oldest_seconds"] > PUT_OFF_SECONDS
    assert event.subject in arida("bus", "status", "review").stdout
    assert health(review)["details"]["inbox"]["put_off"] == 1
    assert metric(review, "arida_inbox_put_off_age_seconds") > PUT_OFF_SECONDS

    review.know_authority("nowhere")
    receive(review, event, attempts=2)

    assert codes(report_of(arida)) == set()
    assert health(review)["parts"]["inbox"] == "ok"
    assert rows(review, "inbox_attempt") == []


def test_an_event_whose_authority_nobody_registers_is_named_and_can_be_discarded(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    event, neighbour = old(PUT_OFF_SECONDS + 60, authority="nowhere"), filed(authority="nowhere")
    for attempts in range(3):
        receive(review, event, attempts=attempts)
    receive(review, replace(neighbour, subject=event.subject, sequence=2), attempts=1)
    told = arida("bus", "status", "review").stdout
    assert event.id in told

    done = arida("dead-letters", "discard", "review", event.id, "--reason", "nobody knows it")

    assert done.exit_code == 0, done.output
    assert [(row.reason, str(row.event_id)) for row in rows(review, "inbox_discarded")] == [
        ("nobody knows it", event.id)
    ]
    assert codes(report_of(arida)) == set()
    # It comes back from its delay queue, and with it what waited behind it has its turn.
    assert receive(review, event, attempts=3) == ACK
    assert [row.sequence for row in rows(review, "inbox_cursor")] == [1]
    assert review.rows(Case) == []
    again = arida("dead-letters", "discard", "review", event.id, "--reason", "nobody knows it")
    absent = arida("dead-letters", "discard", "review", str(new_id()), "--reason", "unknown one")
    assert (again.exit_code, absent.exit_code) == (1, 1)


def test_a_short_wait_is_none_of_an_operators_business(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    for attempts in range(3):
        receive(review, old(60, authority="nowhere"), attempts=attempts + 1)

    report = report_of(arida)
    assert (codes(report), report["totals"]["put_off"]) == (set(), 3)


def test_the_time_of_an_id_is_told_only_where_it_has_one() -> None:
    assert made_at(uuid4()) is None
    made = made_at(new_id())
    assert made is not None
    assert abs((now() - made).total_seconds()) < 5
