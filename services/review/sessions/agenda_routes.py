"""The HTTP interface around an agenda, under ``/review/v1``: governor, notices, requests, clash."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.review.cases.acting import acting_on
from services.review.cases.models import Case
from services.review.sessions import agenda_record, queries, schemas
from services.review.sessions import agenda_schemas as shapes
from services.review.sessions.actions import clashes, notices, objections, planning, requests
from services.review.sessions.agenda_models import AgendaRequest
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.routes import CALLERS, READERS
from shared.errors import NotFound
from shared.unit_of_work import UnitOfWork
from shared.web.auth import claims, may
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, writing

blueprint = Blueprint("agendas", __name__, description="What goes on agendas, and who is told.")


@blueprint.get("/sessions/<uuid:session_id>/agenda")
@may(*READERS, "auditor", "service")
@blueprint.response(200, shapes.AgendaRecord)
def read_agenda(session_id: UUID) -> Response:
    """Everything that was recorded around the agenda of a session, with the members' names."""
    with reading() as session:
        row = queries.row_of(session, CouncilSession, authority=claims().authority, id_=session_id)
        vault = current_context().vault(session, row.authority)
        return jsonify(agenda_record.agenda_recorded(session, vault, row))


@blueprint.post("/sessions/<uuid:session_id>/governor-receipt")
@may(*CALLERS)
@blueprint.arguments(shapes.GovernorReceiptIn)
@blueprint.response(200, schemas.SessionOut)
def note_receipt(data: dict[str, Any], session_id: UUID) -> Response:
    """Record when the governor received the agenda."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, objections.note_receipt(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/refusal")
@may(*CALLERS)
@blueprint.arguments(shapes.SessionRefusalIn)
@blueprint.response(200, schemas.SessionOut)
def refuse_session(data: dict[str, Any], session_id: UUID) -> Response:
    """Refuse a session that a third of the members asked for."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, planning.refuse(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/dropping")
@may(*CALLERS)
@blueprint.arguments(shapes.DroppingIn)
@blueprint.response(200, schemas.SessionOut)
def drop_session(data: dict[str, Any], session_id: UUID) -> Response:
    """Take a planned session back before its agenda went out; its items go back."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, planning.drop(uow, session, **data))


@blueprint.post("/items/<uuid:item_id>/objection")
@may(*CALLERS)
@blueprint.arguments(shapes.ObjectionIn)
@blueprint.response(200, schemas.ItemOut)
def object_to(data: dict[str, Any], item_id: UUID) -> Response:
    """Record the governor's objection to an item."""
    said = ("received_on", "article", "reason")
    objection = objections.Objection(**{name: data.pop(name) for name in said})
    with writing() as uow:
        session, item = _locked(uow, item_id)
        done = objections.object_to(uow, item, objection, session=session, **data)
        return answer(uow, schemas.ItemOut, done)


@blueprint.post("/items/<uuid:item_id>/objection-outcome")
@may(*CALLERS)
@blueprint.arguments(shapes.ObjectionOutcomeIn)
@blueprint.response(200, schemas.ItemOut)
def settle_objection(data: dict[str, Any], item_id: UUID) -> Response:
    """Record how the governor's objection ended."""
    with writing() as uow:
        session, item = _locked(uow, item_id)
        return answer(uow, schemas.ItemOut, objections.settle(uow, item, session=session, **data))


@blueprint.post("/sessions/<uuid:session_id>/supplement")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.SessionOut)
def send_supplement(data: dict[str, Any], session_id: UUID) -> Response:
    """Send the members a supplementary notice of what came on the agenda by right."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, notices.supplement(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/convocations")
@may(*CALLERS)
@blueprint.arguments(shapes.SendingIn)
@blueprint.response(201, shapes.SentOut)
def prove_sending(data: dict[str, Any], session_id: UUID) -> Response:
    """Record what proves that members were sent a notice."""
    said = ("notice", "channel", "proof", "people")
    sending = notices.Sending(**{name: data.pop(name) for name in said})
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        made = notices.prove(uow, session, sending, **data)
        return answer(uow, shapes.SentOut, {"convocations": made}, status=201)


@blueprint.post("/sessions/<uuid:session_id>/requests")
@may(*CALLERS)
@blueprint.arguments(shapes.AgendaRequestIn)
@blueprint.response(201, shapes.AgendaRequestOut)
def record_request(data: dict[str, Any], session_id: UUID) -> Response:
    """Record what members asked in writing to be put on an agenda."""
    said = ("subject", "members", "received_on")
    asked = requests.Asked(**{name: data.pop(name) for name in said})
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        made = requests.record(uow, session, asked, **data)
        return answer(uow, shapes.AgendaRequestOut, made, status=201)


@blueprint.post("/sessions/<uuid:session_id>/requests/<uuid:request_id>/answer")
@may(*CALLERS)
@blueprint.arguments(shapes.AgendaAnswerIn)
@blueprint.response(200, shapes.AgendaRequestOut)
def answer_request(data: dict[str, Any], session_id: UUID, request_id: UUID) -> Response:
    """Include what was asked, or refuse it with a reason."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        request = uow.session.get(AgendaRequest, request_id)
        if request is None or request.session_id != session.id:
            raise NotFound("Nothing was found under this id.", kind="request")
        done = requests.answer(uow, request, session=session, **data)
        return answer(uow, shapes.AgendaRequestOut, done)


@blueprint.post("/cases/<uuid:case_id>/session-choice")
@may("president")
@blueprint.arguments(shapes.SessionChoiceIn)
@blueprint.response(201, shapes.SessionChoiceOut)
def choose_session(data: dict[str, Any], case_id: UUID) -> Response:
    """Choose the session of a petition that was accepted too late for an agenda."""
    said = ("choice", "reason", "governor_agreed_on")
    chosen = clashes.Choice(**{name: data.pop(name) for name in said})
    with acting_on(case_id) as (uow, case):
        made = clashes.choose(uow, case, chosen, **data)
        return answer(uow, shapes.SessionChoiceOut, made, status=201)


def _locked(uow: UnitOfWork, item_id: UUID) -> tuple[CouncilSession, Item]:
    """The session and the item under their locks, the item's case between them, as in a vote."""
    seen = queries.row_of(uow.session, Item, authority=uow.authority, id_=item_id)
    session = uow.get(CouncilSession, seen.session_id)
    if seen.case_id is not None:
        uow.get(Case, seen.case_id)
    return session, uow.get(Item, item_id)
