"""Reads of documents: what was issued on a subject, what may be issued now, the facts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.review.cases.models import Case
from services.review.control.models import Decision
from services.review.documents.codes import EVERY_KIND, FOR_PETITIONERS, KINDS
from services.review.documents.facts import cases, decisions, sessions
from services.review.documents.facts.acts import last_acts
from services.review.documents.facts.values import Facts
from services.review.documents.models import (
    Document,
    DocumentRegister,
    DocumentRendition,
    DocumentWording,
)
from services.review.sessions.models import CouncilSession
from shared.db.base import Subject
from shared.errors import GuardRefused, NotFound

SUBJECTS: dict[str, type[Subject]] = {
    "case": Case,
    "session": CouncilSession,
    "decision": Decision,
}
READERS: dict[str, Any] = {
    "completion": cases.completion,
    "admission": cases.admission,
    "refusal": cases.refusal,
    "referral": cases.referral,
    "agenda": sessions.agenda,
    "notice": sessions.notice,
    "attendance": sessions.attendance,
    "minutes": sessions.minutes,
    "decision": decisions.decision,
}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a document would say if it were issued now, before it has a number."""

    document_kind: str
    about: str
    edition: int
    case_id: UUID | None
    facts: Facts


def subject_row(session: Session, authority: str, kind: str, id_: UUID) -> Any:
    """The case, session or decision of an authority, without a lock; raises ``NotFound``."""
    model = SUBJECTS[kind]
    row = session.scalars(
        select(model).where(model.id == id_, model.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind=kind)
    return row


def editions_of(session: Session, row: Any) -> dict[str, int]:
    """The kinds of documents a subject allows now, each with the edition it would have."""
    acts = last_acts(session, row)
    if isinstance(row, Case):
        return cases.editions(acts)
    if isinstance(row, CouncilSession):
        return sessions.editions(session, row, acts)
    return decisions.editions(session, row, acts)


def draft_of(session: Session, authority: str, document_kind: str, id_: UUID) -> Draft:
    """What a document would say now; raises ``NotFound``, or ``GuardRefused`` before its act."""
    row = subject_row(session, authority, KINDS[document_kind].about, id_)
    edition = editions_of(session, row).get(document_kind)
    if edition is None:
        raise GuardRefused("What this document certifies is not on record.", kind=document_kind)
    return Draft(
        document_kind=document_kind,
        about=row.subject,
        edition=edition,
        case_id=row.id if isinstance(row, Case) else getattr(row, "case_id", None),
        facts=READERS[document_kind](session, row, last_acts(session, row)),
    )


def issued(session: Session, authority: str, draft: Draft) -> Document | None:
    """The document that was issued of this edition, if there is one."""
    statement = select(Document).where(
        Document.authority == authority,
        Document.document_kind == draft.document_kind,
        Document.about == draft.about,
        Document.edition == draft.edition,
    )
    return session.scalars(statement).one_or_none()


def document_of(session: Session, authority: str, document_id: UUID) -> Document:
    """One document; raises ``NotFound``."""
    row = session.scalars(
        select(Document).where(Document.id == document_id, Document.authority == authority)
    ).one_or_none()
    if row is None:
        raise no_such_document()
    return row


def no_such_document() -> NotFound:
    """The one answer for an unknown document and for one that is not the caller's."""
    return NotFound("Nothing was found under this id.", kind="document")


def documents_about(session: Session, row: Any) -> Sequence[Document]:
    """What was issued on a subject, oldest first; on a case, its decision's extracts too."""
    concerned = Document.about == row.subject
    if isinstance(row, Case):
        concerned = Document.case_id == row.id
    statement = select(Document).where(Document.authority == row.authority, concerned)
    return session.scalars(statement.order_by(Document.issued_at, Document.id)).all()


def letters_of(session: Session, case: Case) -> Sequence[Document]:
    """What was issued on a case and is written to its petitioners, oldest first."""
    about = documents_about(session, case)
    return [one for one in about if one.document_kind in FOR_PETITIONERS]


def case_by_reference(session: Session, reference: str) -> Case | None:
    """The case with this reference, of whichever authority, if there is one."""
    return session.scalars(select(Case).where(Case.reference == reference.strip())).one_or_none()


def by_hash(session: Session, authority: str, sha256: str) -> dict[str, Any]:
    """The document whose bytes have a hash, as anybody may know it; raises ``NotFound``."""
    statement = (
        select(
            Document.document_kind.label("kind"),
            Document.number,
            DocumentRendition.language,
            Document.issued_on,
        )
        .join(DocumentRendition, DocumentRendition.document_id == Document.id)
        .where(Document.authority == authority, DocumentRendition.sha256 == sha256)
    )
    found = session.execute(statement).first()
    if found is None:
        raise NotFound("No document of this authority has these bytes.", kind="document")
    return dict(found._mapping)


def next_number(session: Session, authority: str, document_kind: str, year: int) -> int:
    """The number that the next document of the kind would get in a year; nothing is taken."""
    last = session.scalar(
        select(DocumentRegister.last).where(
            DocumentRegister.authority == authority,
            DocumentRegister.document_kind == document_kind,
            DocumentRegister.year == year,
        )
    )
    return (last or 0) + 1


def wording_of(
    session: Session, authority: str, document_kind: str
) -> dict[tuple[str, str], DocumentWording]:
    """The newest wording of a kind, and of every kind, by kind and language."""
    kinds = (EVERY_KIND, document_kind)
    newest = (
        select(
            DocumentWording.document_kind,
            DocumentWording.language,
            func.max(DocumentWording.version).label("version"),
        )
        .where(DocumentWording.authority == authority, DocumentWording.document_kind.in_(kinds))
        .group_by(DocumentWording.document_kind, DocumentWording.language)
        .subquery()
    )
    statement = select(DocumentWording).join(
        newest,
        (DocumentWording.document_kind == newest.c.document_kind)
        & (DocumentWording.language == newest.c.language)
        & (DocumentWording.version == newest.c.version),
    )
    rows = session.scalars(statement.where(DocumentWording.authority == authority))
    return {(one.document_kind, one.language): one for one in rows}
