"""The HTTP interface of cases, under ``/review/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.review.cases import queries, schemas
from shared.web.auth import EVERYONE, claims, may
from shared.web.scope import current_context
from shared.web.transaction import reading, show

blueprint = Blueprint("cases", __name__, description="Petitions before the council.")

COUNCIL = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@blueprint.get("/petitions")
@may(EVERYONE)
@blueprint.arguments(schemas.PublicListQuery, location="query")
@blueprint.response(200, schemas.PublicCasePage)
def list_petitions(data: dict[str, Any]) -> Response:
    """The filed petitions of an authority, newest first; open to everyone."""
    with current_context().database.read(data["authority"]) as session:
        page = queries.public_cases(session, data["authority"], data["cursor"])
        return show(
            schemas.PublicCasePage, {"petitions": page.rows, "next_cursor": page.next_cursor}
        )


@blueprint.get("/petitions/<authority>/<int:year>/<int:number>")
@may(EVERYONE)
@blueprint.response(200, schemas.PublicCaseDetail)
def read_petition(authority: str, year: int, number: int) -> Response:
    """One filed petition with its timeline; open to everyone."""
    with current_context().database.read(authority) as session:
        case = queries.case_by_reference(session, f"{authority}/{year}/{number}")
        shown = schemas.PublicCaseOut().dump(case)
        acts = queries.acts_of(session, [case.subject])
        return jsonify({**shown, "timeline": schemas.ActOut(many=True).dump(acts)})


@blueprint.get("/cases/<uuid:case_id>")
@may(*COUNCIL, "auditor")
@blueprint.response(200, schemas.CaseOut)
def read_case(case_id: UUID) -> Response:
    """One case."""
    with reading() as session:
        return show(schemas.CaseOut, queries.case_of(session, claims().authority, case_id))
