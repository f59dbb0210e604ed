"""Writes dates and moments the way people in Morocco read them, in the current language.

Digits are Western ones in every language, as in Moroccan administration; Arabic month names are
the Moroccan ones. Moments are stored in UTC and shown in the authority's zone.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from shared.web.i18n import current_language, gettext

DEFAULT_ZONE = "Africa/Casablanca"

_ARABIC = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ENGLISH = "January February March April May June July August September October November December"
MONTHS: dict[str, tuple[str, ...]] = {
    "ar": tuple(_ARABIC.split()),
    "fr": tuple(_FRENCH.split()),
    "en": tuple(_ENGLISH.split()),
}
_ARABIC_DAYS = "الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
_FRENCH_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
WEEKDAYS: dict[str, tuple[str, ...]] = {
    "ar": tuple(_ARABIC_DAYS.split()),
    "fr": tuple(_FRENCH_DAYS.split()),
    "en": tuple(_ENGLISH_DAYS.split()),
}


def civil_date(day: date | str, *, weekday: bool = False) -> str:
    """Returns a civil date (or its ISO form) in words: `6 فبراير 2024`, `6 février 2024`."""
    day = _as_date(day)
    language = current_language()
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    text = f"{first} {MONTHS[language][day.month - 1]} {day.year}"
    return f"{WEEKDAYS[language][day.weekday()]} {text}" if weekday else text


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
