"""A log that was lost is told until the ledger's events were put back, on both transports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from structlog.testing import capture_logs

from shared.broker import probe, topology
from shared.broker.connection import connect
from shared.events.envelope import encode
from shared.relay import Relay
from tests.integration.filling.conftest import Ground
from tests.integration.filling.test_compare_log import ground, notice
from tests.integration.filling.test_fill_log import fill

__all__ = ["fill", "ground"]


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log's size is asked for each time, though an empty one is waited for."""
    monkeypatch.setattr(probe, "LOG_FOR_SECONDS", 0.0)


def report(ground: Ground) -> dict[str, Any]:
    answer = ground.harness.request("GET", "/bus", role="operator")
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def codes(ground: Ground) -> list[str]:
    return [problem["code"] for problem in report(ground)["problems"]]


def gauge(ground: Ground) -> float:
    text = ground.harness.request("GET", "/metrics").text
    found = re.search(r'^arida_bus_log_lacking_events\{service="audit"\} (\S+)$', text, re.M)
    assert found is not None
    return float(found[1])


def started(ground: Ground) -> list[str]:
    """What a relay that starts tells of the bus."""
    relay = Relay(ground.context)
    with capture_logs() as lines:
        relay.declare_topology()
    relay.close()
    return [line["event"] for line in lines if line["event"].startswith("bus_")]


def lose_log(ground: Ground) -> None:
    connection = connect(ground.platform.bus_url)
    connection.channel().queue_delete(ground.platform.broker_prefix + topology.LOG)
    connection.release()


def test_a_relay_tells_of_a_lost_log_and_the_status_until_the_ledger_s_events_are_back(
    ground: Ground, fill: Callable[[], Result]
) -> None:
    assert (started(ground), report(ground)["log_lacks"], gauge(ground)) == ([], 0, 0)
    lose_log(ground)

    assert started(ground) == ["bus_log_lost"]

    assert report(ground)["log_lacks"] == gauge(ground) == 2
    assert "log-lost" in codes(ground)
    assert started(ground) == []
    assert "log-lost" in codes(ground)
    assert fill().exit_code == 0
    assert report(ground)["log_lacks"] == 0
    assert "log-lost" not in codes(ground)


def test_a_bus_that_lost_everything_is_told_by_what_the_ledger_holds(ground: Ground) -> None:
    ground.lose_bus()

    assert started(ground) == []

    assert report(ground)["log_lacks"] == 2


def test_a_new_bus_and_one_that_another_relay_is_declaring_are_no_lost_log(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.lose_bus()
    assert started(ground) == []
    lose_log(ground)

    def meanwhile(_seconds: float) -> None:
        connection = connect(ground.platform.bus_url)
        monkeypatch.setattr(topology, "sleep", lambda _seconds: None)
        topology._declare_queue(
            connection, topology.queues(prefix=ground.platform.broker_prefix)[0]
        )
        connection.release()

    monkeypatch.setattr(topology, "sleep", meanwhile)

    assert started(ground) == []


def test_an_event_that_waits_for_its_cause_counts_as_one_that_the_log_held(
    ground: Ground,
) -> None:
    ground.hear(encode(notice("effect", causationid=notice("never").id)))
    lose_log(ground)
    started(ground)

    assert report(ground)["log_lacks"] == 3
    assert json.dumps(report(ground)["problems"]).count("log-lost") == 1
