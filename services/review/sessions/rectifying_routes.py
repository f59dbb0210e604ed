"""The HTTP interface of corrections, under ``/review/v1``: recorded acts corrected by new ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.sessions import rectifying_schemas, schemas
from services.review.sessions.actions import rectifying
from services.review.sessions.routes import CALLERS, ballot_of
from shared.web.auth import may
from shared.web.transaction import answer, writing

blueprint = Blueprint("corrections", __name__, description="Recorded acts corrected by new ones.")


@blueprint.post("/items/<uuid:item_id>/vote-rectification")
@may(*CALLERS)
@blueprint.arguments(rectifying_schemas.VoteRectificationIn)
@blueprint.response(200, schemas.ItemOut)
def rectify_vote(data: dict[str, Any], item_id: UUID) -> Response:
    """Correct a misrecorded vote; the old count stays beside it, the decision follows."""
    ballot = ballot_of(data)
    with writing() as uow:
        return answer(uow, schemas.ItemOut, rectifying.rectify_vote(uow, item_id, ballot, **data))
