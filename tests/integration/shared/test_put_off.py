"""An event that is tried again and again is told of, since nobody would look for it otherwise."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

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
