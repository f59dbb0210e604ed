"""Feasts of the moon as an authority entered them: its days replace the estimated ones."""

from __future__ import annotations

from datetime import date

import pytest

from shared.law.clock import due
from shared.law.decreed_feasts import calendar_with
from shared.law.holidays import public_holidays
from shared.law.packs import load_pack

pytestmark = pytest.mark.unit

D = date.fromisoformat


def days(*typed: str) -> frozenset[date]:
    """The days that an authority entered."""
    return frozenset(D(day) for day in typed)


@pytest.mark.parametrize(
    ("entered", "off", "working"),
    [
        # In 2025 the estimates were 6 and 7 June; the feast was on 7 and 8, and the 9th was given.
        (("2025-06-07", "2025-06-08"), (), ("2025-06-06", "2025-06-09")),
        (("2025-06-07", "2025-06-08", "2025-06-09"), ("2025-06-09",), ("2025-06-06",)),
        # One day beside a feast of two is a day granted: the estimate stands.
        (("2025-06-09",), ("2025-06-06", "2025-06-09"), ()),
        (("2025-06-05",), ("2025-06-05", "2025-06-06"), ()),
        # A feast of one day is replaced by one, and not by a day further off.
        (("2025-06-27",), ("2025-06-27",), ("2025-06-26",)),
        (("2025-06-24",), ("2025-06-24", "2025-06-26"), ()),
        # What was estimated rightly and entered stays.
        (("2026-05-27", "2026-05-28"), ("2026-05-27", "2026-05-28"), ("2026-05-26", "2026-05-29")),
        # One feast entered says nothing of another.
        (("2025-06-07", "2025-06-08"), ("2025-06-26", "2025-09-04", "2025-07-30"), ()),
        ((), ("2025-06-06",), ("2025-06-09",)),
    ],
)
def test_a_feast_that_was_entered_replaces_its_estimate(entered, off, working):
    calendar = calendar_with(days(*entered))

    assert [day for day in off if calendar.is_working(D(day))] == []
    assert [day for day in working if not calendar.is_working(D(day))] == []


def test_a_term_is_no_longer_a_day_too_long_once_the_feast_is_entered():
    pack = load_pack("ma-commune", D("2025-06-02"))
    guessed = due(pack, "transmit-to-governor", D("2025-06-02"))

    found = due(
        pack,
        "transmit-to-governor",
        D("2025-06-02"),
        holidays=calendar_with(days("2025-06-07", "2025-06-08")),
    )

    assert (guessed.due_on, guessed.uncertain) == (D("2025-06-24"), True)
    assert (found.due_on, found.uncertain) == (D("2025-06-23"), False)


def test_a_fixed_holiday_on_which_a_feast_falls_is_off_in_any_case():
    throne_day = D("2022-07-30")

    assert not public_holidays(2022)[throne_day].estimated
    assert calendar_with(days("2022-07-31")).holiday(throne_day) is not None
