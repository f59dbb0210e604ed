"""Named places where a test can kill the process; they do nothing unless ARIDA_FAILPOINT says so.

``ARIDA_FAILPOINT=after_commit:2`` kills this process by SIGKILL when it comes to that place for the
second time. tests/faults kills at every place of the table.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping

VARIABLE = "ARIDA_FAILPOINT"

FAILPOINTS: Mapping[str, tuple[str, ...]] = {
    "before_commit": ("web", "worker"),
    "after_commit": ("web", "worker"),
    "after_claim_before_publish": ("relay",),
    "after_publish_before_confirm": ("relay", "worker"),
    "after_confirm_before_delete": ("relay",),
    "after_delete": ("relay",),
    "before_effect": ("worker",),
    "after_effect_before_parked": ("worker",),
    "after_effect_before_ack": ("worker",),
    "after_copy_before_ack": ("worker",),
}
"""Every place by name, with the kinds of process that come past it."""


class _Armed:
    """The one place that kills, and how often it has been passed."""

    def __init__(self) -> None:
        self.name, self.hits_left = "", 0

    def read(self, value: str) -> None:
        name, _, number = value.partition(":")
        if name not in FAILPOINTS or not number.isdecimal() or int(number) < 1:
            raise ValueError(f"{VARIABLE} reads name:hit, not {value!r}")
        self.name, self.hits_left = name, int(number)


_armed = _Armed()


def arm(value: str) -> None:
    """Kill at ``name:hit`` from here on, counted anew; raises ValueError for another text."""
    _armed.read(value)


def reach(name: str) -> None:
    """Come past a place: nothing happens, unless it is the armed one's turn."""
    if name != _armed.name:
        return
    _armed.hits_left -= 1
    if _armed.hits_left == 0:
        die()


def die() -> None:
    """End this process at once, without a last word; the simulation puts its own end here."""
    os.kill(os.getpid(), signal.SIGKILL)


if VARIABLE in os.environ:
    arm(os.environ[VARIABLE])
