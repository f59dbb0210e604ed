"""The HTTP interface of sittings, under ``/review/v1``: the roll, the steps, the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.review.sessions import queries, record, schemas
from services.review.sessions import sitting_schemas as shapes
from services.review.sessions.actions import meeting, roll, sessions, sittings
from services.review.sessions.models import CouncilSession, Sitting
from services.review.sessions.routes import CALLERS, READERS
from shared.web.auth import claims, may
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, etag_of, reading, writing

blueprint = Blueprint("sittings", __name__, description="Sittings, attendance, the record.")

Step = Callable[..., Sitting]


@blueprint.get("/sessions/<uuid:session_id>/record")
@may(*READERS, "auditor", "service")
@blueprint.response(200, shapes.SessionRecord)
def read_record(session_id: UUID) -> Response:
    """Everything that was recorded of a session, with the names of its members."""
    authority = claims().authority
    with reading() as session:
        row = queries.row_of(session, CouncilSession, authority=authority, id_=session_id)
        vault = current_context().vault(session, row.authority)
        response = jsonify(record.recorded(session, vault, row))
        response.headers["ETag"] = etag_of(row)
        return response


@blueprint.post("/sessions/<uuid:session_id>/roll")
@may(*CALLERS)
@blueprint.arguments(shapes.RollIn)
@blueprint.response(201, schemas.SittingOut)
def begin_roll(data: dict[str, Any], session_id: UUID) -> Response:
    """Begin the roll of the next sitting, as a private draft."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SittingOut, roll.begin_roll(uow, session, **data), status=201)


@blueprint.post("/sessions/<uuid:session_id>/declaration")
@may(*CALLERS)
@blueprint.arguments(shapes.DeclarationIn)
@blueprint.response(200, schemas.SittingOut)
def declare(data: dict[str, Any], session_id: UUID) -> Response:
    """Close the roll and count it; with the quorum the session opens."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SittingOut, sittings.declare(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/extension")
@may(*CALLERS)
@blueprint.arguments(shapes.ExtensionIn)
@blueprint.response(200, schemas.SessionOut)
def extend_session(data: dict[str, Any], session_id: UUID) -> Response:
    """Extend an ordinary session once."""
    said = ("until", "reason", "governor_told_on")
    extension = sessions.Extension(**{name: data.pop(name) for name in said})
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, sessions.extend(uow, session, extension, **data))


@blueprint.post("/sittings/<uuid:sitting_id>/marks")
@may(*CALLERS)
@blueprint.arguments(shapes.MarkIn)
@blueprint.response(200, schemas.SittingOut)
def mark(data: dict[str, Any], sitting_id: UUID) -> Response:
    """Enter how one member is; the same mark again adds nothing."""
    one = roll.Mark(person=data.pop("person"), mark=data.pop("mark"))
    with writing() as uow:
        sitting = uow.get(Sitting, sitting_id)
        return answer(uow, schemas.SittingOut, roll.mark(uow, sitting, one, **data))


@blueprint.post("/sittings/<uuid:sitting_id>/rest")
@may(*CALLERS)
@blueprint.arguments(shapes.RestIn)
@blueprint.response(200, schemas.SittingOut)
def mark_rest(data: dict[str, Any], sitting_id: UUID) -> Response:
    """Enter everybody who was not marked yet."""
    with writing() as uow:
        sitting = uow.get(Sitting, sitting_id)
        return answer(uow, schemas.SittingOut, roll.mark_rest(uow, sitting, data["mark"]))


@blueprint.post("/sittings/<uuid:sitting_id>/suspension")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.SittingOut)
def suspend(data: dict[str, Any], sitting_id: UUID) -> Response:
    """Suspend a sitting."""
    return _step(meeting.suspend, sitting_id, data)


@blueprint.post("/sittings/<uuid:sitting_id>/resumption")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.SittingOut)
def resume(data: dict[str, Any], sitting_id: UUID) -> Response:
    """Resume a suspended sitting; its quorum stands."""
    return _step(meeting.resume, sitting_id, data)


@blueprint.post("/sittings/<uuid:sitting_id>/ending")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.SittingOut)
def end(data: dict[str, Any], sitting_id: UUID) -> Response:
    """End a sitting."""
    return _step(meeting.end, sitting_id, data)


@blueprint.post("/sittings/<uuid:sitting_id>/closed-door")
@may(*CALLERS)
@blueprint.arguments(shapes.ClosedDoorIn)
@blueprint.response(200, schemas.SittingOut)
def close_doors(data: dict[str, Any], sitting_id: UUID) -> Response:
    """Send the public out, by the council's vote without debate or at the governor's request."""
    said = ("asked_by", "members", "votes_for", "votes_against")
    door = meeting.ClosedDoor(**{name: data.pop(name) for name in said})
    with writing() as uow:
        sitting = uow.get(Sitting, sitting_id)
        return answer(uow, schemas.SittingOut, meeting.close_doors(uow, sitting, door, **data))


@blueprint.post("/sittings/<uuid:sitting_id>/open-door")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.SittingOut)
def open_doors(data: dict[str, Any], sitting_id: UUID) -> Response:
    """Let the public in again."""
    return _step(meeting.open_doors, sitting_id, data)


def _step(step: Step, sitting_id: UUID, data: dict[str, Any]) -> Response:
    with writing() as uow:
        sitting = uow.get(Sitting, sitting_id)
        return answer(uow, schemas.SittingOut, step(uow, sitting, **data))
