"""Plain arithmetic on civil dates: months, days, days that do not count. No law is known here."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta

from shared.law.model import Text

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Skipped:
    """A day that was not counted, and why."""

    day: date
    why: Text


WhyNot = Callable[[date], Text | None]


def add_months(day: date, months: int) -> date:
    """Return the same day number that many months later (earlier when negative).

    Where that month has no such day, its last day. Raises OverflowError outside years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not MINYEAR <= year <= date.max.year:
        raise OverflowError("the month lies outside the calendar")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def count_days(
    start: date, number: int, why_not: WhyNot, *, step: timedelta = ONE_DAY
) -> tuple[date, tuple[Skipped, ...]]:
    """Return the ``number``-th day after ``start`` that counts, and the days passed over.

    ``why_not`` returns None for a day that counts and the reason for one that does not; ``step`` of
    minus one day counts back. Raises OverflowError outside the calendar.
    """
    day, skipped = start, list[Skipped]()
    while number > 0:
        day += step
        why = why_not(day)
        if why is None:
            number -= 1
        else:
            skipped.append(Skipped(day, why))
    return day, tuple(skipped)
