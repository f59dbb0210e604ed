"""What intake does by the mere passing of days: erase names whose last day is over."""

from __future__ import annotations

from services.intake import redactions
from shared.context import ServiceContext
from shared.due import each_due
from shared.worker import Timer


def erase_names_in_time(context: ServiceContext) -> None:
    """Carry out the redactions that waited for a day."""
    each_due(context, redactions.due, redactions.look_again)


TIMERS = (Timer(name="erase_names_in_time", every_seconds=600.0, run=erase_names_in_time),)
