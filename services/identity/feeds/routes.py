"""The HTTP interface of calendar feeds, under ``/identity/v1``.

A calendar program cannot sign in: the address it asks is the key. It opens the days of the
council and of its cases and nothing else, as long as the person has a role in the council.

A POST here needs no Idempotency-Key: a kept answer would keep the secret in clear.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app
from flask_smorest import Blueprint

from services.identity.feeds import actions, schemas
from services.identity.tokens.issue import roles_now
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.errors import NotFound
from shared.web.auth import claims, may
from shared.web.scope import current_context
from shared.web.transaction import show

blueprint = Blueprint("feeds", __name__, description="Secret addresses of calendar feeds.")

COUNCIL = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@blueprint.get("/calendar-feed")
@may(*COUNCIL)
@blueprint.response(200, schemas.FeedOut)
def read_own_feed() -> Response:
    """Whether the caller has a feed in the authority of the token."""
    with current_context().database.read(EVERY_AUTHORITY) as session:
        row = actions.feed_of(session, UUID(claims().person), claims().authority)
        return show(schemas.FeedOut, {"made_at": row.made_at if row else None})


@blueprint.post("/calendar-feed")
@may(*COUNCIL)
@blueprint.response(201, schemas.SecretOut)
def renew_feed() -> Response:
    """Make the caller a new secret; the one of before opens nothing any more."""
    with current_context().database.write(EVERY_AUTHORITY) as (session, moment):
        person, authority = UUID(claims().person), claims().authority
        secret = actions.renew(session, person, authority, moment=moment)
    made = show(schemas.SecretOut, {"secret": secret, "made_at": moment})
    made.status_code = 201
    return made


@blueprint.delete("/calendar-feed")
@may(*COUNCIL)
@blueprint.response(204)
def revoke_feed() -> Response:
    """Let the caller's secret open nothing any more."""
    with current_context().database.write(EVERY_AUTHORITY) as (session, _):
        actions.revoke(session, UUID(claims().person), claims().authority)
    return current_app.response_class(status=204)


@blueprint.post("/calendar-feed/reader")
@may("service")
@blueprint.arguments(schemas.SecretIn)
@blueprint.response(200, schemas.ReaderOut)
def find_reader(data: dict[str, Any]) -> Response:
    """Whose council a secret opens; one answer for an unknown one and for a role that ended."""
    context = current_context()
    with context.database.read(EVERY_AUTHORITY) as session:
        row = actions.feed_with(session, data["secret"])
        if row is None:
            raise _unknown()
        held = roles_now(session, context, row.person_id, row.authority, now())
        if not set(COUNCIL) & set(held.roles):
            raise _unknown()
        return show(schemas.ReaderOut, {"authority": row.authority})


def _unknown() -> NotFound:
    return NotFound("No calendar has this address.", remedy="Make a new address on the calendar.")
