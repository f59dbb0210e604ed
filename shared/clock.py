"""The one place that reads the clock; everything else asks here, so that tests can move time."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this instant, aware and in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Return seconds on a clock that never goes back; only differences mean something."""
    return time.monotonic()


def sleep(seconds: float) -> None:
    """Wait for that many seconds."""
    time.sleep(seconds)


def civil_date(instant: datetime, zone: str) -> date:
    """Return the date on the wall of ``zone`` (such as ``Africa/Casablanca``) at an aware instant.

    Raises ValueError for a naive instant and ZoneInfoNotFoundError for an unknown zone.
    """
    if instant.utcoffset() is None:
        raise ValueError("a civil date needs an instant with its time zone")
    return instant.astimezone(ZoneInfo(zone)).date()
