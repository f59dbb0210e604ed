"""What was typed into a question of law: read as the question it makes, or told what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from services.portal.forms import Errors, Form, payload
from services.portal.pages.law_forms import MAJORITY
from shared.law.questions import read_date
from shared.web.i18n import gettext as _

LONGEST_NUMBER = 15
"""Digits that every reader of JSON keeps exact."""
LONGEST_REPEATED = 40
"""Characters of what was typed that an error repeats."""
DATE_LISTS = ("holidays", "ordinary_sessions")
LISTS = (*DATE_LISTS, "committees")
_BETWEEN = re.compile(r"[\s,;،؛]+")
# An Arabic keyboard may write the digits of its own script; a date means the same with them.
_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def typed_question(form: Form, data: MultiDict[str, str], *, pack: str) -> dict[str, str]:
    """What the address says for each field; ``pack`` stands where it says none."""
    found = {one.name: data.get(one.name, "") for one in form.fields}
    return {**found, "pack": found["pack"] or pack}


def is_asked(form: Form, data: MultiDict[str, str]) -> bool:
    """Whether the address holds a question, and not only the choice of a form."""
    return any(one.name in data for one in form.fields)


def question(form: Form, values: Mapping[str, str]) -> tuple[dict[str, Any], Errors]:
    """The question that the typed values make, and the fields that cannot be read."""
    body, errors = payload(form, {**values, **_readable(form, values)})
    asked: dict[str, Any] = {"ask": form.name, **body}
    for name in set(LISTS) & set(asked):
        asked[name] = _BETWEEN.sub(" ", asked[name]).split()
    if "committees" in asked:
        asked["committees"] = [_number(one) for one in asked["committees"]]
    if "call" in asked:
        asked["call"] = _number(asked["call"])
    if form is MAJORITY:
        asked.setdefault("president", None)
    errors |= _wrong_dates(form, asked)
    if values.get("no_holidays") == "yes":
        errors |= _contradiction(asked)
        asked["holidays"] = []
    return asked, errors


def _readable(form: Form, values: Mapping[str, str]) -> dict[str, str]:
    """Numbers cut where no machine reads on, dates in Latin digits, lists of nothing as nothing."""
    numbers = {one.name for one in form.fields if one.kind == "number"}
    dates = {one.name for one in form.fields if one.kind == "date"}
    return {
        **{name: values[name][: LONGEST_NUMBER + 1] for name in numbers},
        **{name: values[name].translate(_LATIN) for name in dates},
        **{
            name: _BETWEEN.sub(" ", values[name].translate(_LATIN)).strip()
            for name in LISTS
            if name in values
        },
    }


def _wrong_dates(form: Form, asked: Mapping[str, Any]) -> Errors:
    """The fields in which something is no date, each with the first that is none."""
    given = {
        one.name: asked[one.name] if one.name in DATE_LISTS else [asked[one.name]]
        for one in form.fields
        if one.name in asked and (one.kind == "date" or one.name in DATE_LISTS)
    }
    wrong = {name: [one for one in days if read_date(one) is None] for name, days in given.items()}
    return {name: _no_date(days) for name, days in wrong.items() if days}


def _no_date(typed: Sequence[str]) -> dict[str, str]:
    # Without an isolate (Unicode 9, X5c) a date inside an Arabic sentence is shown back to front.
    wrong = f"\u2068{typed[0][:LONGEST_REPEATED]}\u2069"
    return {
        "message": _("%(typed)s is not a real date.", typed=wrong),
        "remedy": _("Write year, month and day, as 2024-05-01."),
    }


def _contradiction(asked: Mapping[str, Any]) -> Errors:
    if not asked.get("holidays"):
        return {}
    return {
        "no_holidays": {
            "message": _("Days off are listed, and none are to be counted."),
            "remedy": _("Empty the list, or take the mark out of this box."),
        }
    }


def _number(typed: str) -> int | str:
    """A whole number, or what was typed, which the law refuses at its field."""
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else typed
