"""Timers of sessions: none so far; a session's days are checked when somebody acts."""

from __future__ import annotations

from shared.worker import Timer


def timers(every_seconds: float) -> tuple[Timer, ...]:  # noqa: ARG001 - as in the other areas.
    """The timers of this area, each looked at every so many seconds."""
    return ()
