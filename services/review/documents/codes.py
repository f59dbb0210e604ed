"""The kinds of documents: what each is about, its law, its titles, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.web.i18n import LazyText, lazy_gettext

LANGUAGES = ("ar", "fr")
"""A document is issued in both at once, under one number."""


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """One kind: the kind of subject it is about, the title, the version of its template.

    ``for_petitioners``: it is written to them. ``names_people``: its bytes are kept sealed.
    """

    about: str
    title: LazyText
    template: int = 1
    for_petitioners: bool = False
    names_people: bool = False


KINDS: Mapping[str, DocumentKind] = {
    "completion": DocumentKind(
        about="case",
        title=lazy_gettext("Request to complete the file of a petition"),
        for_petitioners=True,
    ),
    "admission": DocumentKind(
        about="case",
        title=lazy_gettext("Receipt of admissibility"),
        for_petitioners=True,
    ),
    "refusal": DocumentKind(
        about="case",
        title=lazy_gettext("Reasoned refusal of a petition"),
        for_petitioners=True,
    ),
    "referral": DocumentKind(
        about="case",
        title=lazy_gettext("Referral to a permanent committee"),
    ),
    "agenda": DocumentKind(
        about="session", title=lazy_gettext("Agenda of the session"), template=2
    ),
    "notice": DocumentKind(
        about="session", title=lazy_gettext("Notice to attend the session"), template=2
    ),
    "attendance": DocumentKind(
        about="session", title=lazy_gettext("Attendance sheet"), template=2, names_people=True
    ),
    "minutes": DocumentKind(
        about="session", title=lazy_gettext("Minutes of the session"), template=6, names_people=True
    ),
    "decision": DocumentKind(
        about="decision",
        title=lazy_gettext("Extract from the register of decisions"),
        template=2,
        for_petitioners=True,
    ),
}
FOR_PETITIONERS = tuple(name for name, kind in KINDS.items() if kind.for_petitioners)

ON_EVERY_DOCUMENT = lazy_gettext("On every document")
EVERY_KIND = "all"
"""The wording that stands on every document: the letterhead and the names of the signatories."""

AUTHORS: Mapping[str, LazyText] = {
    "secretariat": lazy_gettext("Council secretariat"),
    "president": lazy_gettext("Council president"),
}
"""The roles in which a recorded act is corrected."""

BLOCKS: Mapping[str, Mapping[str, LazyText]] = {
    EVERY_KIND: {
        "letterhead": lazy_gettext("Lines under the name of the kingdom"),
        "president": lazy_gettext("How the president signs"),
        "secretary": lazy_gettext("How the secretary of the council signs"),
    },
    **{
        name: {
            "opening": lazy_gettext("Sentences before the facts"),
            "closing": lazy_gettext("Sentences after the facts"),
        }
        for name in KINDS
    },
}
"""The places of each template that an authority may fill with words of its own."""


def title_of(kind: str) -> str:
    """The title of a kind in the reader's language; that of all kinds together, too."""
    return str(KINDS[kind].title if kind in KINDS else ON_EVERY_DOCUMENT)


def named(kinds: Iterable[str]) -> list[dict[str, str]]:
    """Kinds with their titles, for a list."""
    return [{"kind": kind, "title": title_of(kind)} for kind in kinds]
