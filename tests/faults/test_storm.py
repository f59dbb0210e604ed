"""The short storm: 20 kills and three losses of the broker while people work, then the checks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.ground import Ground
from tests.faults.storm import ServerStorm

SEED = 20231016


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """An installation of this module's own."""
    made = Ground(tmp_path_factory.mktemp("ground"))
    try:
        made.start()
        yield made
    finally:
        made.close()


@pytest.mark.timeout(240)
def test_nothing_is_lost_or_doubled_in_a_short_storm(ground: Ground, tmp_path: Path) -> None:
    """Processes killed and paused, broker and database lost, ways cut, letters that harm."""
    storm = ServerStorm(ground=ground, folder=tmp_path, chance=random.Random(SEED))
    with storm.people(filing=1, living=3):
        storm.kill(times=2, every=0.7)
        storm.lose_postgres()
        storm.kill(times=3, every=0.5)
        storm.cut("postgres", seconds=1.0)
        storm.lose_broker("stop", kills=4)
        storm.send_poison()
        storm.pause("-relay", seconds=1.0)
        storm.lose_broker("kill", kills=4)
        storm.kill(times=3, every=0.5)
        storm.cut("broker", seconds=1.5)
        storm.lose_broker("kill", kills=4)
        storm.repeat_deliveries()

    violations = storm.rest()

    print(storm.report())
    assert violations == [], ground.installation.logs(characters=600)
    assert storm.injected["kill -9"] == 20
    assert storm.filed_during("broker kill") > 0
