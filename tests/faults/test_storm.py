"""Storms on real processes: a short one with 20 kills, a long one with 200, then the checks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.testing.installation import executed
from tests.faults.forked import forked
from tests.faults.ground import Ground
from tests.faults.storm import ServerStorm

pytestmark = pytest.mark.early(70)

SEED = 20231016
ROUNDS = 10


@pytest.fixture
def ground(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """An installation of the test's own."""
    is_long = request.node.get_closest_marker("long") is not None
    made = Ground(tmp_path_factory.mktemp("ground"), executed if is_long else forked)
    try:
        made.start()
        yield made
    finally:
        made.close()


@pytest.mark.timeout(900)
def test_nothing_is_lost_or_doubled_in_a_short_storm(ground: Ground, tmp_path: Path) -> None:
    """Processes killed and paused, broker and database lost, ways cut, letters that harm."""
    storm = ServerStorm(ground=ground, folder=tmp_path, chance=random.Random(SEED))
    with storm.people(filing=1, living=2, pause=1.0):
        storm.wait_for_cases(1)
        storm.kill(times=3, every=0.3)
        storm.lose_postgres()
        storm.pause("-relay", seconds=1.0)
        storm.lose_broker("stop", kills=4)
        storm.send_poison()
        storm.pause("-worker", seconds=1.0)
        storm.send_late(seconds=5)
        storm.lose_broker("kill", kills=4)
        storm.cut("postgres", seconds=1.0)
        storm.kill(times=5, every=0.3)
        storm.pause("-web", seconds=1.0)
        storm.lose_broker("kill", kills=4)
        storm.cut("broker", seconds=1.0)
        storm.repeat_deliveries()

    violations = storm.rest()

    print(storm.report())
    assert violations == [], ground.installation.logs(characters=600)
    assert storm.injected["kill -9"] == 20
    assert storm.injected["SIGSTOP"] == 3
    assert storm.injected["broker stop"] + storm.injected["broker kill"] == 3
    assert storm.filed_during("broker kill") > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nothing_is_lost_or_doubled_in_a_long_storm(ground: Ground, tmp_path: Path) -> None:
    """Ten rounds of everything, pauses and silences longer than leases and heartbeats among it."""
    storm = ServerStorm(ground=ground, folder=tmp_path, chance=random.Random(SEED + 1))
    with storm.people(filing=1, living=3):
        for number in range(ROUNDS):
            storm.kill(times=14, every=1.0)
            storm.wait_for_cases(1)
            storm.send_late()
            storm.lose_broker("stop", kills=3)
            storm.lose_broker("kill", kills=3)
            storm.send_poison()
            storm.cut(storm.chance.choice(["broker", "postgres"]), seconds=3.0)
            storm.hold(storm.chance.choice(["broker", "postgres"]), seconds=5.0)
            storm.repeat_deliveries()
            if number % 3 == 0:
                storm.alarm("memory", seconds=5.0)
                storm.pause(storm.chance.choice(["-relay", "-worker"]), seconds=20.0)
                storm.alarm("disk", seconds=20.0)
                storm.lose_postgres()

    violations = storm.rest()

    print(storm.report())
    assert violations == [], ground.installation.logs(characters=600)
    assert storm.injected["kill -9"] == 20 * ROUNDS
    assert storm.filed_during("disk alarm") > 0
