"""The interface of what becomes of decisions: actions, and the report to each session."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.control import follow_up_schemas as shapes
from services.review.control import follow_ups, queries, schemas
from services.review.control.models import Decision
from services.review.control.routes import READERS
from services.review.sessions.models import CouncilSession
from services.review.sessions.queries import row_of
from shared.web.auth import EVERYONE, claims, may
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("follow-ups", __name__, description="What becomes of decisions.")


@blueprint.get("/decisions/<uuid:decision_id>/follow-ups")
@may(EVERYONE)
@blueprint.arguments(schemas.AuthorityQuery, location="query")
@blueprint.response(200, shapes.FollowUpList)
def list_follow_ups(data: dict[str, Any], decision_id: UUID) -> Response:
    """The actions that carry a decision out; open to everyone."""
    with current_context().database.read(data["authority"]) as session:
        decision = queries.decision_of(session, data["authority"], decision_id)
        found = follow_ups.of_decisions(session, [decision.id])
        return show(shapes.FollowUpList, {"follow_ups": found})


@blueprint.post("/decisions/<uuid:decision_id>/follow-ups")
@may("secretariat", "president")
@blueprint.arguments(shapes.FollowUpIn)
@blueprint.response(201, shapes.FollowUpOut)
def plan_follow_up(data: dict[str, Any], decision_id: UUID) -> Response:
    """Plan an action that carries the decision out."""
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        row = follow_ups.plan(uow, decision, **data)
        return answer(uow, shapes.FollowUpOut, row, status=201)


@blueprint.post("/decisions/<uuid:decision_id>/follow-ups/<uuid:action_id>/progress")
@may("secretariat", "president")
@blueprint.arguments(shapes.ProgressIn)
@blueprint.response(200, shapes.FollowUpOut)
def advance_follow_up(data: dict[str, Any], decision_id: UUID, action_id: UUID) -> Response:
    """Record how an action moved on, with its evidence."""
    said = ("state", "note", "sha256", "due_on")
    made = follow_ups.Progress(**{name: data.pop(name) for name in said})
    with writing() as uow:
        decision = uow.get(Decision, decision_id)
        row = follow_ups.advance(uow, decision, action_id, made, **data)
        return answer(uow, shapes.FollowUpOut, row)


@blueprint.get("/sessions/<uuid:session_id>/follow-ups")
@may(*READERS, "auditor", "service")
@blueprint.response(200, shapes.SessionReport)
def read_report(session_id: UUID) -> Response:
    """The actions that the president reports on at a session, and whether that was done."""
    authority = claims().authority
    with reading() as session:
        held = row_of(session, CouncilSession, authority=authority, id_=session_id)
        told = {
            "reported_on": follow_ups.reported_on(session, held),
            "follow_ups": follow_ups.to_report(session, authority),
        }
        return show(shapes.SessionReport, told)


@blueprint.post("/sessions/<uuid:session_id>/follow-up-report")
@may("secretariat", "president")
@blueprint.arguments(ActSchema)
@blueprint.response(201, schemas.FormalityOut)
def report_follow_ups(data: dict[str, Any], session_id: UUID) -> Response:
    """Record that the president reported on the actions at an ordinary session."""
    with writing() as uow:
        held = uow.get(CouncilSession, session_id)
        done = follow_ups.report(uow, held, **data)
        return answer(uow, schemas.FormalityOut, done, status=201)
