"""The matters of the law that need another majority, as a choice on agenda and vote."""

from __future__ import annotations

from dataclasses import replace

from services.portal import session_words, words
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Field, Option
from shared.web.i18n import lazy_gettext

MATTER = Field(
    name="matter",
    label=lazy_gettext("Matter for which the law asks another majority"),
    hint=lazy_gettext("Where it is none of these, the majority of the votes cast decides."),
    kind="select",
    is_maybe=True,
)


def matters(found: Json) -> list[Option]:
    """The matters that a session knows, each with the majority that its vote needs."""
    return [
        (one["id"], f"{plain_text(one['name'])} · {words.word(session_words.BASES, one['basis'])}")
        for one in found.get("majority_matters") or []
    ]


def matter_of_vote(found: Json, item: Json) -> list[Field]:
    """What a first vote asks where no matter was named yet; nothing where one was, or later."""
    if item.get("matter") or item.get("calculations"):
        return []
    return [replace(MATTER, options=tuple(matters(found)))]
