"""The acts that change how long a session lasts, or whether it is held, as forms."""

from __future__ import annotations

from services.portal import session_words, words
from services.portal.forms import Field, Form
from shared.web.i18n import lazy_gettext

EXTENSION = Form(
    name="extension",
    title=lazy_gettext("Extend the session"),
    button=lazy_gettext("Extend"),
    path="/extension",
    lead=lazy_gettext(
        "An ordinary session goes on once, for at most {session-extension-end} in a row"
        " (113-14, 34)."
    ),
    fields=(
        Field(name="until", label=lazy_gettext("Its new last day"), kind="date", is_required=True),
        Field(name="reason", label=lazy_gettext("Reason"), longest=500, is_required=True),
        Field(
            name="governor_told_on",
            label=lazy_gettext("The governor was told on"),
            hint=lazy_gettext("Leave it empty when it is done today."),
            kind="date",
        ),
    ),
)
REFUSAL = Form(
    name="refusal",
    title=lazy_gettext("Refuse the session that was asked for"),
    button=lazy_gettext("Refuse the session"),
    path="/refusal",
    kind="danger",
    lead=lazy_gettext(
        "Only what a third of the members asks for, with reasons and within ten days (113-14, 36)."
    ),
    fields=(
        Field(
            name="reason",
            label=lazy_gettext("Reason for the refusal"),
            kind="textarea",
            longest=2_000,
            is_required=True,
        ),
    ),
)
DROPPING = Form(
    name="dropping",
    title=lazy_gettext("Take the planned session back"),
    button=lazy_gettext("Take it back"),
    path="/dropping",
    kind="danger",
    lead=lazy_gettext("Nobody was told of it yet; its items can go on another agenda."),
    fields=(
        Field(
            name="reason",
            label=lazy_gettext("Reason"),
            kind="select",
            options=words.options(session_words.DROPPINGS),
            is_required=True,
        ),
    ),
)
REPORT = Form(
    name="follow-up-report",
    title=lazy_gettext("Record the president's report on what carries decisions out"),
    button=lazy_gettext("Record the report"),
    path="/follow-up-report",
    lead=lazy_gettext("At the beginning of each ordinary session (113-14, 106)."),
)
CALLING_FORMS = {form.name: form for form in (EXTENSION, REFUSAL, DROPPING, REPORT)}
