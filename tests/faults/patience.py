"""Waiting for as long as something moves: a slow machine is no fault, one that stands still is."""

from __future__ import annotations

from collections.abc import Callable

from shared.clock import monotonic, sleep

STILL_SECONDS = 90.0
"""Longer than anything waits on purpose: an event put off for the third time comes after 30 s."""

MOST_SECONDS = 420.0
EVERY_SECONDS = 0.25


def moves_until(
    holds: Callable[[], bool],
    seen: Callable[[], object],
    *,
    still: float = STILL_SECONDS,
    most: float = MOST_SECONDS,
) -> bool:
    """Ask until the condition holds; returns whether it does.

    Gives up when what is ``seen`` did not change for ``still`` seconds, and after ``most`` seconds.
    """
    began = moved = monotonic()
    last = seen()
    while not holds():
        if monotonic() - began > most or monotonic() - moved > still:
            return False
        sleep(EVERY_SECONDS)
        now = seen()
        if now != last:
            last, moved = now, monotonic()
    return True
