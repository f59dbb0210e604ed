"""Prints a draft outside any transaction and keeps its bytes: PDF, or a page where none can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.council.names import Name, names_of
from services.review.documents import queries, rendering
from services.review.documents.codes import EVERY_KIND, KINDS, LANGUAGES
from services.review.documents.facts.people import people_in
from services.review.documents.facts.values import Head
from services.review.documents.models import DocumentRendition, DocumentWording
from services.review.documents.queries import Draft
from shared.clock import now
from shared.context import ServiceContext
from shared.db.authorities import AuthorityProfile, load_authority
from shared.db.personal import PersonalVault
from shared.files import FileStore

Wordings = Mapping[tuple[str, str], DocumentWording]
HTML = "text/html"
PDF = "application/pdf"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A draft with everything that will stand on it: head, wording, and the day it is for."""

    draft: Draft
    head: Head
    wording: Mapping[str, Mapping[str, str]]
    wording_versions: Mapping[str, str]
    names: Mapping[str, Name]

    @property
    def facts_sha256(self) -> str:
        """The hash of what it says; members stand in it by their ids."""
        return rendering.hash_of(self.head, self.draft.facts)

    @property
    def template(self) -> str:
        """The template with its version, for example ``minutes@1``."""
        kind = self.draft.document_kind
        return f"{kind}@{KINDS[kind].template}"


def prepare(
    session: Session,
    profile: AuthorityProfile,
    draft: Draft,
    *,
    on: date,
    vault: PersonalVault,
) -> Prepared:
    """Give a draft its number on a civil date, the authority's wording, and members' names."""
    kind = draft.document_kind
    named = names_of(session, vault, profile.code, people_in(draft.facts))
    number = queries.next_number(session, profile.code, kind, on.year)
    wordings = queries.wording_of(session, profile.code, kind)
    return Prepared(
        draft=draft,
        head=Head(
            document_kind=kind,
            authority=profile.code,
            authority_name=dict(profile.name),
            authority_kind=profile.kind,
            number=f"{on.year}/{number}",
            issued_on=on,
        ),
        wording={language: _blocks(wordings, kind, language) for language in LANGUAGES},
        wording_versions={language: _versions(wordings, kind, language) for language in LANGUAGES},
        names={str(person): name for person, name in named.items()},
    )


def prepare_now(
    context: ServiceContext, session: Session, authority: str, draft: Draft
) -> Prepared:
    """The draft as it would be issued on the authority's business date."""
    profile = load_authority(session, Base.plumbing, authority)
    vault = context.vault(session, authority)
    return prepare(session, profile, draft, on=profile.today(now()), vault=vault)


def preview(prepared: Prepared, language: str) -> str:
    """The page without its number, so that nobody can take it for a document."""
    return page(replace(prepared, head=replace(prepared.head, number=None)), language)


def page(prepared: Prepared, language: str) -> str:
    """The document as HTML in one of its languages."""
    return rendering.html_of(
        prepared.head,
        prepared.draft.facts,
        language,
        wording=prepared.wording[language],
        names=prepared.names,
    )


def keep(context: ServiceContext, prepared: Prepared) -> list[DocumentRendition]:
    """Print each language and keep its bytes; takes seconds, so call it outside a transaction.

    Bytes that no row will name (another document took the number) are only unused copies.
    """
    can_print = not context.press.missing()
    made = []
    for language in LANGUAGES:
        html = page(prepared, language)
        content = context.press.pdf_of(html) if can_print else html.encode()
        media_type = PDF if can_print else HTML
        made.append(_rendition(context.files, prepared, language, (content, media_type)))
    return made


def _rendition(
    files: FileStore, prepared: Prepared, language: str, printed: tuple[bytes, str]
) -> DocumentRendition:
    content, media_type = printed
    authority = prepared.head.authority
    personal = KINDS[prepared.draft.document_kind].names_people
    stored = files.put_own(content, authority=authority, media_type=media_type, personal=personal)
    return DocumentRendition(
        language=language,
        authority=authority,
        media_type=media_type,
        sha256=stored.sha256,
        size=stored.size,
        stored_as=stored.stored_as,
    )


def _blocks(wordings: Wordings, kind: str, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for which in (EVERY_KIND, kind):
        own = wordings.get((which, language))
        found |= {place: str(text) for place, text in (own.blocks if own else {}).items()}
    return found


def _versions(wordings: Wordings, kind: str, language: str) -> str:
    used = (wordings.get((which, language)) for which in (EVERY_KIND, kind))
    return " ".join(f"{one.document_kind}@{one.version}" for one in used if one)
