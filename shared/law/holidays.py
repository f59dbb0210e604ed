"""Which days are working days: Monday to Friday, less the nation's holidays and the authority's.

The national days come from the ``holidays`` library (fixed days by decree 2.77.169 as amended, 14
January since 2024, 31 October since 2026 by decree 2.25.1140); its lunar dates are estimates.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from shared.law.model import Text
from shared.law.phrases import say

# The library knows no lunar feast after this year; later ones cannot be told.
LAST_LUNAR_YEAR = 2100


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A day off: its name (absent when only the date was given) and whether the date is a guess."""

    name: Text | None = None
    estimated: bool = False


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days an authority works.

    ``own`` are its own entries (a feast as decreed, a day granted at short notice) and ``working``
    takes away days the library has but that were not holidays; ``national`` False drops the
    library's list altogether.
    """

    national: bool = True
    own: Mapping[date, Holiday]
    working: frozenset[date] = frozenset()

    def holiday(self, day: date) -> Holiday | None:
        """Return the holiday of that day, or None."""
        if day in self.own:
            return self.own[day]
        if not self.national or day in self.working:
            return None
        return public_holidays(day.year).get(day)

    def is_working(self, day: date) -> bool:
        """Tell whether that day is a working day."""
        return day.weekday() < 5 and self.holiday(day) is None

    def is_guess(self, day: date) -> bool:
        """Tell whether that weekday counts or not by an estimated date, or beyond what is known.

        The moon may bring a feast a day sooner or later than estimated, so the days beside one are
        guesses too, until the authority enters the feast as it was decreed.
        """
        if day.weekday() >= 5 or not self.national or day in self.working:
            return False
        holiday = self.holiday(day)
        if holiday is not None:
            return holiday.estimated
        return day.year > LAST_LUNAR_YEAR or self._is_beside_a_guess(day)

    def _is_beside_a_guess(self, day: date) -> bool:
        beside = (self.holiday(day - timedelta(days=1)), self.holiday(day + timedelta(days=1)))
        return any(holiday is not None and holiday.estimated for holiday in beside)

    def why_not(self, day: date) -> Text | None:
        """Return why that day is no working day, or None when it is one."""
        if day.weekday() >= 5:
            return say("why-weekend", day=day)
        holiday = self.holiday(day)
        if holiday is None:
            return None
        if holiday.name is None:
            return say("why-holiday", day=day)
        key = "why-estimated-holiday" if holiday.estimated else "why-named-holiday"
        return say(key, day=day, name=holiday.name)

    def last_working_day(self, day: date) -> date:
        """Return the last working day on or before ``day``; OverflowError when there is none."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day


NATIONAL = Calendar(own={})


def calendar_of(holidays: Collection[date] | Calendar | None) -> Calendar:
    """Return the calendar meant: None is the nation's, a list replaces it entirely."""
    if holidays is None:
        return NATIONAL
    if isinstance(holidays, Calendar):
        return holidays
    return Calendar(national=False, own={day: Holiday() for day in holidays})


@lru_cache(maxsize=256)
def public_holidays(year: int) -> Mapping[date, Holiday]:
    """Return Morocco's public holidays of a year, lunar ones marked as estimated."""
    arabic, french, english = (_library(year, code) for code in ("ar", "fr", "en_US"))
    marked = _library(year, "en_US", islamic_show_estimated=True)
    return {
        day: Holiday(
            name=Text(ar=arabic[day], fr=french[day], en=english[day]),
            # A feast that falls on a fixed day off moves nothing: that day is off in any case.
            estimated=not set(marked[day].split("; ")) & set(english[day].split("; ")),
        )
        for day in english
    }


def _library(
    year: int, language: str, *, islamic_show_estimated: bool = False
) -> Mapping[date, str]:
    found: Mapping[date, str] = _moroccan_class()(
        years=year, language=language, islamic_show_estimated=islamic_show_estimated
    )
    return found


@lru_cache(maxsize=1)
def _moroccan_class() -> Any:
    morocco = _moroccan_file().Morocco
    # The library stops in 2100; its fixed days hold on, while its lunar ones are then unknown.
    return type("Morocco", (morocco,), {"end_year": date.max.year})


def _moroccan_file() -> Any:
    """The library's file about Morocco, loaded when the first question needs a working day.

    By its path: its package would load three hundred other countries and markets with it.
    """
    library = importlib.import_module("holidays")
    file = Path(str(library.__file__)).with_name("countries") / "morocco.py"
    spec = importlib.util.spec_from_file_location("holidays_of_morocco", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
