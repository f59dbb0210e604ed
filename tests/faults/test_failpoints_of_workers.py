"""Each named place of worker and request, killed at its 1st, 2nd and 5th hit."""

from __future__ import annotations

import pytest

from tests.faults.failpoint_ground import kill_and_count, places
from tests.faults.failpoint_play import World

pytestmark = pytest.mark.early(59)


@pytest.mark.parametrize(("kind", "name"), places("worker", "web"))
def test_a_process_killed_there_loses_nothing_and_doubles_nothing(
    ground: World, kind: str, name: str
) -> None:
    kill_and_count(ground, kind, name)
