"""Writes dates and moments in the current language (`shared/day_words.py` has the words).

Moments are stored in UTC and shown in the authority's zone.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from shared.day_words import in_words
from shared.web.i18n import current_language, gettext

DEFAULT_ZONE = "Africa/Casablanca"


def civil_date(day: date | str, *, weekday: bool = False) -> str:
    """Returns a civil date (or its ISO form) in words: `6 فبراير 2024`, `6 février 2024`."""
    return in_words(_as_date(day), current_language(), weekday=weekday)


def local_moment(instant: datetime | str, zone: str = DEFAULT_ZONE) -> datetime:
    """Returns an aware instant (or its RFC 3339 form) as the clocks of `zone` showed it.

    Raises ValueError for an instant without a zone: it could mean two different moments.
    """
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(ZoneInfo(zone))


def moment_text(instant: datetime | str, zone: str = DEFAULT_ZONE) -> str:
    """Returns date and time of day of an instant, as in `6 février 2024 à 09:05`."""
    local = local_moment(instant, zone)
    return gettext("%(date)s at %(time)s", date=civil_date(local.date()), time=f"{local:%H:%M}")


def utc_text(instant: datetime | str) -> str:
    """Returns an instant in UTC, to the second, in the form machines and auditors compare."""
    return f"{local_moment(instant, 'UTC').astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def days_between(earlier: date | str, later: date | str) -> int:
    """Returns the whole civil days from one date to another; negative when the order is other."""
    return (_as_date(later) - _as_date(earlier)).days


def _as_date(day: date | str) -> date:
    if isinstance(day, datetime):
        raise TypeError("a civil date is wanted; an instant has one only in a zone")
    return date.fromisoformat(day) if isinstance(day, str) else day
