"""The forms of a petition's file: new, edited, filed, documents, signatures, withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal import words
from services.portal.forms import FILE, Field, Form
from shared.web.i18n import lazy_gettext

SUBJECT = (
    Field(
        name="subject.ar",
        is_maybe=True,
        label=lazy_gettext("Subject in Arabic"),
        hint=lazy_gettext("One line that everybody will read: it becomes public."),
        longest=200,
        lang="ar",
    ),
    Field(
        name="subject.fr",
        is_maybe=True,
        label=lazy_gettext("Subject in French"),
        hint=lazy_gettext("At least one of the two languages."),
        longest=200,
        lang="fr",
    ),
)
REASONS = Field(
    name="reasons",
    label=lazy_gettext("Reasons and aims"),
    kind="textarea",
    hint=lazy_gettext("What you ask the council for, and why."),
    longest=10_000,
)
NEW = Form(
    name="petition",
    title=lazy_gettext("New petition"),
    button=lazy_gettext("Keep as a draft"),
    is_act=False,
    fields=(
        Field(
            name="petitioner",
            label=lazy_gettext("Who petitions"),
            kind="radio",
            options=words.options(words.PETITIONERS),
            is_required=True,
            value="association",
        ),
        *SUBJECT,
        REASONS,
        Field(
            name="association.name.ar",
            is_maybe=True,
            label=lazy_gettext("Association's name in Arabic"),
            hint=lazy_gettext("Only for an association; so are the next three."),
            lang="ar",
        ),
        Field(
            name="association.name.fr",
            is_maybe=True,
            label=lazy_gettext("Association's name in French"),
            lang="fr",
        ),
        Field(
            name="association.founded_on",
            is_maybe=True,
            label=lazy_gettext("Founded on"),
            kind="date",
        ),
        Field(
            name="association.has_seat_here",
            is_maybe=True,
            label=lazy_gettext("It has its seat or a branch in this territory"),
            kind="yes",
        ),
        Field(
            name="role",
            label=lazy_gettext("You follow the procedure as"),
            kind="radio",
            options=(
                ("legal-representative", words.PERSON_ROLES["legal-representative"]),
                ("mandatary", words.PERSON_ROLES["mandatary"]),
            ),
            is_required=True,
            value="legal-representative",
        ),
        Field(
            is_maybe=True,
            name="name_arabic",
            label=lazy_gettext("Your name in Arabic letters"),
            lang="ar",
        ),
        Field(
            is_maybe=True,
            name="name_latin",
            label=lazy_gettext("Your name in Latin letters"),
            lang="fr",
        ),
    ),
)
EDIT = Form(
    name="draft",
    title=lazy_gettext("Change the draft"),
    button=lazy_gettext("Keep the changes"),
    is_act=False,
    fields=(*SUBJECT, REASONS),
)
OPENING = Form(
    name="opening",
    title=lazy_gettext("Begin to collect signatures"),
    button=lazy_gettext("Begin"),
    path="/opening",
    lead=lazy_gettext("From then on the petition is public."),
)
SIGNATURES = Form(
    name="signatures",
    title=lazy_gettext("Record the count of the signature book"),
    button=lazy_gettext("Record the count"),
    path="/signature-counts",
    fields=(
        Field(
            name="signatures",
            label=lazy_gettext("Signatures in the book"),
            kind="number",
            is_required=True,
        ),
    ),
)
FILING = Form(
    name="filing",
    title=lazy_gettext("File the petition"),
    button=lazy_gettext("File the petition"),
    path="/filing",
    lead=lazy_gettext(
        "It goes to the president of the council; you get the receipt at once (113-14, 125)."
    ),
)
GIVING_UP = Form(
    name="giving-up",
    title=lazy_gettext("End the collection of signatures"),
    button=lazy_gettext("End the collection"),
    path="/giving-up",
    kind="danger",
    lead=lazy_gettext("The petition is then not filed, now or later."),
)
DOCUMENT = Form(
    name="documents",
    title=lazy_gettext("Hand in a document"),
    button=lazy_gettext("Hand it in"),
    is_act=False,
    fields=(
        Field(
            name="kind",
            label=lazy_gettext("Kind of document"),
            kind="select",
            options=words.options(words.MISSING),
            is_required=True,
        ),
        FILE,
    ),
)
WITHDRAWAL = Form(
    name="withdrawal-request",
    title=lazy_gettext("Ask to withdraw the petition"),
    button=lazy_gettext("Ask to withdraw"),
    path="/withdrawal-request",
    kind="danger",
    lead=lazy_gettext("The council answers; until its vote a petition can be withdrawn."),
)
ACTS = {form.name: form for form in (OPENING, SIGNATURES, GIVING_UP, FILING, WITHDRAWAL)}


def of_state(petition: Mapping[str, Any]) -> Sequence[Form]:
    """The forms that fit a petition's state."""
    state, is_citizens = petition["state"], petition["petitioner"] == "citizens"
    if state == "draft":
        return (FILING, EDIT, DOCUMENT, *((OPENING,) if is_citizens else ()))
    if state == "collecting":
        return (SIGNATURES, FILING, DOCUMENT, GIVING_UP)
    if state == "given_up":
        return ()
    return (DOCUMENT, WITHDRAWAL)


def petition_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What intake takes for a new petition, from the one form that asks for all of it.

    Whoever sends the form becomes the first person of the file.
    """
    person = {name: body[name] for name in ("role", "name_arabic", "name_latin") if name in body}
    wanted = {name: body[name] for name in ("petitioner", "subject", "reasons") if name in body}
    if body.get("petitioner") == "association":
        wanted["association"] = body.get("association") or {}
    return {**wanted, "people": [person]}


def values_of(petition: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the edit form from the start."""
    subject = petition.get("subject") or {}
    return {
        "subject.ar": subject.get("ar") or "",
        "subject.fr": subject.get("fr") or "",
        "reasons": petition.get("reasons") or "",
    }
