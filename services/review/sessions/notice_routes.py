"""The HTTP interface of notices that did not reach a member, under ``/review/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.base import Base
from services.review.sessions import notice_queries
from services.review.sessions import notice_schemas as shapes
from services.review.sessions.actions import failed_notices
from services.review.sessions.models import CouncilSession
from services.review.sessions.routes import CALLERS, READERS
from shared.clock import now
from shared.db.authorities import load_authority
from shared.web.auth import claims, may
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("failed-notices", __name__, description="Notices that did not arrive.")


@blueprint.get("/failed-notices")
@may(*READERS, "auditor")
@blueprint.response(200, shapes.UrgentNoticeList)
def list_urgent_notices() -> Response:
    """The convened sessions with a failed notice that somebody has to see to."""
    authority = claims().authority
    with reading() as session:
        today = load_authority(session, Base.plumbing, authority).today(now())
        rows = [
            notice_queries.urgent(row, failure, today=today)
            for row, failure in notice_queries.waiting_sessions(session, authority)
        ]
        return show(shapes.UrgentNoticeList, {"sessions": rows})


@blueprint.post("/sessions/<uuid:session_id>/failed-notices")
@may(*CALLERS)
@blueprint.arguments(shapes.FailedNoticeIn)
@blueprint.response(201, shapes.FailedNoticeOut)
def note_failure(data: dict[str, Any], session_id: UUID) -> Response:
    """Record that a member's notice did not arrive."""
    said = ("person", "channel", "reason")
    found = failed_notices.Undelivered(**{name: data.pop(name) for name in said})
    with writing() as uow:
        row = failed_notices.fail(uow, uow.get(CouncilSession, session_id), found, **data)
        return answer(uow, shapes.FailedNoticeOut, row, status=201)


@blueprint.post("/sessions/<uuid:session_id>/failed-notices/<uuid:notice_id>/renewal")
@may(*CALLERS)
@blueprint.arguments(shapes.RenewalIn)
@blueprint.response(200, shapes.FailedNoticeOut)
def renew_notice(data: dict[str, Any], session_id: UUID, notice_id: UUID) -> Response:
    """Record that the notice was sent again, with its proof."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        row = failed_notices.failed_notice(uow, session, notice_id)
        done = failed_notices.renew(uow, session, row, **data)
        return answer(uow, shapes.FailedNoticeOut, done)


@blueprint.post("/sessions/<uuid:session_id>/notice-choice")
@may("president")
@blueprint.arguments(shapes.NoticeChoiceIn)
@blueprint.response(201, shapes.NoticeChoiceOut)
def judge_notices(data: dict[str, Any], session_id: UUID) -> Response:
    """Choose to go on or to convene anew where a notice failed for good."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        made = failed_notices.judge(uow, session, **data)
        return answer(uow, shapes.NoticeChoiceOut, made, status=201)
