"""The HTTP interface of erasures, under ``/identity/v1``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.identity.authorities.acting import need_authority
from services.identity.erasures import actions, queries, schemas
from shared.errors import NotAllowed
from shared.web.auth import claims, current_role, may
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("erasures", __name__, description="Requests to erase a person's data.")

PETITIONER = "petitioner"


@blueprint.post("/erasures")
@may("secretariat", PETITIONER)
@blueprint.arguments(schemas.ErasureIn)
@blueprint.response(201, schemas.ErasureOut)
def request_erasure(data: dict[str, Any]) -> Response:
    """Ask for the erasure of one's own data, or as the secretariat for somebody else.

    The answer says what waits and for what; it is whole a moment later, at the latest in 10 days.
    """
    need_authority()
    own = UUID(claims().person)
    person = data.pop("person") or own
    if person != own and current_role() == PETITIONER:
        raise NotAllowed(
            "Only the secretariat asks for somebody else.",
            remedy="Ask for your own data, or ask the secretariat.",
        )
    with writing() as uow:
        if person != own:
            uow.actor = replace(uow.actor, on_behalf_of=str(person))
        made = actions.request_erasure(uow, person, **data)
        return answer(uow, schemas.ErasureOut, made, status=201)


@blueprint.get("/erasures")
@may("secretariat", "auditor", PETITIONER)
@blueprint.arguments(schemas.ErasureQuery, location="query")
@blueprint.response(200, schemas.ErasurePage)
def list_erasures(data: dict[str, Any]) -> Response:
    """The requests of the authority with their answers, newest first; a petitioner's own."""
    who = claims()
    people = [UUID(who.person)] if current_role() == PETITIONER else data["person"]
    with reading() as session:
        page = queries.erasures_of(session, who.authority, people=people, cursor=data["cursor"])
        listed = {"erasures": page.rows, "next_cursor": page.next_cursor}
        return show(schemas.ErasurePage, listed)
