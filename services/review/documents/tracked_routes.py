"""Letters to petitioners for whoever holds the receipt: by reference and code, without an account.

Whatever does not fit gets the one answer that tracking itself gives, and attempts are limited.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from services.review.cases.models import Case
from services.review.documents import queries, schemas
from services.review.documents.serving import FILE, rendition
from shared.db.engine import EVERY_AUTHORITY
from shared.errors import NotFound
from shared.tracking import TRACKING_LIMIT, code_matches
from shared.web.auth import EVERYONE, may
from shared.web.callers import caller_address
from shared.web.scope import current_context
from shared.web.transaction import show

blueprint = Blueprint("letters", __name__, description="Letters to whoever holds the receipt.")


@blueprint.get("/letters")
@may(EVERYONE)
@blueprint.arguments(schemas.TrackedQuery, location="query")
@blueprint.response(200, schemas.LetterList)
def list_letters(data: dict[str, Any]) -> Response:
    """The letters to the petitioners of a case, by the reference and the code of the receipt."""
    _count_attempt()
    with current_context().database.read(EVERY_AUTHORITY) as session:
        case = _tracked(session, **data)
        return show(schemas.LetterList, {"letters": queries.letters_of(session, case)})


@blueprint.get("/letters/<uuid:document_id>/<language>")
@may(EVERYONE)
@blueprint.arguments(schemas.TrackedQuery, location="query")
@blueprint.response(200, FILE, content_type="application/pdf")
def read_letter(data: dict[str, Any], document_id: UUID, language: str) -> Response:
    """The bytes of one of those letters, as they were issued."""
    _count_attempt()
    with current_context().database.read(EVERY_AUTHORITY) as session:
        letters = queries.letters_of(session, _tracked(session, **data))
        found = next((one for one in letters if one.id == document_id), None)
        if found is None:
            raise queries.no_such_document()
        return rendition(found, language)


def _count_attempt() -> None:
    address = caller_address()
    if address is not None:
        current_context().limiter.check(f"tracking|{address}", TRACKING_LIMIT)


def _tracked(session: Session, *, reference: str, code: str) -> Case:
    case = queries.case_by_reference(session, reference)
    # A case has the id of its petition, to which the code belongs.
    key = current_context().key("tracking")
    if case is None or not code_matches(key, case.id, code):
        raise NotFound("No petition has this reference and code.")
    return case
