"""Gives out the bytes of documents: a PDF or a print page, with the headers that belong to it."""

from __future__ import annotations

from flask import Response, request

from services.review.documents import printed, queries
from services.review.documents.models import Document
from shared.web.scope import current_context

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A print page has its style inside, loads nothing and runs nothing."""

FILE = {"type": "string", "format": "binary"}
"""How the interface's document describes bytes."""


def rendition(document: Document, language: str) -> Response:
    """The bytes of a document in one language as they were issued; raises ``NotFound``."""
    found = next((one for one in document.renditions if one.language == language), None)
    if found is None:
        raise queries.no_such_document()
    response = page(current_context().files.open(found.stored_as), found.media_type)
    ending = "pdf" if found.media_type == printed.PDF else "html"
    number = document.number.replace("/", "-")
    name = f"{document.authority}-{document.document_kind}-{number}-{found.language}.{ending}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.set_etag(found.sha256)
    response.make_conditional(request)
    return response


def page(content: bytes, media_type: str) -> Response:
    """Bytes of a media type; a page may load nothing and run nothing."""
    response = Response(content, mimetype=media_type)
    if media_type == printed.HTML:
        response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
