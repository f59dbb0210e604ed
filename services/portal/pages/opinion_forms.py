"""The forms of a consultative body: begin an opinion, write, adopt, submit, decline."""

from __future__ import annotations

from services.portal import words
from services.portal.forms import Field, Form
from shared.web.i18n import LANGUAGE_NAMES, lazy_gettext

START = Form(
    name="start",
    title=lazy_gettext("Begin an opinion"),
    button=lazy_gettext("Begin"),
    lead=lazy_gettext("On a request of the council, or on the body's own initiative."),
    fields=(
        Field(
            name="body", label=lazy_gettext("Consultative body"), kind="select", is_required=True
        ),
        Field(name="consultation", label=lazy_gettext("Request of the council"), kind="select"),
        Field(name="session", label=lazy_gettext("For the session"), kind="select"),
        Field(
            name="subject.ar",
            is_maybe=True,
            label=lazy_gettext("Subject in Arabic"),
            hint=lazy_gettext("Not needed for a request: it has its petition's subject."),
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
    ),
)
DRAFT = Form(
    name="draft",
    title=lazy_gettext("Write"),
    button=lazy_gettext("Keep this version"),
    is_act=False,
    fields=(
        Field(
            name="text",
            label=lazy_gettext("Text of the opinion"),
            kind="textarea",
            hint=lazy_gettext("Only the body reads it until it is submitted."),
            longest=100_000,
            is_required=True,
        ),
        Field(
            name="language",
            label=lazy_gettext("Language of the text"),
            kind="radio",
            options=tuple(LANGUAGE_NAMES.items()),
            value="ar",
        ),
    ),
)
ADOPTION = Form(
    name="adoption",
    title=lazy_gettext("Record the adoption by vote"),
    button=lazy_gettext("Record the adoption"),
    path="/adoption",
    fields=(
        Field(
            name="present", label=lazy_gettext("Members present"), kind="number", is_required=True
        ),
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
    ),
)
SUBMISSION = Form(
    name="submission",
    title=lazy_gettext("Submit the opinion to the council"),
    button=lazy_gettext("Submit"),
    path="/submission",
    lead=lazy_gettext("You get a receipt at once; the text is then open to the council."),
    fields=(Field(name="session", label=lazy_gettext("For the session"), kind="select"),),
)
DECLINING = Form(
    name="declining",
    title=lazy_gettext("Decline to give this opinion"),
    button=lazy_gettext("Decline"),
    path="/declining",
    kind="danger",
    fields=(
        Field(
            name="reason",
            label=lazy_gettext("Reason"),
            kind="select",
            options=words.options(words.DECLINING),
            is_required=True,
        ),
    ),
)
ACTS = {form.name: form for form in (ADOPTION, SUBMISSION, DECLINING)}
ALLOWED_IN = {"drafting": ("adoption", "declining"), "adopted": ("submission", "declining")}
