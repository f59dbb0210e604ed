from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from shared import clock

CASABLANCA = "Africa/Casablanca"


def test_now_is_aware_and_in_utc():
    with time_machine.travel(datetime(2026, 5, 6, 7, 8, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 5, 6, 7, 8, tzinfo=UTC)
        assert clock.now().utcoffset() == timedelta(0)


def test_the_monotonic_clock_counts_the_seconds_slept():
    before = clock.monotonic()

    clock.sleep(0.01)

    assert clock.monotonic() - before >= 0.01


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        # UTC+1 until 15 February 2026, 03:00 local time, the eve of Ramadan 1447.
        (datetime(2026, 2, 14, 22, 59, tzinfo=UTC), date(2026, 2, 14)),
        (datetime(2026, 2, 14, 23, 0, tzinfo=UTC), date(2026, 2, 15)),
        # UTC during Ramadan.
        (datetime(2026, 2, 15, 23, 59, tzinfo=UTC), date(2026, 2, 15)),
        (datetime(2026, 2, 16, 0, 0, tzinfo=UTC), date(2026, 2, 16)),
        (datetime(2026, 3, 21, 23, 30, tzinfo=UTC), date(2026, 3, 21)),
        # UTC+1 again from 22 March 2026, 02:00 local time.
        (datetime(2026, 3, 22, 22, 59, tzinfo=UTC), date(2026, 3, 22)),
        (datetime(2026, 3, 22, 23, 0, tzinfo=UTC), date(2026, 3, 23)),
    ],
)
def test_midnight_in_morocco_moves_with_ramadan(instant, day):
    assert clock.civil_date(instant, CASABLANCA) == day


def test_a_naive_instant_has_no_civil_date():
    with pytest.raises(ValueError, match="time zone"):
        clock.civil_date(datetime(2026, 1, 1), CASABLANCA)  # noqa: DTZ001


def test_an_unknown_zone_is_refused():
    with pytest.raises(KeyError):
        clock.civil_date(datetime(2026, 1, 1, tzinfo=UTC), "Africa/Nowhere")
