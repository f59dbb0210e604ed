"""The HTTP interface of authorities, under ``/identity/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.identity.authorities import actions, queries, schemas
from services.identity.authorities.acting import act_for, act_for_new
from services.identity.memberships.actions import NewMembership, grant_membership
from shared.db.engine import EVERY_AUTHORITY
from shared.errors import NotAllowed
from shared.unit_of_work import UnitOfWork
from shared.web.auth import EVERYONE, claims, current_role, may
from shared.web.scope import current_context
from shared.web.transaction import answer, require_match, show, writing

blueprint = Blueprint("authorities", __name__, description="Authorities and their business date.")

SECRETARIAT_FIELDS = frozenset({"holidays", "local_rules"})


@blueprint.get("/authorities")
@may(EVERYONE)
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.AuthorityPage)
def list_authorities(data: dict[str, Any]) -> Response:
    """Every authority, with its today."""
    with current_context().database.read(EVERY_AUTHORITY) as session:
        page = queries.list_authorities(session, data["cursor"])
        listed = {"authorities": page.rows, "next_cursor": page.next_cursor}
        return show(schemas.AuthorityPage, listed)


@blueprint.post("/authorities")
@may("operator")
@blueprint.arguments(schemas.AuthorityIn)
@blueprint.response(201, schemas.AuthorityOut)
def register_authority(data: dict[str, Any]) -> Response:
    """Register an authority; whoever does so is its first operator."""
    code = data.pop("code")
    act_for_new(code)
    with writing() as uow:
        authority = actions.register_authority(uow, actions.NewAuthority(**data))
        _make_first_operator(uow)
        location = f"/identity/v1/authorities/{code}/profile"
        return answer(uow, schemas.AuthorityOut, authority, status=201, location=location)


@blueprint.get("/authorities/<code>/profile")
@may(EVERYONE)
@blueprint.response(200, schemas.AuthorityOut)
def read_authority(code: str) -> Response:
    """One authority whole, with the version that an edit needs."""
    with current_context().database.read(EVERY_AUTHORITY) as session:
        return show(schemas.AuthorityOut, queries.authority_of(session, code))


@blueprint.patch("/authorities/<code>")
@may("operator", "secretariat")
@blueprint.arguments(schemas.AuthorityEdit)
@blueprint.response(200, schemas.AuthorityOut)
def change_authority(data: dict[str, Any], code: str) -> Response:
    """Change holidays and local rules; operators also languages, population, seats."""
    act_for(code)
    if current_role() != "operator" and not SECRETARIAT_FIELDS.issuperset(data):
        raise NotAllowed(
            "The secretariat may change holidays and local rules only.",
            remedy="Ask an operator to change the other fields.",
        )
    with writing() as uow:
        authority = actions.own_authority(uow)
        require_match(authority)
        return answer(uow, schemas.AuthorityOut, actions.change_authority(uow, authority, data))


@blueprint.post("/authorities/<code>/business-date")
@may("operator")
@blueprint.arguments(schemas.BusinessDateIn)
@blueprint.response(200, schemas.AuthorityOut)
def set_business_date(data: dict[str, Any], code: str) -> Response:
    """Move the authority's today forward (demo, training, old cases)."""
    act_for(code)
    with writing() as uow:
        authority = actions.own_authority(uow)
        moved = actions.set_business_date(uow, authority, data["date"])
        return answer(uow, schemas.AuthorityOut, moved)


def _make_first_operator(uow: UnitOfWork) -> None:
    who = claims()
    if who.client.startswith(("service:", "client:")):
        return
    grant_membership(uow, NewMembership(person_id=UUID(who.person), role="operator"))
