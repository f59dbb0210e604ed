"""`arida run` killed while people work: its worker, then its master, again and again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.clock import sleep
from shared.testing.installation import executed
from tests.faults.embedded_ground import EmbeddedGround
from tests.faults.forked import forked
from tests.faults.storm import Storm

# Begun second of its part, by another test process than the one that played the embedded story.
pytestmark = [pytest.mark.early(65), pytest.mark.embedded]


@pytest.fixture
def ground(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedGround]:
    """A system of the test's own."""
    is_long = request.node.get_closest_marker("long") is not None
    made = EmbeddedGround(tmp_path_factory.mktemp("embedded"), executed if is_long else forked)
    try:
        made.start()
        yield made
    finally:
        made.end_processes()


@pytest.mark.timeout(600)
def test_killing_worker_and_master_loses_nothing(ground: EmbeddedGround, tmp_path: Path) -> None:
    """The worker twice, which its master starts again; then the master."""
    storm = Storm(ground=ground, folder=tmp_path, chance=random.Random(1))
    with storm.people(filing=1, living=1, pause=1.0):
        storm.wait_for_cases(1)
        _kill_again_and_again(storm, workers=2, masters=1)
        storm.send_poison()
        storm.repeat_deliveries()

    violations = storm.rest()

    print(storm.report())
    assert violations == [], ground.installation.logs("run")
    assert len(storm.history.of("done", act="file")) > 5


@pytest.mark.long
@pytest.mark.timeout(900)
def test_killing_them_for_long_loses_nothing(ground: EmbeddedGround, tmp_path: Path) -> None:
    """Twenty workers and ten masters."""
    storm = Storm(ground=ground, folder=tmp_path, chance=random.Random(2))
    with storm.people(filing=1, living=2):
        _kill_again_and_again(storm, workers=20, masters=10)

    violations = storm.rest()

    print(storm.report())
    assert violations == [], ground.installation.logs("run")


def _kill_again_and_again(storm: Storm, *, workers: int, masters: int) -> None:
    for number in range(workers + masters):
        storm.kill_one("run", child=number < workers)
        storm.wait_for_answer()
        sleep(storm.chance.uniform(0.2, 1.5))
