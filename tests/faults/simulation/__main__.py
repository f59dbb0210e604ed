"""Plays seeds: ``python -m tests.faults.simulation FIRST LAST`` keeps those that break a rule."""

from __future__ import annotations

import sys

from tests.faults.simulation.seeds import keep, play_seeds
from tests.faults.simulation.world import fast_folder, simulated

if __name__ == "__main__":
    first, last = int(sys.argv[1]), int(sys.argv[2])
    with fast_folder() as folder, simulated(folder) as world:
        result = play_seeds(world, range(first, last + 1))
    print(result.summary())
    for seed, broken in result.broken.items():
        print(f"seed {seed}: {broken}")
    keep(result.broken)
    sys.exit(bool(result.broken))
