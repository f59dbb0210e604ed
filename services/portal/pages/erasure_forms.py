"""The forms that ask for the erasure of a person's data: one's own, or somebody's of a file."""

from __future__ import annotations

from services.portal import words
from services.portal.forms import Field, Form
from shared.web.i18n import lazy_gettext

GROUND = Field(
    name="ground",
    label=lazy_gettext("Why"),
    kind="radio",
    options=words.options(words.ERASURE_GROUNDS),
    is_required=True,
    value="no-longer-needed",
)
OWN = Form(
    name="erasure",
    title=lazy_gettext("Ask for the erasure of your data"),
    button=lazy_gettext("Ask for the erasure"),
    kind="danger",
    lead=lazy_gettext(
        "What is still needed is erased later, by itself. Once your account is erased,"
        " nobody can sign in to it any more."
    ),
    fields=(GROUND,),
)
OF_FILE = Form(
    name="erasure",
    title=lazy_gettext("Ask for the erasure of a person's data"),
    button=lazy_gettext("Ask for the erasure"),
    kind="danger",
    lead=lazy_gettext("On behalf of the person, who asked the secretariat."),
    fields=(
        Field(
            name="person",
            label=lazy_gettext("Person of the file"),
            kind="select",
            is_required=True,
        ),
        GROUND,
    ),
)
