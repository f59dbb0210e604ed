"""What review does by the mere passing of days: the timers of its areas, joined."""

from __future__ import annotations

from services.review.cases.timers import timers as case_timers
from services.review.control.timers import timers as control_timers
from services.review.sessions.timers import timers as session_timers
from shared.worker import Timer


def timers(every_seconds: float) -> tuple[Timer, ...]:
    """Every timer of review, each looked at every so many seconds (they count in days)."""
    return (
        *case_timers(every_seconds),
        *session_timers(every_seconds),
        *control_timers(every_seconds),
    )
