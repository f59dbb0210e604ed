"""The calendar of an authority: the nation's days off, with the feasts as it entered them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from shared.law.holidays import Calendar, Holiday, public_holidays

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def calendar_with(own: frozenset[date]) -> Calendar:
    """Return the nation's calendar with an authority's own days off in it.

    A feast of the moon stands in it on estimated days until the authority enters the decreed ones.
    As many days as the feast has, within a day of the estimate, are the feast itself: the
    estimated days that are not among them are then working days. Fewer are days off granted
    beside it.
    """
    replaced = (day for feast in _feasts_near(own) if _is_entered(feast, own) for day in feast)
    return Calendar(own={day: Holiday() for day in own}, working=frozenset(replaced))


def _is_entered(feast: tuple[date, ...], own: frozenset[date]) -> bool:
    beside = {feast[0] - ONE_DAY, *feast, feast[-1] + ONE_DAY}
    return len(beside & own) >= len(feast)


def _feasts_near(own: Iterable[date]) -> Iterator[tuple[date, ...]]:
    """The estimated feasts of the years in which days were entered, each with its days."""
    for year in sorted({day.year for day in own}):
        feast: tuple[date, ...] = ()
        for day, holiday in sorted(public_holidays(year).items()):
            if not holiday.estimated:
                continue
            if feast and day - feast[-1] > ONE_DAY:
                yield feast
                feast = ()
            feast = (*feast, day)
        if feast:
            yield feast
