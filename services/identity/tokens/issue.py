"""What an access token says, and its signature (RFC 9068, RFC 7519)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from joserfc import jwt
from sqlalchemy.orm import Session

from services.identity.memberships.queries import Roles, roles_on
from services.identity.tokens.actions import ALGORITHM, signing_key
from services.identity.tokens.clients import Client
from shared.context import ServiceContext
from shared.db.authorities import load_authority
from shared.ids import new_id
from shared.web.tokens import AUDIENCE

TOKEN_SECONDS = 300
PORTAL_CLIENT = "portal"


def person_token(
    session: Session,
    context: ServiceContext,
    person: UUID,
    *,
    authority: str,
    moment: datetime,
    client: str,
) -> str:
    """A token of a person with the roles in force on the authority's business date."""
    held = roles_now(session, context, person, authority, moment)
    said = {
        "sub": str(person),
        "authority": authority,
        "roles": held.roles,
        "scopes": held.scopes,
        "client_id": client,
    }
    return _signed(session, context, said, moment)


def client_token(
    session: Session, context: ServiceContext, client: Client, *, authority: str, moment: datetime
) -> str:
    """A token of a program that acts as itself; ``authority`` may be empty."""
    said = {
        "sub": str(client.person),
        "authority": authority,
        "roles": list(client.roles),
        "scopes": {},
        "client_id": client.client_id,
    }
    return _signed(session, context, said, moment)


def roles_now(
    session: Session, context: ServiceContext, person: UUID, authority: str, moment: datetime
) -> Roles:
    """The roles of a person today in an authority; none where none is named."""
    if not authority:
        return Roles(roles=[], scopes={})
    today = load_authority(session, context.base.plumbing, authority).today(moment)
    return roles_on(session, authority, person, today)


def _signed(
    session: Session, context: ServiceContext, said: dict[str, Any], moment: datetime
) -> str:
    key = signing_key(session, context, moment)
    issued = int(moment.timestamp())
    claims = {
        "iss": context.platform.issuer,
        "aud": AUDIENCE,
        "iat": issued,
        "exp": issued + TOKEN_SECONDS,
        "jti": str(new_id()),
        **said,
    }
    header = {"alg": ALGORITHM, "kid": key.kid, "typ": "at+jwt"}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])
