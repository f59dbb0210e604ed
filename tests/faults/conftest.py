"""The world that seeds of the simulation are played in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.simulation.world import World, fast_folder, simulated


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One world for the module; every run begins where it was made."""
    with fast_folder() as folder, simulated(folder) as made:
        yield made
