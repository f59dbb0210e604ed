"""The HTTP interface of notifications, ``/notifications/v1``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from services.notifications import actions, queries, schemas
from services.notifications.models import Notice
from services.notifications.rendering import words_of
from shared.db.authorities import AuthorityProfile, load_authority
from shared.web.auth import SIGNED_IN, claims, may
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("notices", __name__, description="Who is told what, and the proof of it.")


@blueprint.get("/notices")
@may(SIGNED_IN)
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.NoticePage)
def list_own_notices(data: dict[str, Any]) -> Response:
    """What the caller was told, newest first, in the asked language."""
    who = claims()
    with reading() as session:
        page = queries.notices_of_person(session, who.authority, who.person, data["cursor"])
        profile = _profile(session)
        notices = [_readable(profile, notice) for notice in page.rows]
        return show(schemas.NoticePage, {"notices": notices, "next_cursor": page.next_cursor})


@blueprint.get("/notices/about")
@may("secretariat", "auditor")
@blueprint.arguments(schemas.AboutQuery, location="query")
@blueprint.response(200, schemas.ProofPage)
def list_proofs(data: dict[str, Any]) -> Response:
    """Who was told of a subject, by opaque ids, and what became of each notice."""
    with reading() as session:
        page = queries.notices_about(session, claims().authority, data["subject"], data["cursor"])
        return show(schemas.ProofPage, {"notices": page.rows, "next_cursor": page.next_cursor})


@blueprint.get("/notices/<uuid:notice_id>")
@may(SIGNED_IN)
@blueprint.response(200, schemas.NoticeOut)
def read_notice(notice_id: UUID) -> Response:
    """One notice of the caller; reading it this way does not acknowledge it."""
    who = claims()
    with reading() as session:
        notice = queries.notice_of_person(session, who.authority, who.person, notice_id)
        return show(schemas.NoticeOut, _readable(_profile(session), notice))


@blueprint.post("/notices/<uuid:notice_id>/acknowledgement")
@may(SIGNED_IN)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.NoticeOut)
def acknowledge_notice(data: dict[str, Any], notice_id: UUID) -> Response:
    """Record that the caller opened the notice; only the person told can."""
    with writing() as uow:
        notice = actions.own_notice(uow, notice_id)
        actions.acknowledge_notice(uow, notice, **data)
        uow.session.flush()
        return answer(uow, schemas.NoticeOut, _readable(uow.profile, notice))


def _profile(session: Session) -> AuthorityProfile:
    return load_authority(session, current_context().base.plumbing, claims().authority)


def _readable(profile: AuthorityProfile, notice: Notice) -> dict[str, Any]:
    """A notice with its words, as NoticeOut shows it."""
    words = words_of(current_context(), profile, notice)
    kept = ("id", "state", "version", "about", "notice_kind", "acknowledged_at")
    return {
        **{name: getattr(notice, name) for name in kept},
        "title": words.title,
        "what": words.what,
        "details": [{"label": label, "value": value} for label, value in words.details],
        "next": words.next,
        "link": words.link,
        "acted_on": date.fromisoformat(notice.facts["acted_on"]),
        "recorded_at": datetime.fromisoformat(notice.facts["recorded_at"]),
        "told_at": notice.intended_at,
    }
