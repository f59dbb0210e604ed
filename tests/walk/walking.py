"""Walks a number of histories, always the same ones, and tells what they came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from shared.testing.harness import Harness
from tests.walk.machine import CouncilWalk
from tests.walk.stages import Stage

ACTS = 12
"""The most steps of one history."""


def walked(harness: Harness, stages: Sequence[Stage], *, histories: int) -> Counter[str]:
    """Walk so many histories from these beginnings; raises ``AssertionError`` on a broken rule."""
    seen: Counter[str] = Counter()
    facts = {"harness": harness, "stages": stages, "histories": seen}
    machine: Any = type("Walk", (CouncilWalk,), facts)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=ACTS,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return seen
