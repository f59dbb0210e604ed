"""The law over HTTP, open to everyone: answers to questions, the rules, what versions change."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from services.review.base import Base
from services.review.law.reading import changes_shown, every_pack, packs_of
from services.review.law.schemas import ChangeList, ChangesQuery, PackList, PackQuery
from shared.clock import civil_date, now
from shared.db.authorities import AuthorityProfile, load_authority
from shared.errors import NotFound, TryLater
from shared.law.answers import answer_question
from shared.law.packs import ZONE, load_version
from shared.web.auth import EVERYONE, may
from shared.web.scope import current_context
from shared.web.transaction import show

blueprint = Blueprint("law", __name__, description="What the law says: days, numbers, majorities.")


QUESTION = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}


@blueprint.post("/law/answers")
@may(EVERYONE)
@blueprint.doc(requestBody=QUESTION)
@blueprint.response(200, {"type": "object"})
def answer_law_question() -> Response:
    """Answer a question of law, as ``arida law answer`` does; nothing is stored."""
    return jsonify(answer_question(request.get_json()))


@blueprint.get("/law/packs")
@may(EVERYONE)
@blueprint.arguments(PackQuery, location="query")
@blueprint.response(200, PackList)
def list_law_packs(data: dict[str, Any]) -> Response:
    """Every rule with its article and source; of one authority, with its own rules marked."""
    return show(PackList, {"packs": _packs(data["authority"])})


@blueprint.get("/law/changes")
@may(EVERYONE)
@blueprint.arguments(ChangesQuery, location="query")
@blueprint.response(200, ChangeList)
def list_law_changes(data: dict[str, Any]) -> Response:
    """What would change for a case under another version of the rules."""
    before = load_version(data["before"], field="from")
    after = load_version(data["after"], field="to")
    return show(ChangeList, {**data, "changes": changes_shown(before, after)})


def _packs(authority: str | None) -> list[dict[str, Any]]:
    if authority is None:
        return every_pack(_today())
    profile = _profile(authority)
    return packs_of(profile.kind, profile.today(now()), profile.profile.get("local_rules") or {})


def _profile(authority: str) -> AuthorityProfile:
    """The authority; here a code comes from an address, so an unknown one is simply not found."""
    with current_context().database.read(authority) as session:
        try:
            return load_authority(session, Base.plumbing, authority)
        except TryLater as error:
            raise NotFound("Nothing was found under this id.", kind="authority") from error


def _today() -> date:
    return civil_date(now(), ZONE)
