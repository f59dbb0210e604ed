"""The HTTP interface of sign-ins, under ``/identity/v1``.

portal keeps the handle in its cookie; another program of a person may sign in just so. The handle
is the only key to a sign-in, so nobody who lacks it learns or ends anything.

A POST here needs no Idempotency-Key: a kept answer would keep the handle in clear.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, current_app
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from services.identity.accounts.actions import keep_password
from services.identity.accounts.models import Account
from services.identity.accounts.queries import PURPOSE, find_by_email, find_person
from services.identity.accounts.routes import passwords
from services.identity.authorities.queries import find_authority
from services.identity.base import INSTALLATION
from services.identity.callers import limits
from services.identity.memberships.queries import Roles, authorities_of
from services.identity.sign_in import actions, schemas
from services.identity.sign_in.models import SignIn
from services.identity.tokens.issue import PORTAL_CLIENT, TOKEN_SECONDS, person_token, roles_now
from shared.db.engine import EVERY_AUTHORITY
from shared.errors import InvalidInput, NotFound, NotSignedIn
from shared.web.auth import EVERYONE, may
from shared.web.callers import caller_address
from shared.web.scope import current_context
from shared.web.transaction import show

blueprint = Blueprint("sessions", __name__, description="Who is signed in, for portal.")


@blueprint.post("/sessions")
@may(EVERYONE)
@blueprint.arguments(schemas.SignInIn)
@blueprint.response(201, schemas.SignInOut)
def sign_in(data: dict[str, Any]) -> Response:
    """Sign a person in; one answer for an unknown login and a wrong password."""
    _check_limits(data["login"])
    account = _account_with(data["login"], data["password"])
    with current_context().database.write(EVERY_AUTHORITY) as (session, moment):
        if passwords().is_outdated(account.password_hash):
            keep_password(session, account.id, passwords().hash(data["password"]))
        authority = _authority_for(session, account.id, data["authority"], moment)
        row, handle = actions.start(session, account.id, authority, moment=moment, idle=_idle())
        made = show(schemas.SignInOut, {**_seen(session, row, moment), "handle": handle})
        made.status_code = 201
        return made


@blueprint.get("/sessions/<handle>")
@may(EVERYONE)
@blueprint.response(200, schemas.SignInOut)
def read_sign_in(handle: str) -> Response:
    """Who is signed in with a handle."""
    with current_context().database.write(EVERY_AUTHORITY) as (session, moment):
        row = actions.use(session, handle, moment=moment, idle=_idle())
        return show(schemas.SignInOut, _seen(session, row, moment))


@blueprint.delete("/sessions/<handle>")
@may(EVERYONE)
@blueprint.response(204)
def sign_out(handle: str) -> Response:
    """End a sign-in; it may have ended already."""
    with current_context().database.write(EVERY_AUTHORITY) as (session, _):
        actions.end(session, handle)
    return current_app.response_class(status=204)


@blueprint.post("/sessions/<handle>/tokens")
@may(EVERYONE)
@blueprint.response(200, schemas.TokenOut)
def give_token(handle: str) -> Response:
    """An access token of the person, with the roles they hold today."""
    context = current_context()
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        row = actions.use(session, handle, moment=moment, idle=_idle())
        token = person_token(
            session,
            context,
            row.person_id,
            authority=row.authority,
            moment=moment,
            client=PORTAL_CLIENT,
        )
    given = {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
    return show(schemas.TokenOut, given)


def _check_limits(login: str) -> None:
    context = current_context()
    with context.database.read(INSTALLATION) as session:
        known_by = context.vault(session, INSTALLATION).search_hash(PURPOSE, login)
    context.limiter.check(f"sign-in|{known_by}", limits().sign_in_limit)
    if address := caller_address():
        context.limiter.check(f"sign-in|{address}", limits().sign_in_address_limit)


def _account_with(login: str, password: str) -> Account:
    context = current_context()
    with context.database.read(INSTALLATION) as session:
        account = find_by_email(session, context.vault(session, INSTALLATION), login)
    # Outside any transaction: hashing is slow on purpose and must not hold up other writers.
    if not passwords().matches(account.password_hash if account else None, password) or not account:
        raise NotSignedIn(
            "The login or the password is not right.",
            field="password",
            remedy="Check both and try again.",
        )
    return account


def _authority_for(session: Session, person: UUID, asked: str | None, moment: datetime) -> str:
    if asked:
        if find_authority(session, asked) is None:
            raise InvalidInput(
                "No authority has this code.",
                field="authority",
                remedy="Choose one of the listed authorities.",
            )
        return asked
    known = authorities_of(session, person, moment)
    if len(known) > 1:
        raise InvalidInput(
            "You have roles in several authorities.",
            field="authority",
            remedy="Say for which one you sign in.",
            allowed=known,
        )
    return known[0] if known else ""


def _seen(session: Session, row: SignIn, moment: datetime) -> dict[str, Any]:
    context = current_context()
    person = find_person(session, context.vault(session, INSTALLATION), row.person_id)
    if person is None:
        raise NotFound("This sign-in has ended.", remedy="Sign in again.")
    held: Roles = roles_now(session, context, row.person_id, row.authority, moment)
    return {
        "person": person.id,
        "authority": row.authority,
        "roles": held.roles,
        "scopes": held.scopes,
        "name": person.name,
        "name_latin": person.name_latin,
        "name_arabic": person.name_arabic,
        "language": person.language,
        "expires_at": row.expires_at,
    }


def _idle() -> timedelta:
    return timedelta(hours=limits().session_idle_hours)
