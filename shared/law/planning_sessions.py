"""The ordinary sessions ahead of a petition: those that are set, then those the law expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from shared.law.errors import LawError
from shared.law.holidays import Calendar
from shared.law.pack import Pack
from shared.law.phrases import say
from shared.law.planning_steps import Facts
from shared.law.sessions import usual_opening

EXPECTED = 8
"""More than the sessions of two years: one is always in reach, and one follows it."""


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """An ordinary session; ``is_planned`` is false where its day is only expected."""

    opens_on: date
    is_planned: bool


def sessions_ahead(pack: Pack, facts: Facts, days: Calendar) -> tuple[Ahead, ...]:
    """Return the sessions after the bureau's decision, or after today where it has not decided.

    Raises LawError on ``today`` where the calendar ends.
    """
    known = {*facts.ordinary, *([facts.booked_on] if facts.booked_on else ())}
    after = facts.today if facts.decided_on is None else facts.decided_on
    planned = [day for day in sorted(known) if day > after or day == facts.booked_on]
    last = max([*known, facts.today])
    expected = list(islice(_expected(pack, last, days), EXPECTED))
    if len(expected) < EXPECTED:
        raise LawError("today", say("error-out-of-calendar"))
    return (
        *(Ahead(opens_on=day, is_planned=True) for day in planned),
        *(Ahead(opens_on=day, is_planned=False) for day in expected),
    )


def _expected(pack: Pack, last: date, days: Calendar) -> Iterator[date]:
    """The openings in the ordinary months after a day's own month, as early as they may be.

    Where the law only says "first week", the first of the month stands for it: every step is then
    due no later than it will be.
    """
    for year in range(last.year, min(last.year + 6, date.max.year)):
        for month in pack.sessions[0].months:
            if (year, month) > (last.year, last.month):
                usual = usual_opening(pack, year, month, holidays=days)
                yield usual or date(year, month, 1)
