"""The acts around an agenda as forms: the governor, members' requests, notices and their proof."""

from __future__ import annotations

from services.portal import session_words, words
from services.portal.forms import FILE, Field, Form
from services.portal.pages.majority_matters import MATTER
from shared.web.i18n import lazy_gettext

SUBJECT = (
    Field(
        name="subject.ar",
        is_maybe=True,
        label=lazy_gettext("Subject in Arabic"),
        longest=200,
        lang="ar",
    ),
    Field(
        name="subject.fr",
        is_maybe=True,
        label=lazy_gettext("Subject in French"),
        longest=200,
        lang="fr",
    ),
)
RECEIPT = Form(
    name="governor-receipt",
    title=lazy_gettext("Record the governor's receipt of the agenda"),
    button=lazy_gettext("Record the receipt"),
    path="/governor-receipt",
    lead=lazy_gettext("His eight days for items and objections run from it (113-14, 39)."),
    fields=(
        Field(
            name="received_on",
            label=lazy_gettext("Received by the governor on"),
            kind="date",
            is_required=True,
        ),
    ),
)
GOVERNOR_ITEM = Form(
    name="governor-item",
    title=lazy_gettext("Put an item of the governor on the agenda"),
    button=lazy_gettext("Put it on the agenda"),
    path="/items",
    lead=lazy_gettext(
        "It is included by right within eight days of his receipt (113-14, 39)."
        " The subject becomes public."
    ),
    fields=(
        *SUBJECT,
        Field(
            name="origin_on",
            label=lazy_gettext("Day of the governor's letter"),
            kind="date",
            is_required=True,
        ),
        MATTER,
    ),
)
REQUEST = Form(
    name="request",
    title=lazy_gettext("Record a written request of members"),
    button=lazy_gettext("Record the request"),
    path="/requests",
    lead=lazy_gettext(
        "What half of the members ask for is included by right; another request is answered with"
        " the item or a reason (113-14, 40). The subject becomes public."
    ),
    fields=(
        *SUBJECT,
        Field(
            name="members",
            label=lazy_gettext("How many members signed it"),
            kind="number",
            is_required=True,
        ),
        Field(
            name="received_on",
            label=lazy_gettext("Received on"),
            kind="date",
            is_required=True,
        ),
    ),
)
SUPPLEMENT = Form(
    name="supplement",
    title=lazy_gettext("Send the members a supplementary notice"),
    button=lazy_gettext("Send the supplementary notice"),
    path="/supplement",
    lead=lazy_gettext(
        "It tells of what came on the agenda by right after the notice, before the opening"
        " (113-14, 35)."
    ),
)
PROOF = Form(
    name="proof",
    title=lazy_gettext("Record the proof that members were sent a notice"),
    button=lazy_gettext("Record the proof"),
    path="/convocations",
    fields=(
        Field(
            name="notice",
            label=lazy_gettext("Which notice"),
            kind="select",
            options=words.options(session_words.NOTICES),
            value="notice",
            is_required=True,
        ),
        Field(
            name="channel",
            label=lazy_gettext("How it was sent"),
            kind="select",
            options=words.options(session_words.NOTICE_CHANNELS),
            is_required=True,
        ),
        Field(
            name="proof",
            label=lazy_gettext("What proves it"),
            hint=lazy_gettext("The number of the receipt or of the entry in the register."),
            longest=200,
            is_required=True,
        ),
        Field(
            name="people",
            label=lazy_gettext("To whom"),
            hint=lazy_gettext("Choose nobody to record it for all whose proof is still missing."),
            kind="checks",
            is_maybe=True,
        ),
    ),
)
DOCUMENT = Form(
    name="documents",
    title=lazy_gettext("Attach a document to the agenda"),
    button=lazy_gettext("Attach it"),
    path="/documents",
    lead=lazy_gettext("It goes out with the notice; its title is printed there (113-14, 35)."),
    fields=(
        Field(name="title", label=lazy_gettext("Title"), longest=200, is_required=True),
        Field(
            name="item",
            label=lazy_gettext("Agenda item"),
            hint=lazy_gettext("Choose nothing for a document on the whole agenda."),
            kind="select",
            is_maybe=True,
        ),
        FILE,
    ),
)
TAKE_OFF = Form(
    name="removal",
    title=lazy_gettext("Take this document off"),
    button=lazy_gettext("Take it off"),
    path="/removal",
    kind="danger",
    lead=lazy_gettext("The file is kept, and the page says that it was attached, and why no more."),
    fields=(
        Field(
            name="reason",
            label=lazy_gettext("Why it is taken off"),
            kind="textarea",
            longest=500,
            is_required=True,
        ),
    ),
)
OBJECTION = Form(
    name="objection",
    title=lazy_gettext("Record the governor's objection to this item"),
    button=lazy_gettext("Record the objection"),
    path="/objection",
    kind="danger",
    lead=lazy_gettext("The council does not deliberate on it until it is settled (113-14, 41)."),
    fields=(
        Field(
            name="received_on",
            label=lazy_gettext("Objection received on"),
            kind="date",
            is_required=True,
        ),
        Field(
            name="article",
            label=lazy_gettext("Article that he names"),
            longest=80,
            is_required=True,
        ),
        Field(
            name="reason",
            label=lazy_gettext("His reason"),
            kind="textarea",
            longest=2_000,
            is_required=True,
        ),
    ),
)
OUTCOME = Form(
    name="objection-outcome",
    title=lazy_gettext("Record how the objection ended"),
    button=lazy_gettext("Record"),
    path="/objection-outcome",
    fields=(
        Field(
            name="outcome",
            label=lazy_gettext("How it ended"),
            kind="radio",
            options=words.options(session_words.OBJECTION_OUTCOMES),
            is_required=True,
        ),
    ),
)
INCLUSION = Form(
    name="inclusion",
    title=lazy_gettext("Put what was asked on the agenda"),
    button=lazy_gettext("Put it on the agenda"),
)
REFUSAL = Form(
    name="refusal",
    title=lazy_gettext("Refuse what was asked"),
    button=lazy_gettext("Refuse"),
    kind="danger",
    lead=lazy_gettext("The reason is told to the council when the session opens (113-14, 40)."),
    fields=(
        Field(
            name="refusal_reason",
            label=lazy_gettext("Reason for the refusal"),
            kind="textarea",
            longest=2_000,
            is_required=True,
        ),
    ),
)
SESSION_FORMS = {
    form.name: form for form in (RECEIPT, GOVERNOR_ITEM, REQUEST, DOCUMENT, SUPPLEMENT, PROOF)
}
ITEM_FORMS = {form.name: form for form in (OBJECTION, OUTCOME)}
ANSWERS = {form.name: form for form in (INCLUSION, REFUSAL)}
