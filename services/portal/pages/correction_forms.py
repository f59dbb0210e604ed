"""Corrections of recorded days and counts as forms: what is right, and why it is corrected."""

from __future__ import annotations

from services.portal import session_words, words
from services.portal.clients import Json
from services.portal.forms import Field, Form, Option
from services.portal.timelines import author
from shared.web.dates import civil_date
from shared.web.i18n import gettext as _
from shared.web.i18n import lazy_gettext

BECAUSE = Field(
    name="because",
    label=lazy_gettext("Why it is corrected"),
    hint=lazy_gettext("It stays with the council and stands in the minutes."),
    kind="textarea",
    longest=2_000,
    is_required=True,
)
DATE_RECTIFICATION = Form(
    name="date-rectification",
    title=lazy_gettext("Correct a recorded day by a new act"),
    button=lazy_gettext("Correct"),
    path="/date-rectification",
    kind="danger",
    lead=lazy_gettext("Another person than who recorded it corrects it; the old act stays."),
    fields=(
        Field(
            name="of",
            label=lazy_gettext("Which act"),
            kind="radio",
            options=words.options(session_words.DATED_ACTS),
            is_required=True,
        ),
        Field(name="day", label=lazy_gettext("The right day"), kind="date", is_required=True),
        BECAUSE,
    ),
)
COUNT_RECTIFICATION = Form(
    name="count-rectification",
    title=lazy_gettext("Correct the count at an opening by a new act"),
    button=lazy_gettext("Correct"),
    path="/count-rectification",
    kind="danger",
    lead=lazy_gettext(
        "The members in office are counted anew; a figure that changes the quorum is refused."
    ),
    fields=(
        Field(name="sitting", label=lazy_gettext("Sitting"), kind="select", is_required=True),
        Field(
            name="present",
            label=lazy_gettext("Members present"),
            kind="number",
            is_required=True,
        ),
        BECAUSE,
    ),
)
CORRECTION_FORMS = {form.name: form for form in (DATE_RECTIFICATION, COUNT_RECTIFICATION)}


def corrections_by_subject(found: Json) -> dict[str, list[Json]]:
    """What was corrected of a session or a decision, by subject, as the macro takes it."""
    shown: dict[str, list[Json]] = {}
    for one in found.get("corrections") or []:
        made = {**one, "by": author(one["author"])}
        shown.setdefault(one["subject"], []).append(made)
    return shown


def counted_sittings(session: Json) -> list[Option]:
    """The sittings of a session that were counted by number, as a choice."""
    return [
        (one["id"], _("Sitting of %(date)s", date=civil_date(one["held_on"])))
        for one in session.get("sittings") or []
        if not one.get("is_named")
    ]
