"""Plays many seeds on one world and says which of them broke a rule."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.simulation.play import Run
from tests.faults.simulation.rules import violations
from tests.faults.simulation.world import World

SHORT = 500
"""How many seeds every run plays."""

KEPT = Path(__file__).parents[1] / "seeds.json"


@dataclass(kw_only=True)
class Result:
    """What came of some seeds."""

    seeds: int = 0
    acts: int = 0
    kills: int = 0
    late: int = 0
    parked_long: int = 0
    seconds: float = 0.0
    broken: dict[int, list[str]] = field(default_factory=dict)

    def summary(self) -> str:
        """One line of figures."""
        return (
            f"{self.seeds} seeds, {self.acts} acts, {self.kills} kills, {self.late} deliveries"
            f" an hour late, {self.parked_long} services that held others meanwhile,"
            f" {self.seconds:.1f} s, {len(self.broken)} broke a rule"
        )


def play_seeds(world: World, seeds: Iterable[int]) -> Result:
    """Play each seed from the same beginning; an error passes, with its seed named."""
    result, began = Result(), time.perf_counter()
    for seed in seeds:
        run = Run(world=world, chance=world.begin(seed))
        with _naming(seed):
            run.play()
            broken = violations(world)
        if broken:
            result.broken[seed] = broken
        result.seeds += 1
        result.acts += run.done
        result.kills += run.killed
        result.late += world.bus.late
        result.parked_long += world.parked_long
    result.seconds = time.perf_counter() - began
    return result


def play_unbroken(world: World, seeds: range) -> None:
    """Play each seed; raises ``AssertionError`` where one broke a rule or too little was tried."""
    result = play_seeds(world, seeds)
    print(result.summary())
    assert result.broken == {}
    assert result.acts > len(seeds) * 3
    assert result.kills > len(seeds) / 4
    assert result.late > len(seeds) / 4
    assert result.parked_long > len(seeds) / 20


def kept_seeds() -> list[int]:
    """The seeds that once broke a rule."""
    seeds: list[int] = json.loads(KEPT.read_text())
    return seeds


def keep(seeds: Iterable[int]) -> None:
    """Keep more of them, to be played by every run of the tests from now on."""
    KEPT.write_text(json.dumps(sorted({*kept_seeds(), *seeds})) + "\n")


@contextmanager
def _naming(seed: int) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        error.add_note(f"seed {seed}: python -m tests.faults.simulation {seed} {seed}")
        raise
