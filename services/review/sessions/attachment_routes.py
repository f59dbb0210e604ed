"""The HTTP interface of the documents that go out with an agenda, under ``/review/v1``."""

from __future__ import annotations

from mimetypes import guess_extension
from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from services.review.sessions import schemas
from services.review.sessions.actions import attachments
from services.review.sessions.agenda_models import AgendaDocument
from services.review.sessions.agenda_schemas import AttachmentIn, RemovalIn, TakenOffOut
from services.review.sessions.models import CouncilSession
from services.review.sessions.routes import CALLERS, READERS
from shared.errors import InvalidInput, NotFound
from shared.web.auth import claims, may
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, writing

blueprint = Blueprint("attachments", __name__, description="Documents that go with agendas.")

FILE = {"type": "string", "format": "binary"}


@blueprint.post("/sessions/<uuid:session_id>/documents")
@may(*CALLERS)
@blueprint.arguments(AttachmentIn, location="form")
@blueprint.response(201, schemas.AttachmentOut)
def attach_document(data: dict[str, Any], session_id: UUID) -> Response:
    """Attach a document to an item or the agenda (multipart, part ``file``)."""
    upload = request.files.get("file")
    if upload is None:
        raise InvalidInput("No file came with the form.", field="file", remedy="Choose a file.")
    about = attachments.Label(title=data.pop("title"), item_id=data.pop("item"))
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        stored = current_context().files.put(
            upload.stream,
            authority=uow.authority,
            declared_name=upload.filename or "",
            personal=True,
        )
        made = attachments.attach(uow, session, stored, about=about, **data)
        return answer(uow, schemas.AttachmentOut, made, status=201)


@blueprint.post("/sessions/<uuid:session_id>/documents/<uuid:document_id>/removal")
@may(*CALLERS)
@blueprint.arguments(RemovalIn)
@blueprint.response(200, TakenOffOut)
def take_document_off(data: dict[str, Any], session_id: UUID, document_id: UUID) -> Response:
    """Take a document off the agenda again, with the reason; its file is kept."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, TakenOffOut, attachments.take_off(uow, session, document_id, **data))


@blueprint.get("/sessions/<uuid:session_id>/documents/<uuid:document_id>")
@may(*READERS, "auditor")
@blueprint.response(200, FILE, content_type="application/pdf")
def read_attachment(session_id: UUID, document_id: UUID) -> Response:
    """The bytes of a document as they were attached."""
    with reading() as session:
        found = session.get(AgendaDocument, document_id)
        is_there = found is not None and found.session_id == session_id
        if found is None or not is_there or found.authority != claims().authority:
            raise NotFound("Nothing was found under this id.", kind="document")
        content = current_context().files.open(found.stored_as)
        response = Response(content, mimetype=found.media_type)
        name = f"{found.authority}-{found.sha256[:12]}{guess_extension(found.media_type) or ''}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.set_etag(found.sha256)
        return response
