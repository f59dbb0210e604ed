"""Fault tests go on waiting for what moves, and no longer for what stands still."""

from __future__ import annotations

import pytest

from tests.faults import patience
from tests.faults.patience import moves_until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that a look moves by one second, so that nothing really waits."""
    seconds = [0.0]

    def pass_a_second(_seconds: float) -> None:
        seconds[0] += 1.0

    monkeypatch.setattr(patience, "monotonic", lambda: seconds[0])
    monkeypatch.setattr(patience, "sleep", pass_a_second)
    return seconds


def test_what_moves_is_waited_for_beyond_the_time_it_may_stand_still(quick: list[float]) -> None:
    assert moves_until(lambda: quick[0] >= 50, lambda: quick[0] // 5, still=10, most=100)


def test_what_stands_still_is_given_up(quick: list[float]) -> None:
    assert not moves_until(lambda: False, lambda: min(quick[0], 20), still=10, most=100)
    assert 30 <= quick[0] <= 32


def test_what_moves_for_ever_is_given_up_in_the_end(quick: list[float]) -> None:
    assert not moves_until(lambda: False, lambda: quick[0], still=10, most=100)
    assert 100 <= quick[0] <= 102
