"""The HTTP interface of documents, under ``/review/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.cases.detail import own_case
from services.review.documents import actions, printed, queries, schemas
from services.review.documents.codes import BLOCKS, FOR_PETITIONERS, named
from services.review.documents.models import Document
from services.review.documents.serving import FILE, page, rendition
from shared.errors import TryLater
from shared.web.auth import EVERYONE, claims, current_role, may
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("documents", __name__, description="Documents that the council issues.")

READERS = ("secretariat", "president", "bureau", "committee-chair", "council-member", "auditor")
ISSUERS = ("secretariat", "president")
TRIES = 4
"""How often a document is printed again because another took its number meanwhile."""


@blueprint.get("/documents")
@may(*READERS, "petitioner")
@blueprint.arguments(schemas.DocumentsQuery, location="query")
@blueprint.response(200, schemas.DocumentList)
def list_documents(data: dict[str, Any]) -> Response:
    """What was issued on a case, session or decision; petitioners see what is written to them."""
    kind, id_ = next((name, value) for name, value in data.items() if value is not None)
    with reading() as session:
        _check_own(session, kind, id_)
        row = queries.subject_row(session, claims().authority, kind, id_)
        found = [one for one in queries.documents_about(session, row) if _is_readable(one)]
        kept = {(one.document_kind, one.edition) for one in found if one.about == row.subject}
        open_ = [one for one in queries.editions_of(session, row).items() if one not in kept]
        issuable = named(name for name, _ in open_) if current_role() in ISSUERS else []
        return show(schemas.DocumentList, {"documents": found, "issuable": issuable})


@blueprint.post("/documents")
@may(*ISSUERS)
@blueprint.arguments(schemas.DocumentIn)
@blueprint.response(201, schemas.DocumentOut)
def issue_document(data: dict[str, Any]) -> Response:
    """Issue a document; one that was issued of the same act is given again, never made anew."""
    for _ in range(TRIES):
        with reading() as session:
            authority = claims().authority
            draft = queries.draft_of(session, authority, data["kind"], data["about"])
            is_kept = queries.issued(session, authority, draft) is not None
            prepared = printed.prepare_now(current_context(), session, authority, draft)
        renditions = [] if is_kept else printed.keep(current_context(), prepared)
        with writing() as uow:
            document = actions.issue(uow, prepared, renditions)
            if document is not None:
                location = f"/review/v1/documents/{document.id}"
                status = 200 if is_kept else 201
                return answer(uow, schemas.DocumentOut, document, status=status, location=location)
    raise TryLater("Other documents are being issued at this moment.")


@blueprint.get("/documents/preview")
@may(*ISSUERS)
@blueprint.arguments(schemas.PreviewQuery, location="query")
@blueprint.response(200, content_type="text/html")
def preview_document(data: dict[str, Any]) -> Response:
    """The document as a page, before it is issued: it has no number."""
    with reading() as session:
        authority = claims().authority
        draft = queries.draft_of(session, authority, data["kind"], data["about"])
        prepared = printed.prepare_now(current_context(), session, authority, draft)
    return page(printed.preview(prepared, data["language"]).encode(), printed.HTML)


@blueprint.get("/documents/verification")
@may(EVERYONE)
@blueprint.arguments(schemas.VerificationQuery, location="query")
@blueprint.response(200, schemas.VerificationOut)
def verify_document(data: dict[str, Any]) -> Response:
    """Which document a file is, by its hash; open to everyone, and tells nothing else."""
    with current_context().database.read(data["authority"]) as session:
        found = queries.by_hash(session, data["authority"], data["sha256"])
        return show(schemas.VerificationOut, found)


@blueprint.get("/documents/wording")
@may(*ISSUERS)
@blueprint.arguments(schemas.WordingQuery, location="query")
@blueprint.response(200, schemas.WordingList)
def read_wording(data: dict[str, Any]) -> Response:
    """The authority's own sentences in one kind of document."""
    kind = data["kind"]
    with reading() as session:
        found = queries.wording_of(session, claims().authority, kind)
        own = [one for (which, _), one in sorted(found.items()) if which == kind]
        places = [{"place": name, "title": str(title)} for name, title in BLOCKS[kind].items()]
        told = {"wording": own, "places": places, "kinds": named(BLOCKS)}
        return show(schemas.WordingList, told)


@blueprint.post("/documents/wording")
@may(*ISSUERS)
@blueprint.arguments(schemas.WordingIn)
@blueprint.response(201, schemas.WordingOut)
def set_wording(data: dict[str, Any]) -> Response:
    """Keep a new version of the authority's own sentences, for documents from now on."""
    with writing() as uow:
        row = actions.set_wording(uow, data["kind"], data["language"], data["blocks"])
        return answer(uow, schemas.WordingOut, row, status=201)


@blueprint.get("/documents/<uuid:document_id>")
@may(*READERS, "petitioner", "service")
@blueprint.response(200, schemas.DocumentOut)
def read_document(document_id: UUID) -> Response:
    """One document, with the hash of each language."""
    with reading() as session:
        return show(schemas.DocumentOut, _readable(session, document_id))


@blueprint.get("/documents/<uuid:document_id>/<language>")
@may(*READERS, "petitioner")
@blueprint.response(200, FILE, content_type="application/pdf")
def read_rendition(document_id: UUID, language: str) -> Response:
    """The bytes that were issued, in one language."""
    with reading() as session:
        document = _readable(session, document_id)
        return rendition(document, language)


def _readable(session: Any, document_id: UUID) -> Document:
    document = queries.document_of(session, claims().authority, document_id)
    if not _is_readable(document):
        raise queries.no_such_document()
    if current_role() == "petitioner":
        own_case(session, claims().authority, _case(document), claims().person)
    return document


def _is_readable(document: Document) -> bool:
    return current_role() != "petitioner" or document.document_kind in FOR_PETITIONERS


def _case(document: Document) -> UUID:
    if document.case_id is None:
        raise queries.no_such_document()
    return document.case_id


def _check_own(session: Any, kind: str, id_: UUID) -> None:
    """Petitioners ask for the documents of their own case and of nothing else."""
    if current_role() != "petitioner":
        return
    if kind != "case":
        raise queries.no_such_document()
    own_case(session, claims().authority, id_, claims().person)
