"""What happens to cases and consultations by the mere passing of days."""

from __future__ import annotations

from functools import partial

from services.review.cases import consultations, deadlines
from shared.context import ServiceContext
from shared.due import each_due
from shared.worker import Timer


def tell_alarms(context: ServiceContext) -> None:
    """Tell of terms that end soon, that were missed, and what is to be told above."""
    for alarm in deadlines.ALARMS:
        each_due(context, partial(deadlines.ringing, alarm), partial(deadlines.tell, alarm))


def lapse_consultations(context: ServiceContext) -> None:
    """Let consultations lapse whose day has passed."""
    each_due(context, consultations.overdue, consultations.lapse)


def timers(every_seconds: float) -> tuple[Timer, ...]:
    """The timers of this area, each looked at every so many seconds."""
    runs = (tell_alarms, lapse_consultations)
    return tuple(
        Timer(name=f"cases.{run.__name__}", every_seconds=every_seconds, run=run) for run in runs
    )
