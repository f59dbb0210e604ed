"""The acts of a session, its agenda items and its decisions as forms."""

from __future__ import annotations

from services.portal import session_words, words
from services.portal.forms import Field, Form
from services.portal.pages.majority_matters import MATTER
from shared.web.i18n import lazy_gettext

PLAN = Form(
    name="plan",
    title=lazy_gettext("Plan a session"),
    button=lazy_gettext("Plan the session"),
    is_act=False,
    fields=(
        Field(
            name="session_kind",
            label=lazy_gettext("Kind of session"),
            kind="radio",
            options=words.options(session_words.SESSION_KINDS),
            value="ordinary",
            is_required=True,
        ),
        Field(name="opens_on", label=lazy_gettext("Opens on"), kind="date", is_required=True),
        Field(
            name="called_by",
            label=lazy_gettext("Called by"),
            kind="select",
            options=words.options(session_words.CALLED_BY),
            value="president",
            is_required=True,
        ),
        Field(
            name="exception_reason",
            label=lazy_gettext("Why outside its days"),
            hint=lazy_gettext("Only for an ordinary session on another day than the law sets."),
            longest=500,
            is_maybe=True,
        ),
        Field(
            name="requested_on",
            label=lazy_gettext("The request came on"),
            hint=lazy_gettext(
                "Only for an extraordinary session that members or the governor ask."
            ),
            kind="date",
            is_maybe=True,
        ),
        Field(
            name="requested_by_members",
            label=lazy_gettext("How many members signed the request"),
            hint=lazy_gettext("Only when members ask: a third of them at least (113-14, 36)."),
            kind="number",
            is_maybe=True,
        ),
    ),
)
ITEM = Form(
    name="item",
    title=lazy_gettext("Put an item on the agenda"),
    button=lazy_gettext("Put it on the agenda"),
    path="/items",
    lead=lazy_gettext("A petition is put on the agenda from its own page, or chosen here."),
    fields=(
        Field(name="case", label=lazy_gettext("Petition"), kind="select"),
        Field(
            name="subject.ar",
            is_maybe=True,
            label=lazy_gettext("Or another subject, in Arabic"),
            longest=200,
            lang="ar",
        ),
        Field(
            name="subject.fr",
            is_maybe=True,
            label=lazy_gettext("Or another subject, in French"),
            longest=200,
            lang="fr",
        ),
        MATTER,
    ),
)
CALL = Form(
    name="call",
    title=lazy_gettext("Send the agenda to the governor"),
    button=lazy_gettext("Call the session"),
    path="/call",
    lead=lazy_gettext("At least 20 days before the session (113-14, 38)."),
)
CONVENING = Form(
    name="convening",
    title=lazy_gettext("Convene the members"),
    button=lazy_gettext("Convene"),
    path="/convening",
    lead=lazy_gettext(
        "In writing with agenda and documents, at least {notice-to-members} before (113-14, 35)."
    ),
)
SITTING = Form(
    name="sitting",
    title=lazy_gettext("Record the opening and its quorum"),
    button=lazy_gettext("Record the opening"),
    path="/sittings",
    fields=(
        Field(
            name="call",
            label=lazy_gettext("Which call"),
            kind="number",
            value="1",
            is_required=True,
        ),
        Field(
            name="present",
            label=lazy_gettext("Members present at the opening"),
            kind="number",
            is_required=True,
        ),
        Field(
            name="called_on",
            label=lazy_gettext("Second call sent on"),
            kind="date",
            hint=lazy_gettext("Only for a second or third call."),
        ),
    ),
)
CLOSING = Form(
    name="closing",
    title=lazy_gettext("Close the session"),
    button=lazy_gettext("Close"),
    path="/closing",
    fields=(
        Field(
            name="unreported_because",
            label=lazy_gettext("Why the council was not told of a withdrawal"),
            hint=lazy_gettext("Only when a withdrawal after the notice was not reported."),
            kind="textarea",
            longest=2_000,
            is_maybe=True,
        ),
    ),
)
POSTPONEMENT = Form(
    name="postponement",
    title=lazy_gettext("Postpone the session"),
    button=lazy_gettext("Postpone"),
    path="/postponement",
    kind="danger",
    fields=(
        Field(
            name="reason",
            label=lazy_gettext("Reason"),
            kind="select",
            options=words.options(session_words.POSTPONEMENTS),
            is_required=True,
        ),
    ),
)
VOTE = Form(
    name="vote",
    title=lazy_gettext("Record the vote"),
    button=lazy_gettext("Record the vote"),
    path="/vote",
    fields=(
        Field(name="votes_for", label=lazy_gettext("Votes for"), kind="number", is_required=True),
        Field(
            name="votes_against",
            label=lazy_gettext("Votes against"),
            kind="number",
            is_required=True,
        ),
        Field(
            name="abstentions", label=lazy_gettext("Abstentions"), kind="number", is_required=True
        ),
        Field(
            name="president",
            label=lazy_gettext("The president's own vote"),
            kind="select",
            options=words.options(session_words.VOTES),
            hint=lazy_gettext("It decides when the votes are equal (113-14, 43)."),
        ),
        Field(
            name="without_opinion_reason",
            is_maybe=True,
            label=lazy_gettext("The president's reason for voting without an awaited opinion"),
            hint=lazy_gettext("Only when a mandatory opinion is still awaited."),
            longest=500,
        ),
    ),
)
ITEM_POSTPONEMENT = Form(
    name="item-postponement",
    title=lazy_gettext("Postpone this item"),
    button=lazy_gettext("Postpone"),
    path="/postponement",
    kind="danger",
    fields=POSTPONEMENT.fields,
)
SESSION_FORMS = {
    form.name: form for form in (ITEM, CALL, CONVENING, SITTING, CLOSING, POSTPONEMENT)
}
ITEM_FORMS = {form.name: form for form in (VOTE, ITEM_POSTPONEMENT)}
KEEPERS = ("secretariat", "president")
ACTS_OF_STEPS = {
    "call": "call",
    "convene": "convening",
    "open": "sitting",
    "close": "closing",
    "rectify_call": "date-rectification",
    "rectify_convene": "date-rectification",
    "rectify_note_receipt": "date-rectification",
    "rectify_receipt": "receipt-rectification",
    "rectify_opposition": "answer-rectification",
    "rectify_visa": "answer-rectification",
    "postpone": "postponement",
    "drop": "dropping",
    "extend": "extension",
    "refuse": "refusal",
    "classify": "classification",
    "transmit": "transmission",
    "oppose": "opposition",
    "suspend": "opposition",
    "grant_visa": "visa",
    "follow_up": "follow-up",
}
"""Which form does which step of review's workflows."""
