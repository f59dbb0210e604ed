"""The second half of the seeds of every run; test_simulation.py says what they are."""

from __future__ import annotations

import pytest

from tests.faults.simulation.seeds import SHORT, play_unbroken
from tests.faults.simulation.world import World

pytestmark = pytest.mark.early(20)


@pytest.mark.timeout(600)
def test_no_seed_of_the_second_half_breaks_a_rule(world: World) -> None:
    play_unbroken(world, range(SHORT // 2 + 1, SHORT + 1))
