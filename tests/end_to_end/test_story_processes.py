"""The story on separate processes, PostgreSQL and RabbitMQ, behind the front."""

from __future__ import annotations

import json

import httpx
import pytest
import stamina

from shared.commands.running_system import WITH_BUS
from shared.testing.installation import Installation

pytestmark = [pytest.mark.early(45), pytest.mark.timeout(240)]


def test_the_story_plays_and_an_auditor_replays_it(installation: Installation) -> None:
    played = installation.arida("demo", "--url", installation.url)
    assert played.returncode == 0, played.stdout + played.stderr + installation.logs()

    done = installation.arida("audit", "replay", "--authority", "taroudant", "--json")

    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert (result["cases"], result["behind"], result["divergences"]) == (2, 0, [])


def test_an_operator_sees_the_whole_bus_of_the_running_system(installation: Installation) -> None:
    # Consumers of a system that has just started may still be connecting.
    for attempt in stamina.retry_context(on=AssertionError, attempts=10, wait_max=1.0):
        with attempt:
            done = installation.arida("bus", "status", "--json")
            assert done.returncode == 0, done.stdout + done.stderr
    reports = json.loads(done.stdout)
    assert sorted(reports) == sorted(WITH_BUS)
    assert {report["totals"]["consumers"] for report in reports.values()} == {1}
    assert installation.arida("dead-letters", "list", "--json").stdout == "[]\n"


def test_counts_and_states_are_not_for_the_outside(installation: Installation) -> None:
    for path in ("/review/v1/metrics", "/review/v1/states?authority=taroudant&kind=case"):
        assert httpx.get(f"{installation.url}{path}").status_code in {401, 403, 404}
