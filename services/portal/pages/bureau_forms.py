"""The bureau's acts as forms: a condition checked, the decision, its notice, a consent."""

from __future__ import annotations

from services.portal import words
from services.portal.forms import Field, Form
from shared.web.i18n import lazy_gettext

PRESENT = Field(
    name="present",
    label=lazy_gettext("Members of the bureau who were there"),
    kind="checks",
    hint=lazy_gettext("When nobody is ticked, the decision names only you."),
)
CHECK = Form(
    name="check",
    title=lazy_gettext("Record what was found"),
    button=lazy_gettext("Record"),
    path="/checks",
    fields=(
        Field(
            name="outcome",
            label=lazy_gettext("Finding"),
            kind="radio",
            options=words.options(words.CHECKS),
            is_required=True,
        ),
        Field(
            name="note",
            label=lazy_gettext("Evidence"),
            kind="text",
            longest=2_000,
            is_required=True,
            hint=lazy_gettext("What was looked at: the document, its date, its number."),
        ),
        Field(
            name="sha256",
            label=lazy_gettext("Documents handed in after filing"),
            kind="checks",
        ),
    ),
)
ADMISSION = Form(
    name="admission",
    title=lazy_gettext("Accept the petition (bureau)"),
    button=lazy_gettext("Accept"),
    path="/admission",
    lead=lazy_gettext("It then goes on the agenda of the next ordinary session (113-14, 125)."),
    fields=(
        PRESENT,
        Field(
            name="despite_reason",
            label=lazy_gettext("Why the bureau goes on although conditions are open"),
            kind="textarea",
            longest=2_000,
            is_maybe=True,
            hint=lazy_gettext("Only when conditions are not met or not checked."),
        ),
    ),
)
REFUSAL = Form(
    name="refusal",
    title=lazy_gettext("Refuse the petition, with reasons (bureau)"),
    button=lazy_gettext("Refuse"),
    path="/refusal",
    kind="danger",
    fields=(
        PRESENT,
        Field(
            name="reasons",
            label=lazy_gettext("Reasons"),
            kind="checks",
            options=words.options(words.REFUSAL_REASONS),
            is_required=True,
        ),
        Field(
            name="text",
            label=lazy_gettext("Explanation to the petitioners"),
            kind="textarea",
            longest=10_000,
        ),
    ),
)
REFUSAL_NOTICE = Form(
    name="refusal-notice",
    title=lazy_gettext("Record that the petitioners were notified of the refusal"),
    button=lazy_gettext("Record"),
    path="/refusal-notice",
    lead=lazy_gettext("The terms of appeal count from the day of the notice (41-90, 23)."),
    fields=(
        Field(
            name="channel",
            label=lazy_gettext("How they were notified"),
            kind="select",
            options=words.options(words.CHANNELS),
            is_required=True,
        ),
    ),
)
CONSENT = Form(
    name="consent",
    title=lazy_gettext("Record what the petitioners say to a complaint"),
    button=lazy_gettext("Record"),
    path="/consent",
    fields=(
        Field(
            name="agrees",
            label=lazy_gettext("They agree that their petition is handled as a complaint"),
            kind="yes",
        ),
        Field(
            name="given_by",
            label=lazy_gettext("Who of the petitioners said so"),
            kind="select",
            options=words.options(words.PERSON_ROLES),
            is_required=True,
        ),
    ),
)
OWN_CONSENT = Form(
    name="consent",
    title=lazy_gettext("Say whether the petition may be handled as a complaint"),
    button=lazy_gettext("Send"),
    path="/consent",
    lead=lazy_gettext(
        "A complaint is answered by the administration; the council does not debate it."
        " Without your consent it stays a petition."
    ),
    fields=(
        Field(
            name="agrees",
            label=lazy_gettext("I agree that our petition is handled as a complaint"),
            kind="yes",
        ),
    ),
)
RECTIFICATION = Form(
    name="rectification",
    title=lazy_gettext("Correct the bureau's decision by a new act"),
    button=lazy_gettext("Correct"),
    path="/rectification",
    kind="danger",
    lead=lazy_gettext("The old act stays on record; a second person turns its result round."),
    fields=(
        Field(
            name="to",
            label=lazy_gettext("What the bureau decided"),
            kind="radio",
            options=words.options(words.BUREAU_RESULTS),
            is_required=True,
        ),
        Field(name="decided_on", label=lazy_gettext("Day of the decision"), kind="date"),
        Field(
            name="reasons",
            label=lazy_gettext("Reasons"),
            kind="checks",
            options=words.options(words.REFUSAL_REASONS),
            is_maybe=True,
        ),
        Field(
            name="text",
            label=lazy_gettext("Explanation to the petitioners"),
            hint=lazy_gettext("Leave it empty to keep the one that was given."),
            kind="textarea",
            longest=10_000,
            is_maybe=True,
        ),
        Field(
            name="because",
            label=lazy_gettext("Why it is corrected"),
            kind="textarea",
            longest=2_000,
            is_required=True,
        ),
    ),
)
RECLASSIFICATION = Form(
    name="reclassification",
    title=lazy_gettext("Handle as a complaint, with the petitioners' consent"),
    button=lazy_gettext("Handle as a complaint"),
    path="/reclassification",
    kind="danger",
    lead=lazy_gettext("Their consent is recorded first."),
)
