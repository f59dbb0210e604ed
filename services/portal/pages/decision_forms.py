"""The acts after the vote as forms: classification, transmission, visa, opposition, return."""

from __future__ import annotations

from services.portal import words
from services.portal.clients import Json
from services.portal.forms import LATE_REASON, Field, Form, Option
from services.portal.pages.correction_forms import BECAUSE
from shared.web.i18n import lazy_gettext

NO_VISA = "none"
CLASSIFICATION = Form(
    name="classification",
    title=lazy_gettext("Say whether the decision needs the visa"),
    button=lazy_gettext("Record"),
    path="/classification",
    lead=lazy_gettext("A person says so before the transmission (113-14, 118)."),
    fields=(
        Field(
            name="matter",
            label=lazy_gettext("What the decision is about"),
            kind="radio",
            is_required=True,
        ),
        Field(
            name="because",
            label=lazy_gettext("Why it is classified anew"),
            hint=lazy_gettext("Only where it was classified before; it stays with the council."),
            longest=2_000,
            is_maybe=True,
        ),
    ),
)
TRANSMISSION = Form(
    name="transmission",
    title=lazy_gettext("Record that the governor received it"),
    button=lazy_gettext("Record"),
    path="/transmission",
    lead=lazy_gettext("Within {transmit-to-governor}, against receipt (113-14, 116)."),
    fields=(
        Field(
            name="governor_receipt_on",
            label=lazy_gettext("Date of the governor's receipt"),
            kind="date",
            is_required=True,
        ),
        Field(
            name="delay_reason",
            label=lazy_gettext("Why it went after the last day"),
            hint=lazy_gettext("Only when it is late."),
            longest=500,
        ),
    ),
)
VISA = Form(
    name="visa",
    is_act=False,
    title=lazy_gettext("Record the answer on the visa"),
    button=lazy_gettext("Record"),
    path="/visa",
    lead=lazy_gettext("Without an answer in twenty days the visa is given (113-14, 118)."),
    fields=(
        Field(
            name="answer",
            label=lazy_gettext("Answer"),
            kind="radio",
            options=words.options(words.VISA_ANSWERS),
            is_required=True,
        ),
        Field(name="received_on", label=lazy_gettext("Received on"), kind="date", is_required=True),
        LATE_REASON,
    ),
)
RECEIPT_RECTIFICATION = Form(
    name="receipt-rectification",
    title=lazy_gettext("Correct the dates of the transmission by a new act"),
    button=lazy_gettext("Correct"),
    path="/receipt-rectification",
    kind="danger",
    lead=lazy_gettext(
        "Another person than who recorded them corrects them; the days that follow are counted"
        " anew."
    ),
    fields=(
        Field(
            name="governor_receipt_on",
            label=lazy_gettext("Date of the governor's receipt"),
            kind="date",
            is_required=True,
        ),
        Field(
            name="transmitted_on",
            label=lazy_gettext("Sent on"),
            kind="date",
            hint=lazy_gettext("Only where this day was recorded wrongly too."),
        ),
        BECAUSE,
    ),
)
ANSWER_RECTIFICATION = Form(
    name="answer-rectification",
    title=lazy_gettext("Correct the day of the governor's answer by a new act"),
    button=lazy_gettext("Correct"),
    path="/answer-rectification",
    kind="danger",
    lead=lazy_gettext(
        "Another person than who recorded it corrects it. Whether it came in its term, and from"
        " when the decision can be carried out, is worked out again."
    ),
    fields=(
        Field(
            name="of",
            label=lazy_gettext("Which answer"),
            kind="radio",
            options=words.options(words.GOVERNORS_ANSWERS),
            is_required=True,
        ),
        Field(name="received_on", label=lazy_gettext("Received on"), kind="date", is_required=True),
        BECAUSE,
    ),
)
OPPOSITION = Form(
    name="opposition",
    is_act=False,
    title=lazy_gettext("Record the governor's opposition"),
    button=lazy_gettext("Record"),
    path="/opposition",
    kind="danger",
    fields=(
        Field(name="received_on", label=lazy_gettext("Received on"), kind="date", is_required=True),
        Field(
            name="reason",
            label=lazy_gettext("The governor's reasons"),
            hint=lazy_gettext("The council deliberates on them again (113-14, 117)."),
            kind="textarea",
            longest=5_000,
            is_required=True,
        ),
        LATE_REASON,
    ),
)
NEW_DELIBERATION = Form(
    name="new-deliberation",
    title=lazy_gettext("Put it on an agenda again"),
    button=lazy_gettext("Put it on the agenda"),
    path="/new-deliberation",
    lead=lazy_gettext("The council deliberates again on what was stopped (113-14, 117)."),
    fields=(Field(name="session", label=lazy_gettext("Session"), kind="select", is_required=True),),
)
DECISION_FORMS = {
    form.name: form
    for form in (
        CLASSIFICATION,
        TRANSMISSION,
        VISA,
        OPPOSITION,
        NEW_DELIBERATION,
        RECEIPT_RECTIFICATION,
        ANSWER_RECTIFICATION,
    )
}


def answers(decision: Json) -> list[Option]:
    """The answers of the governor that are recorded on a decision, as a choice."""
    recorded = {"opposition": "opposed_on", "visa": "visa_answered_on"}
    return [(one, words.GOVERNORS_ANSWERS[one]) for one in recorded if decision.get(recorded[one])]


HELD_UP = frozenset({"opposed", "enforceability_suspended", "visa_refused"})
