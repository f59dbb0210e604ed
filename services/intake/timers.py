"""What intake does by the mere passing of days: erase names whose last day is over, and files."""

from __future__ import annotations

from services.intake import papers, redactions
from services.intake.earlier_cases import ask_for_earlier
from shared.context import ServiceContext
from shared.due import each_due
from shared.worker import Timer


def erase_names_in_time(context: ServiceContext) -> None:
    """Carry out the redactions that waited for a day."""
    each_due(context, redactions.due, redactions.look_again)


TIMERS = (
    Timer(name="ask_for_earlier_cases", every_seconds=600.0, run=ask_for_earlier),
    Timer(name="erase_names_in_time", every_seconds=600.0, run=erase_names_in_time),
    Timer(name="remove_erased_files", every_seconds=60.0, run=papers.remove_erased),
)
