"""The HTTP interface of memberships, under ``/identity/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.identity.accounts.queries import find_by_email
from services.identity.authorities.acting import need_authority
from services.identity.base import INSTALLATION
from services.identity.memberships import actions, queries, schemas
from services.identity.memberships.models import Membership
from shared.errors import InvalidInput
from shared.web.auth import may
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("memberships", __name__, description="Who has which role.")


@blueprint.get("/memberships")
@may("operator", "auditor")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.MembershipPage)
def list_memberships(data: dict[str, Any]) -> Response:
    """Every membership of the authority, newest first."""
    authority = need_authority()
    with reading() as session:
        page = queries.list_memberships(session, authority, data["cursor"])
        listed = {"memberships": page.rows, "next_cursor": page.next_cursor}
        return show(schemas.MembershipPage, listed)


@blueprint.post("/memberships")
@may("operator")
@blueprint.arguments(schemas.MembershipIn)
@blueprint.response(201, schemas.MembershipOut)
def grant_membership(data: dict[str, Any]) -> Response:
    """Give a person a role in the authority."""
    need_authority()
    person, email, scope = data.pop("person"), data.pop("email"), data.pop("scope")
    act = {name: data.pop(name) for name in ("acted_on", "late_reason")}
    new = actions.NewMembership(
        person_id=person or _person_with(email), scope=str(scope) if scope else None, **data
    )
    with writing() as uow:
        membership = actions.grant_membership(uow, new, **act)
        return answer(uow, schemas.MembershipOut, membership, status=201)


@blueprint.post("/memberships/<uuid:membership_id>/ending")
@may("operator")
@blueprint.arguments(schemas.EndingIn)
@blueprint.response(200, schemas.MembershipOut)
def end_membership(data: dict[str, Any], membership_id: UUID) -> Response:
    """End a role at once."""
    need_authority()
    with writing() as uow:
        membership = uow.get(Membership, membership_id)
        return answer(uow, schemas.MembershipOut, actions.end_membership(uow, membership, **data))


def _person_with(email: str) -> UUID:
    context = current_context()
    with context.database.read(INSTALLATION) as session:
        account = find_by_email(session, context.vault(session, INSTALLATION), email)
    if account is None:
        raise InvalidInput(
            "No account has this address.",
            field="email",
            remedy="Ask the person to sign up first.",
        )
    return account.id
