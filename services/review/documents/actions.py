"""Everything that changes documents: issue, and an authority's own wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import Table, func, select, update

from services.review.council.office import check_office
from services.review.documents import queries
from services.review.documents.codes import BLOCKS
from services.review.documents.models import (
    Document,
    DocumentRegister,
    DocumentRendition,
    DocumentWording,
)
from services.review.documents.printed import Prepared, prepare
from services.review.documents.queries import Draft
from services.review.documents.state import DOCUMENT_WORKFLOW
from services.review.documents.workflow import DocumentState
from shared.db.upsert import insert_once
from shared.errors import InvalidInput
from shared.events.documents import DocumentIssued
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


def issue(
    uow: UnitOfWork, prepared: Prepared, renditions: Sequence[DocumentRendition]
) -> Document | None:
    """Enter a printed document in its register and issue it; None when it is out of date.

    The next number is taken under the register's lock, and facts and wording are read again: only
    if all are still what was printed is the document issued, so numbers have no gaps. A document
    of the same edition that was issued meanwhile is the answer.
    """
    check_office(uow, uow.today)
    draft = prepared.draft
    _lock_register(uow, draft.document_kind, prepared.head.issued_on.year)
    kept = queries.issued(uow.session, uow.authority, draft)
    if kept is not None:
        return kept
    if not _is_current(uow, prepared):
        return None
    _take_number(uow, draft.document_kind, prepared.head.issued_on.year)
    document = _document(uow, prepared)
    document.renditions = list(renditions)
    what = DocumentIssued(template=prepared.template, facts_sha256=prepared.facts_sha256)
    move(DOCUMENT_WORKFLOW, document, "issue", uow, Act(what=what))
    return document


def set_wording(
    uow: UnitOfWork, document_kind: str, language: str, blocks: Mapping[str, str]
) -> DocumentWording:
    """Keep a new version of an authority's own sentences; documents issued before stay as they are.

    Raises ``InvalidInput`` for a place that the template does not have.
    """
    unknown = sorted(set(blocks) - set(BLOCKS[document_kind]))
    if unknown:
        raise InvalidInput(
            "This document has no place called %(place)s.",
            field="blocks",
            remedy="Fill only the places that are offered.",
            place=unknown[0],
        )
    last = uow.session.scalar(
        select(func.max(DocumentWording.version)).filter_by(
            authority=uow.authority, document_kind=document_kind, language=language
        )
    )
    row = DocumentWording(
        authority=uow.authority,
        document_kind=document_kind,
        language=language,
        version=(last or 0) + 1,
        blocks={place: text.strip() for place, text in blocks.items() if text.strip()},
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(row)
    return row


def _is_current(uow: UnitOfWork, prepared: Prepared) -> bool:
    """Whether what was printed outside this transaction is what would be printed now."""
    draft = _same_draft(uow, prepared.draft)
    now = prepare(uow.session, uow.profile, draft, on=uow.today, vault=uow.vault)
    return now == prepared


def _same_draft(uow: UnitOfWork, draft: Draft) -> Draft:
    _, _, id_ = draft.about.partition("/")
    return queries.draft_of(uow.session, uow.authority, draft.document_kind, UUID(id_))


def _document(uow: UnitOfWork, prepared: Prepared) -> Document:
    draft = prepared.draft
    return uow.add(
        Document(
            state=DocumentState.PREPARED.value,
            document_kind=draft.document_kind,
            number=prepared.head.number,
            about=draft.about,
            edition=draft.edition,
            case_id=draft.case_id,
            issued_on=prepared.head.issued_on,
            issued_at=uow.recorded_at,
            template=prepared.template,
            wording=dict(prepared.wording_versions),
            facts_sha256=prepared.facts_sha256,
        )
    )


def _lock_register(uow: UnitOfWork, document_kind: str, year: int) -> None:
    """Hold the register's row until this transaction ends, so that nobody takes a number."""
    key = {"authority": uow.authority, "document_kind": document_kind, "year": year}
    insert_once(uow.session, cast(Table, DocumentRegister.__table__), **key, last=0)
    uow.session.execute(select(DocumentRegister).filter_by(**key).with_for_update())


def _take_number(uow: UnitOfWork, document_kind: str, year: int) -> None:
    key = {"authority": uow.authority, "document_kind": document_kind, "year": year}
    taken = update(DocumentRegister).filter_by(**key).values(last=DocumentRegister.last + 1)
    uow.session.execute(taken)
