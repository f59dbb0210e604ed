"""The HTTP interface of corrections, under ``/review/v1``: recorded acts corrected by new ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.sessions import rectifying_schemas, schemas
from services.review.sessions.actions import (
    rectifying,
    rectifying_counts,
    rectifying_dates,
    rectifying_rolls,
)
from services.review.sessions.actions.roll import Mark
from services.review.sessions.models import CouncilSession
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


@blueprint.post("/sessions/<uuid:session_id>/date-rectification")
@may(*CALLERS)
@blueprint.arguments(rectifying_schemas.DateRectificationIn)
@blueprint.response(200, schemas.SessionOut)
def rectify_date(data: dict[str, Any], session_id: UUID) -> Response:
    """Correct the recorded day of the call, the notice or the governor's receipt."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, rectifying_dates.rectify_date(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/count-rectification")
@may(*CALLERS)
@blueprint.arguments(rectifying_schemas.CountRectificationIn)
@blueprint.response(200, schemas.SittingOut)
def rectify_count(data: dict[str, Any], session_id: UUID) -> Response:
    """Correct how many members were counted at the opening of a sitting."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        sitting_id = data.pop("sitting")
        done = rectifying_counts.rectify_count(uow, session, sitting_id=sitting_id, **data)
        return answer(uow, schemas.SittingOut, done)


@blueprint.post("/sessions/<uuid:session_id>/roll-rectification")
@may(*CALLERS)
@blueprint.arguments(rectifying_schemas.RollRectificationIn)
@blueprint.response(200, schemas.SittingOut)
def rectify_roll(data: dict[str, Any], session_id: UUID) -> Response:
    """Correct how members were entered on the roll of a sitting; its quorum is counted again."""
    marks = [Mark(**one) for one in data.pop("attendance")]
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        sitting_id = data.pop("sitting")
        done = rectifying_rolls.rectify_roll(
            uow, session, sitting_id=sitting_id, marks=marks, **data
        )
        return answer(uow, schemas.SittingOut, done)
