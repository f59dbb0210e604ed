"""The names of a council's members in the reader's language, from a session's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.clients import Json
from shared.web.i18n import current_language
from shared.web.i18n import gettext as _


def name_in_own_letters(name: Mapping[str, Any]) -> str | None:
    """A name in the letters of the reader's language, else in the other; None without any."""
    order = ("ar", "latin") if current_language() == "ar" else ("latin", "ar")
    return next((str(name[script]) for script in order if name.get(script)), None)


def member_names(record: Json) -> dict[str, str]:
    """Each person's name by id; the other script where one is missing, a number where both are."""
    found: dict[str, str] = {}
    people = {**{one["person"]: {} for one in record["members"]}, **record["people"]}
    for number, (person, name) in enumerate(people.items(), start=1):
        found[person] = name_in_own_letters(name) or _("Member %(number)s", number=number)
    return found
