"""Seeds of the simulation: 500 and all kept ones always, ten thousand by `make faults`.

The second half of the 500 lies in test_simulation_further.py, so that two processes share them.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest

from shared import bus_report
from tests.faults.simulation.rules import violations
from tests.faults.simulation.seeds import SHORT, Result, kept_seeds, play_seeds, play_unbroken
from tests.faults.simulation.world import World, fast_folder, simulated

pytestmark = pytest.mark.early(30)
LONG, CHUNK = 10_000, 250


def test_kept_seeds_break_no_rule_any_more(world: World) -> None:
    assert play_seeds(world, kept_seeds()).broken == {}


@pytest.mark.timeout(600)
def test_no_seed_of_the_first_half_breaks_a_rule(world: World) -> None:
    play_unbroken(world, range(1, SHORT // 2 + 1))


def test_a_seed_repeats_its_run(world: World) -> None:
    histories = []
    for _ in range(2):
        play_seeds(world, [7])
        histories.append(world.rows("review", "SELECT event_id, subject, type FROM history"))

    assert histories[0] == histories[1]


def test_the_rules_see_a_case_that_is_missing_and_one_that_is_left(world: World) -> None:
    """What the simulation would say of a bus that loses an event."""
    seed = next(seed for seed in range(1, 50) if _cases(world, seed))
    play_seeds(world, [seed])
    with world.contexts["review"].database.write("*") as (session, _):
        session.connection().exec_driver_sql("PRAGMA foreign_keys=OFF")
        session.connection().exec_driver_sql("UPDATE inbox_cursor SET sequence = sequence - 1")

    found = violations(world)

    assert any(line.startswith("I11 review") for line in found)


def test_the_rules_see_that_nobody_is_told_how_long_an_event_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the simulation would say of a service that takes every age for nothing."""
    monkeypatch.setattr(bus_report, "_age", lambda _since: 0)

    broken = play_seeds(world, range(1, 40)).broken

    assert any(line.startswith("age: ") for lines in broken.values() for line in lines)


@pytest.mark.long
def test_none_of_ten_thousand_seeds_breaks_a_rule() -> None:
    chunks = [range(first, first + CHUNK) for first in range(SHORT + 1, SHORT + LONG + 1, CHUNK)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        results = list(pool.map(_played_elsewhere, chunks))

    for result in results:
        print(result.summary())
    assert [result.broken for result in results if result.broken] == []
    assert sum(result.seeds for result in results) == LONG


def _cases(world: World, seed: int) -> int:
    play_seeds(world, [seed])
    return len(world.rows("review", 'SELECT id FROM "case"'))


def _played_elsewhere(seeds: range) -> Result:
    with fast_folder() as folder, simulated(folder) as made:
        return play_seeds(made, seeds)
