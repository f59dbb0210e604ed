"""Reads the fields of a question strictly: each refusal names the field in three languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from shared.law.errors import LawError
from shared.law.phrases import say

# The largest whole number that every reader of JSON keeps exact (RFC 8259, section 6).
MOST = 2**53 - 1
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Alike enough to be a slip: one letter more or less in ten, or a hyphen for an underscore.
ALIKE = 0.85
LONGEST_NAME = 60


def check_count(field: str, value: object) -> int:
    """Return ``value`` if it is a whole number from 0 to MOST, else raise LawError on ``field``."""
    # True is an int to Python, yet no number of people.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise LawError(field, say("error-count", field=field, most=MOST))
    return value


def check_choice(field: str, value: object, choices: Sequence[str]) -> str:
    """Return ``value`` if it is one of the choices, else raise LawError on ``field``."""
    if not isinstance(value, str) or value not in choices:
        raise LawError(field, say("error-choice", field=field, choices=", ".join(choices)))
    return value


class Question:
    """The fields of one question as they came in; every reader raises LawError on its field."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields
        self._read = set[str]()

    def choice(self, field: str, choices: Sequence[str]) -> str:
        """Return a word out of ``choices``."""
        if not self._has(field):
            known = ", ".join(choices)
            raise LawError(field, say("error-missing-choice", field=field, choices=known))
        return check_choice(field, self._fields[field], choices)

    def choice_or_null(self, field: str, choices: Sequence[str]) -> str | None:
        """Return a word out of ``choices``, or None for null; the field itself must be there."""
        value = self.value(field)
        return None if value is None else check_choice(field, value, choices)

    def choice_if_given(self, field: str, choices: Sequence[str]) -> str | None:
        """Return a word out of ``choices``, or None when the field is absent or null."""
        value = self.value(field) if self._has(field) else None
        return None if value is None else check_choice(field, value, choices)

    def count(self, field: str) -> int:
        """Return a whole number from 0 up."""
        return check_count(field, self.value(field))

    def truth(self, field: str) -> bool:
        """Return true or false; false when absent."""
        value = self.value(field) if self._has(field) else False
        if not isinstance(value, bool):
            raise LawError(field, say("error-truth", field=field))
        return value

    def day(self, field: str) -> date:
        """Return a date written YYYY-MM-DD."""
        day = read_date(self.value(field))
        if day is None:
            raise LawError(field, say("error-date", field=field))
        return day

    def count_if_given(self, field: str) -> int | None:
        """Return a whole number from 0 up, or None when the field is absent."""
        return self.count(field) if self._has(field) else None

    def counts_if_given(self, field: str) -> tuple[int, ...] | None:
        """Return a list of whole numbers from 0 up, or None when the field is absent."""
        if not self._has(field):
            return None
        value = self.value(field)
        if not isinstance(value, list):
            raise LawError(field, say("error-counts", field=field))
        return tuple(check_count(field, part) for part in value)

    def days_if_given(self, field: str) -> tuple[date, ...] | None:
        """Return a list of dates, or None when the field is absent; null is no list."""
        return self.days(field) if self._has(field) else None

    def days(self, field: str) -> tuple[date, ...]:
        """Return a list of dates written YYYY-MM-DD, in the order given."""
        value = self.value(field)
        days = [read_date(part) for part in value] if isinstance(value, list) else [None]
        real = tuple(day for day in days if day is not None)
        if len(real) < len(days):
            raise LawError(field, say("error-dates", field=field))
        return real

    def value(self, field: str) -> object:
        """Return what stands in a field, unchecked."""
        if not self._has(field):
            raise LawError(field, say("error-missing", field=field))
        return self._fields[field]

    def unread(self) -> list[str]:
        """Return the fields that no reader asked for, once the question is answered.

        Raises LawError on one that is a misspelt field of this kind of question: to pass it over
        would answer another question than the one that was meant.
        """
        unread = [field for field in self._fields if field not in self._read]
        for field in unread:
            meant = get_close_matches(field, self._read - set(self._fields), n=1, cutoff=ALIKE)
            if meant:
                name = in_print(field)
                raise LawError(name, say("error-misspelt", field=name, meant=meant[0]))
        return unread

    def _has(self, field: str) -> bool:
        self._read.add(field)
        return field in self._fields


def read_date(value: object) -> date | None:
    """Return the date a string writes as YYYY-MM-DD, or None when it is not one."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def in_print(name: str) -> str:
    """Return the name of a field as it can be told to the caller: shortened, and always UTF-8."""
    # Half of a surrogate pair is no character and has no UTF-8.
    return name.encode("utf-8", "backslashreplace").decode()[:LONGEST_NAME]
