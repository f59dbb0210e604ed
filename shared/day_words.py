"""Days in words, as people in Morocco read them: for pages, letters and the sentences of law.

Digits are Western ones in every language, as in Moroccan administration; Arabic month names are
the Moroccan ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

_ARABIC = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ENGLISH = "January February March April May June July August September October November December"
MONTHS: Mapping[str, tuple[str, ...]] = {
    "ar": tuple(_ARABIC.split()),
    "fr": tuple(_FRENCH.split()),
    "en": tuple(_ENGLISH.split()),
}
_ARABIC_DAYS = "الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
_FRENCH_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "ar": tuple(_ARABIC_DAYS.split()),
    "fr": tuple(_FRENCH_DAYS.split()),
    "en": tuple(_ENGLISH_DAYS.split()),
}


def in_words(day: date, language: str, *, weekday: bool = False) -> str:
    """A civil date in a language: `6 فبراير 2024`, `6 février 2024`, with its weekday if asked."""
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    text = f"{first} {MONTHS[language][day.month - 1]} {day.year}"
    return f"{WEEKDAYS[language][day.weekday()]} {text}" if weekday else text
