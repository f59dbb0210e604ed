"""The story on one embedded system: it plays, a second run adds nothing, the ledger agrees."""

from __future__ import annotations

import json

import pytest
import stamina

from shared.commands.running_system import WITH_BUS
from tests.end_to_end.conftest import EmbeddedProcess

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(180)]


def test_the_story_plays_twice_and_an_auditor_replays_it(embedded: EmbeddedProcess) -> None:
    first = embedded.arida("demo", "--url", embedded.url)
    assert first.returncode == 0, first.stdout + first.stderr
    after_first = _replayed(embedded)

    second = embedded.arida("demo", "--url", embedded.url)
    assert second.returncode == 0, second.stdout + second.stderr
    after_second = _replayed(embedded)

    assert after_first["cases"] == 2
    assert after_first["divergences"] == []
    assert after_second == after_first


def test_an_operator_sees_the_whole_bus_of_the_running_system(embedded: EmbeddedProcess) -> None:
    # Consumers of a system that has just started may still be connecting.
    for attempt in stamina.retry_context(on=AssertionError, attempts=10, wait_max=1.0):
        with attempt:
            done = embedded.arida("bus", "status", "--json")
            assert done.returncode == 0, done.stdout + done.stderr
    reports = json.loads(done.stdout)
    assert sorted(reports) == sorted(WITH_BUS)
    assert {report["totals"]["consumers"] for report in reports.values()} == {1}
    assert embedded.arida("dead-letters", "list", "--json").stdout == "[]\n"


def _replayed(embedded: EmbeddedProcess) -> dict[str, object]:
    done = embedded.arida("audit", "replay", "--authority", "taroudant", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    assert result["behind"] == 0
    return result
