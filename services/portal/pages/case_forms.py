"""The acts of a case as forms, with who may do each."""

from __future__ import annotations

from dataclasses import replace

from services.portal import session_words, words
from services.portal.forms import Field, Form
from services.portal.pages.bureau_forms import (
    ADMISSION,
    CONSENT,
    RECLASSIFICATION,
    RECTIFICATION,
    REFUSAL,
    REFUSAL_NOTICE,
)
from services.portal.pages.committee_forms import HEARING, HEARING_RECORD
from services.portal.pages.correction_forms import BECAUSE
from shared.web.i18n import lazy_gettext

COMPLETION_REQUEST = Form(
    name="completion-request",
    title=lazy_gettext("Ask for missing documents"),
    button=lazy_gettext("Send the request"),
    path="/completion-request",
    fields=(
        Field(
            name="missing",
            label=lazy_gettext("What is missing"),
            kind="checks",
            options=words.options(words.MISSING),
            is_required=True,
        ),
        Field(
            name="due_on",
            label=lazy_gettext("To be handed in by"),
            kind="date",
            is_required=True,
        ),
    ),
)
COMPLETION = Form(
    name="completion",
    title=lazy_gettext("Record that the file is complete"),
    button=lazy_gettext("Record"),
    path="/completion",
    fields=(Field(name="received_on", label=lazy_gettext("Received on"), kind="date"),),
)
REFERRAL = Form(
    name="referral",
    title=lazy_gettext("Refer to a committee"),
    button=lazy_gettext("Refer"),
    path="/referral",
    fields=(
        Field(name="committee", label=lazy_gettext("Committee"), kind="select", is_required=True),
    ),
)
FURTHER_REFERRAL = Form(
    name="further-referral",
    title=lazy_gettext("Refer to a further committee"),
    button=lazy_gettext("Refer"),
    path="/further-referral",
    lead=lazy_gettext(
        "Each committee reports by itself; the council deliberates once all have, or their terms"
        " are over. The law does not say it: the president refers."
    ),
    fields=(
        Field(name="committee", label=lazy_gettext("Committee"), kind="select", is_required=True),
    ),
)
CONSULTATION = Form(
    name="consultation",
    title=lazy_gettext("Ask a consultative body for its opinion"),
    button=lazy_gettext("Ask for the opinion"),
    path="/consultations",
    fields=(
        Field(
            name="body", label=lazy_gettext("Consultative body"), kind="select", is_required=True
        ),
        Field(
            name="due_on", label=lazy_gettext("Opinion wanted by"), kind="date", is_required=True
        ),
        Field(
            name="is_mandatory",
            label=lazy_gettext("The opinion is mandatory: without it the item may not be voted"),
            kind="yes",
        ),
    ),
)
CANCELLATION = Form(
    name="consultation-cancellation",
    title=lazy_gettext("Take back a request for an opinion"),
    button=lazy_gettext("Take it back"),
    path="/consultation-cancellation",
    kind="danger",
    lead=lazy_gettext("The body is told; only the president takes back a mandatory one."),
    fields=(
        Field(
            name="consultation",
            label=lazy_gettext("Consultative body"),
            kind="select",
            is_required=True,
        ),
        Field(
            name="reason",
            label=lazy_gettext("Reason"),
            kind="select",
            options=words.options(words.CANCELLINGS),
            is_required=True,
        ),
    ),
)
WITHDRAWAL = Form(
    name="withdrawal",
    title=lazy_gettext("Record the withdrawal that was asked for"),
    button=lazy_gettext("Withdraw the petition"),
    path="/withdrawal",
    kind="danger",
)
CLOSING = Form(
    name="closing",
    title=lazy_gettext("Close the case"),
    button=lazy_gettext("Close"),
    path="/closing",
    fields=(
        Field(
            name="outcome",
            label=lazy_gettext("Outcome"),
            kind="select",
            options=words.options(words.OUTCOMES),
            is_required=True,
        ),
    ),
)
REPORT = Form(
    name="report",
    title=lazy_gettext("Deposit the committee's report"),
    button=lazy_gettext("Deposit the report"),
    fields=(
        Field(
            name="committee",
            label=lazy_gettext("Committee"),
            kind="select",
            is_required=True,
            is_place=True,
        ),
        Field(
            name="recommendation",
            label=lazy_gettext("Recommendation"),
            kind="radio",
            options=words.options(words.RECOMMENDATIONS),
            is_required=True,
        ),
        Field(name="text", label=lazy_gettext("Report"), kind="textarea", longest=20_000),
    ),
)
REPORT_CORRECTION = Form(
    name="report-correction",
    title=lazy_gettext("Correct a committee's report by a new act"),
    button=lazy_gettext("Correct"),
    kind="danger",
    lead=lazy_gettext("Until the council has voted; what the report said before stays on record."),
    fields=(
        Field(
            name="report",
            label=lazy_gettext("Report of"),
            kind="select",
            is_required=True,
            is_place=True,
        ),
        *REPORT.fields[1:],
        replace(BECAUSE, hint=lazy_gettext("It stays with the council.")),
    ),
)
SCHEDULING = Form(
    name="scheduling",
    title=lazy_gettext("Put on the agenda of a session"),
    button=lazy_gettext("Put it on the agenda"),
    fields=(
        Field(
            name="session",
            label=lazy_gettext("Session"),
            kind="select",
            is_required=True,
            is_place=True,
        ),
    ),
)
SESSION_CHOICE = Form(
    name="session-choice",
    title=lazy_gettext("Choose the session of this petition"),
    button=lazy_gettext("Record the choice"),
    path="/session-choice",
    lead=lazy_gettext(
        "It was accepted inside the twenty days before the session; the law does not say which rule"
        " yields (113-14, 38)."
    ),
    fields=(
        Field(
            name="choice",
            label=lazy_gettext("The president's choice"),
            kind="radio",
            options=words.options(session_words.CLASH_CHOICES),
            is_required=True,
        ),
        Field(
            name="governor_agreed_on",
            label=lazy_gettext("The governor agreed on"),
            hint=lazy_gettext("Only for this session."),
            kind="date",
            is_maybe=True,
        ),
        Field(
            name="reason",
            label=lazy_gettext("The president's reason"),
            kind="textarea",
            longest=500,
            is_required=True,
        ),
    ),
)
REOPENING = Form(
    name="reopening",
    title=lazy_gettext("Open the case again"),
    button=lazy_gettext("Open again"),
    path="/reopening",
    kind="danger",
    lead=lazy_gettext("A second person must do it."),
    fields=(
        Field(
            name="reason",
            label=lazy_gettext("Reason"),
            kind="select",
            options=words.options(words.REOPENINGS),
            is_required=True,
        ),
    ),
)
FORMS = {
    form.name: form
    for form in (
        ADMISSION,
        REFERRAL,
        FURTHER_REFERRAL,
        HEARING,
        HEARING_RECORD,
        REPORT,
        REPORT_CORRECTION,
        SESSION_CHOICE,
        SCHEDULING,
        CONSULTATION,
        CANCELLATION,
        COMPLETION_REQUEST,
        COMPLETION,
        REFUSAL,
        REFUSAL_NOTICE,
        WITHDRAWAL,
        CONSENT,
        RECLASSIFICATION,
        RECTIFICATION,
        CLOSING,
        REOPENING,
    )
}
