"""What happens to cases and consultations by the mere passing of days."""

from __future__ import annotations

from services.review.cases import consultations, deadlines
from services.review.firing import each_due
from shared.context import ServiceContext
from shared.worker import Timer


def warn_of_deadlines(context: ServiceContext) -> None:
    """Tell of refusal terms that end within 14 days."""
    each_due(context, deadlines.approaching, deadlines.warn)


def tell_missed_deadlines(context: ServiceContext) -> None:
    """Tell of refusal terms that ended without an answer."""
    each_due(context, deadlines.missed, deadlines.miss)


def lapse_consultations(context: ServiceContext) -> None:
    """Let consultations lapse whose day has passed."""
    each_due(context, consultations.overdue, consultations.lapse)


def timers(every_seconds: float) -> tuple[Timer, ...]:
    """The timers of this area, each looked at every so many seconds."""
    runs = (warn_of_deadlines, tell_missed_deadlines, lapse_consultations)
    return tuple(
        Timer(name=f"cases.{run.__name__}", every_seconds=every_seconds, run=run) for run in runs
    )
