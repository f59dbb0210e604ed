"""The names of a council's members in the reader's language, from a session's record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from services.portal.clients import Json
from shared.web.i18n import current_language
from shared.web.i18n import gettext as _

PRESIDING = frozenset({"president", "committee-chair"})
_NUMBER = re.compile(r"(\d+)")


def name_in_own_letters(name: Mapping[str, Any]) -> str | None:
    """A name in the letters of the reader's language, else in the other; None without any."""
    order = ("ar", "latin") if current_language() == "ar" else ("latin", "ar")
    return next((str(name[script]) for script in order if name.get(script)), None)


def in_order(record: Json, rows: str = "members") -> Json:
    """The same record with its members as a roll is called: who presides first, then by name.

    Numbers inside a name count as numbers, so that member 2 comes before member 10.
    """
    names = member_names({"members": record[rows], "people": record["people"]})

    def place(one: Json) -> tuple[bool, list[tuple[int, str]]]:
        presides = one.get("is_president") or one.get("office") in PRESIDING
        return (not presides, _natural(names[one["person"]]))

    return {**record, rows: sorted(record[rows], key=place)}


def _natural(name: str) -> list[tuple[int, str]]:
    parts = _NUMBER.split(name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def member_names(record: Json) -> dict[str, str]:
    """Each person's name by id; the other script where one is missing, a number where both are."""
    found: dict[str, str] = {}
    people = {**{one["person"]: {} for one in record["members"]}, **record["people"]}
    for number, (person, name) in enumerate(people.items(), start=1):
        found[person] = name_in_own_letters(name) or _("Member %(number)s", number=number)
    return found
