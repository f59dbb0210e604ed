"""The sentences of phrases.toml, filled with names, dates and counts in three languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypedDict, cast

from shared.day_words import in_words
from shared.law.model import LANGUAGES, Language, Text

# A bare number keeps its order by itself.
_PLAIN = re.compile(r"[0-9.]+")
PHRASES_FILE = Path(__file__).with_name("phrases.toml")


class Phrases(TypedDict):
    """The phrase file as parsed: sentences and counted nouns by language."""

    counted: Mapping[str, Mapping[str, Mapping[str, str]]]
    says: Mapping[str, Text]


@dataclass(frozen=True)
class Counted:
    """A number with its noun, such as 3 months: the noun agrees with it in each language."""

    number: int
    noun: str


Value = str | int | date | Text | Counted


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return the phrase file, read once for each process."""
    return cast("Phrases", tomllib.loads(PHRASES_FILE.read_text(encoding="utf-8")))


def say(key: str, **values: Value) -> Text:
    """Return the sentence of that key in three languages, its {names} filled.

    A str is a code and stays as it is; a Text gives each language its own; dates are
    written out with their weekday; a Counted becomes number and noun.
    """
    templates = phrases()["says"][key]
    return Text(
        ar=_filled(templates["ar"], "ar", values),
        fr=_filled(templates["fr"], "fr", values),
        en=_filled(templates["en"], "en", values),
    )


def joined(parts: Sequence[Text]) -> Text:
    """Return one text made of sentences set one after the other."""
    ar, fr, en = (" ".join(part[language] for part in parts) for language in LANGUAGES)
    return Text(ar=ar, fr=fr, en=en)


def _filled(template: str, language: Language, values: Mapping[str, Value]) -> str:
    words = {name: _word(value, language) for name, value in values.items()}
    return template.format(**words)


def _word(value: Value, language: Language) -> str:
    if isinstance(value, str):
        return _isolated(value) if language == "ar" and not _PLAIN.fullmatch(value) else value
    if isinstance(value, date):
        return in_words(value, language, weekday=True)
    if isinstance(value, Counted):
        return counted_in(value, language)
    if isinstance(value, int):
        return str(value)
    return value[language]


def counted_in(value: Counted, language: Language) -> str:
    """Return a number with its noun in one language, such as ``10 working days``."""
    forms = phrases()["counted"][value.noun][language]
    form = forms.get(plural_category(value.number, language), forms["other"])
    return form.format(n=value.number)


def _isolated(code: str) -> str:
    # Without an isolate (Unicode 9, X5c) a code inside Arabic is shown back to front.
    return f"\u2068{code}\u2069"


def plural_category(number: int, language: Language) -> str:
    """Return the Unicode plural category (CLDR) of a count of zero or more."""
    if language == "ar":
        return _arabic_category(number)
    singular = number in {0, 1} if language == "fr" else number == 1
    return "one" if singular else "other"


def _arabic_category(number: int) -> str:
    if number in {1, 2}:
        return "one" if number == 1 else "two"
    hundredth = number % 100
    if 3 <= hundredth <= 10:
        return "few"
    return "many" if hundredth >= 11 else "other"
