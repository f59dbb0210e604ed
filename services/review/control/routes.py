"""The HTTP interface of control, under ``/review/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.review.control import (
    actions,
    detail,
    formalities,
    minutes,
    queries,
    rectifying,
    register,
    schemas,
)
from services.review.control.models import Decision
from services.review.sessions.models import CouncilSession
from shared.web.auth import EVERYONE, claims, may
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, etag_of, reading, writing

blueprint = Blueprint("control", __name__, description="Decisions and the governor's control.")

READERS = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@blueprint.get("/decisions")
@may(EVERYONE)
@blueprint.arguments(schemas.PublicListQuery, location="query")
@blueprint.response(200, schemas.DecisionPage)
def list_decisions(data: dict[str, Any]) -> Response:
    """The decisions of an authority, newest first; open to everyone."""
    with current_context().database.read(data["authority"]) as session:
        page = queries.list_decisions(session, data["authority"], data["cursor"])
        rows = detail.rows(session, page.rows)
        return jsonify({"decisions": rows, "next_cursor": page.next_cursor})


@blueprint.get("/decisions/<uuid:decision_id>")
@may(*READERS, "auditor", "service")
@blueprint.response(200, schemas.DecisionDetail)
def read_decision(decision_id: UUID) -> Response:
    """One decision with the days of its control."""
    with reading() as session:
        decision = queries.decision_of(session, claims().authority, decision_id)
        vault = current_context().vault(session, decision.authority)
        response = jsonify(detail.detailed(session, vault, decision))
        response.headers["ETag"] = etag_of(decision)
        return response


@blueprint.get("/decisions/<uuid:decision_id>/opinions")
@may(EVERYONE)
@blueprint.arguments(schemas.AuthorityQuery, location="query")
@blueprint.response(200, schemas.ReplyList)
def list_replies(data: dict[str, Any], decision_id: UUID) -> Response:
    """What a decision makes of the opinions it cites, and why; open to everyone."""
    with current_context().database.read(data["authority"]) as session:
        replies = queries.replies_of(session, data["authority"], decision_id)
        return jsonify(schemas.ReplyList().dump({"opinions": replies}))


@blueprint.post("/decisions/<uuid:decision_id>/transmission")
@may("secretariat", "president")
@blueprint.arguments(schemas.TransmissionIn)
@blueprint.response(200, schemas.DecisionOut)
def transmit_decision(data: dict[str, Any], decision_id: UUID) -> Response:
    """Record that the decision went to the governor, with his receipt."""
    said = ("governor_receipt_on", "delay_reason")
    sent = actions.Transmission(**{name: data.pop(name) for name in said})
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        return answer(uow, schemas.DecisionOut, actions.transmit(uow, decision, sent, **data))


@blueprint.post("/decisions/<uuid:decision_id>/receipt-rectification")
@may("secretariat", "president")
@blueprint.arguments(schemas.ReceiptRectificationIn)
@blueprint.response(200, schemas.DecisionOut)
def rectify_receipt(data: dict[str, Any], decision_id: UUID) -> Response:
    """Correct when the decision was sent and received; its days are counted anew."""
    said = ("governor_receipt_on", "transmitted_on", "because")
    right = rectifying.RightDates(**{name: data.pop(name) for name in said})
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        done = rectifying.rectify_receipt(uow, decision, right, **data)
        return answer(uow, schemas.DecisionOut, done)


@blueprint.post("/decisions/<uuid:decision_id>/opposition")
@may("secretariat", "president")
@blueprint.arguments(schemas.OppositionIn)
@blueprint.response(200, schemas.DecisionOut)
def record_opposition(data: dict[str, Any], decision_id: UUID) -> Response:
    """Record the governor's opposition by the day it was received."""
    said = {name: data[name] for name in ("received_on", "reason", "late_reason")}
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        done = actions.record_opposition(uow, decision, **said)
        return answer(uow, schemas.DecisionOut, done)


@blueprint.post("/decisions/<uuid:decision_id>/posting")
@may("secretariat", "president")
@blueprint.arguments(ActSchema)
@blueprint.response(201, schemas.FormalityOut)
def post_decision(data: dict[str, Any], decision_id: UUID) -> Response:
    """Record that the decision was posted at the seat."""
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        done = formalities.post(uow, decision, **data)
        return answer(uow, schemas.FormalityOut, done, status=201)


@blueprint.post("/sessions/<uuid:session_id>/minutes")
@may("secretariat", "president")
@blueprint.arguments(ActSchema)
@blueprint.response(201, schemas.FormalityOut)
def give_minutes(data: dict[str, Any], session_id: UUID) -> Response:
    """Record that each member was given a copy of the minutes."""
    with writing() as uow:
        held = uow.get(CouncilSession, session_id)
        done = formalities.give_minutes(uow, held, **data)
        return answer(uow, schemas.FormalityOut, done, status=201)


@blueprint.post("/sessions/<uuid:session_id>/minutes-adoption")
@may("secretariat", "president")
@blueprint.arguments(ActSchema)
@blueprint.response(201, schemas.FormalityOut)
def adopt_minutes(data: dict[str, Any], session_id: UUID) -> Response:
    """Record that the council adopted the minutes of a session, at a sitting of a later one."""
    with writing() as uow:
        held = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.FormalityOut, minutes.adopt(uow, held, **data), status=201)


@blueprint.post("/sessions/<uuid:session_id>/register-sending")
@may("secretariat", "president")
@blueprint.arguments(schemas.RegisterIn)
@blueprint.response(201, schemas.FormalityOut)
def send_register(data: dict[str, Any], session_id: UUID) -> Response:
    """Record that a copy of the attendance register went to the governor, with its proof."""
    with writing() as uow:
        held = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.FormalityOut, register.send(uow, held, **data), status=201)
