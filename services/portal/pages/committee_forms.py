"""The acts of a committee as forms: a meeting called, its roll, a hearing set and recorded."""

from __future__ import annotations

from collections.abc import Sequence

from services.portal.forms import Field, Form, Option
from services.portal.words import Words, options
from shared.web.i18n import LazyText, lazy_gettext

MEETING_CALLERS: Words = {
    "president": lazy_gettext("The president of the council"),
    "chair": lazy_gettext("The committee's chair"),
    "third": lazy_gettext("A third of the committee's members"),
}
MEETING_MARKS: Words = {
    "present": lazy_gettext("Present"),
    "excused": lazy_gettext("Excused"),
    "unexcused": lazy_gettext("Absent without excuse"),
}
HEARD: Words = {
    "mandatary": lazy_gettext("The petitioners' mandatary"),
    "legal-representative": lazy_gettext("The association's legal representative"),
}
MEETING = Form(
    name="meetings",
    title=lazy_gettext("Call a meeting of the committee"),
    button=lazy_gettext("Call the meeting"),
    path="/meetings",
    lead=lazy_gettext(
        "The president, the chair or a third of the members can ask for one (113-14, 28)."
    ),
    fields=(
        Field(
            name="called_by",
            label=lazy_gettext("Called by"),
            kind="radio",
            options=options(MEETING_CALLERS),
            is_required=True,
        ),
        Field(
            name="members",
            label=lazy_gettext("How many members asked"),
            hint=lazy_gettext("Only when a third of the committee asks."),
            kind="number",
            is_maybe=True,
        ),
        Field(name="meets_on", label=lazy_gettext("Meets on"), kind="date", is_required=True),
        Field(name="cases", label=lazy_gettext("Petitions on its agenda"), kind="checks"),
    ),
)
REMIT = Form(
    name="remit",
    title=lazy_gettext("Record what the committee deals with"),
    button=lazy_gettext("Record"),
    path="/remit",
    lead=lazy_gettext("Everybody can read it."),
    fields=(
        Field(
            name="remit.ar", label=lazy_gettext("In Arabic"), longest=200, lang="ar", is_maybe=True
        ),
        Field(
            name="remit.fr", label=lazy_gettext("In French"), longest=200, lang="fr", is_maybe=True
        ),
    ),
)
HEARING = Form(
    name="hearing",
    title=lazy_gettext("Set a hearing before the committee"),
    button=lazy_gettext("Set the hearing"),
    path="/hearing",
    lead=lazy_gettext("The petitioners get a notice with the day."),
    fields=(Field(name="meeting", label=lazy_gettext("Meeting"), kind="select", is_required=True),),
)
HEARING_RECORD = Form(
    name="hearing-record",
    title=lazy_gettext("Record the hearing"),
    button=lazy_gettext("Record"),
    path="/hearing-record",
    fields=(
        Field(name="meeting", label=lazy_gettext("Meeting"), kind="select", is_required=True),
        Field(name="came", label=lazy_gettext("Who was invited came"), kind="yes"),
        Field(
            name="text",
            label=lazy_gettext("What was said"),
            hint=lazy_gettext("It stays with the council."),
            kind="textarea",
            longest=20_000,
        ),
    ),
)


def roll_form(members: Sequence[Option]) -> Form:
    """The roll of one meeting: a mark for each member of the committee."""
    fields = [
        Field(
            name=f"attendance.{person}",
            label=label if isinstance(label, LazyText) else lazy_gettext("%(name)s", name=label),
            kind="radio",
            options=options(MEETING_MARKS),
            is_maybe=True,
        )
        for person, label in members
    ]
    late = Field(
        name="late_reason",
        label=lazy_gettext("Why it is recorded later"),
        hint=lazy_gettext("Only when the meeting was on an earlier day."),
        longest=500,
    )
    return Form(
        name="attendance",
        title=lazy_gettext("Record who was at the meeting"),
        button=lazy_gettext("Record"),
        lead=lazy_gettext("Members who are left empty were absent without excuse."),
        is_act=False,
        fields=(*fields, late),
    )
