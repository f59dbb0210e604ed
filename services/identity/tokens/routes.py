"""The OAuth 2 endpoints of identity, under ``/identity/v1``; errors as RFC 6749 has them."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidRequestError
from flask import Response, jsonify, redirect, request
from flask_smorest import Blueprint

from services.identity.callers import limits
from services.identity.sign_in.actions import find
from services.identity.tokens.actions import published_keys, signing_key
from services.identity.tokens.clients import AUTH_METHODS
from services.identity.tokens.exchange import exchanging
from services.identity.tokens.schemas import GrantIn, GrantOut, KeysOut, MetadataOut, RefusalOut
from services.identity.tokens.server import current_server
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.web.auth import EVERYONE, may
from shared.web.scope import current_context

blueprint = Blueprint("oauth", __name__, description="Access tokens (OAuth 2).")

PREFIX = "/identity/v1"
FORM = "application/x-www-form-urlencoded"
METADATA_PATH = "/.well-known/oauth-authorization-server"
ECHOED = ("grant_type", "response_type", "client_id", "redirect_uri", "scope")
"""Parameters that Authlib repeats in its error descriptions."""


@blueprint.post("/oauth/token")
@may(EVERYONE)
@blueprint.doc(requestBody={"content": {FORM: {"schema": GrantIn}}})
@blueprint.response(200, GrantOut)
@blueprint.alt_response(400, schema=RefusalOut)
@blueprint.alt_response(401, schema=RefusalOut)
def give_token() -> Response:
    """Exchange a client's secret, or a code with its PKCE verifier, for an access token."""
    server = current_server()
    with exchanging():
        try:
            _check_echoed()
        except OAuth2Error as error:
            return cast(Response, server.handle_error_response(None, error))
        return cast(Response, server.create_token_response())


@blueprint.get("/oauth/authorize")
@may(EVERYONE)
@blueprint.response(302)
@blueprint.alt_response(400, schema=RefusalOut)
@blueprint.alt_response(401, schema=RefusalOut)
def authorize() -> Response:
    """Send the signed-in person back to portal with a code; everyone else to the sign-in page.

    The only client is portal itself, so nobody is asked for consent.
    """
    server = current_server()
    with exchanging() as exchange:
        handle = request.cookies.get(limits().session_cookie, "")
        signed_in = find(exchange.session, handle, exchange.moment)
        try:
            _check_echoed()
            grant = server.get_consent_grant(end_user=signed_in)
        except OAuth2Error as error:
            return cast(Response, server.handle_error_response(None, error))
        if signed_in is None:
            return _to_sign_in()
        made = server.create_authorization_response(grant=grant, grant_user=signed_in)
        return cast(Response, made)


@blueprint.get("/jwks")
@may(EVERYONE)
@blueprint.response(200, KeysOut)
def read_keys() -> Response:
    """The public keys that tokens are checked against (RFC 7517)."""
    context = current_context()
    with context.database.read(EVERY_AUTHORITY) as session:
        keys = published_keys(session, now())
    if not keys:
        with context.database.write(EVERY_AUTHORITY) as (session, moment):
            signing_key(session, context, moment)
            keys = published_keys(session, moment)
    return jsonify({"keys": keys})


@blueprint.get(METADATA_PATH)
@may(EVERYONE)
@blueprint.response(200, MetadataOut)
def read_metadata() -> Response:
    """What a client needs to know of this server (RFC 8414)."""
    issuer = current_context().platform.issuer
    base = issuer + PREFIX
    return jsonify(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{base}/oauth/authorize",
            "token_endpoint": f"{base}/oauth/token",
            "jwks_uri": f"{base}/jwks",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "token_endpoint_auth_methods_supported": list(AUTH_METHODS),
            "code_challenge_methods_supported": ["S256"],
            "ui_locales_supported": ["ar", "fr", "en"],
            "service_documentation": f"{base}/docs",
        }
    )


def _check_echoed() -> None:
    """Let only printable ASCII in: an error description may hold nothing else (RFC 6749, 5.2)."""
    for name in ECHOED:
        value = request.values.get(name, "")
        if not value.isascii() or not value.isprintable() or '"' in value or "\\" in value:
            raise InvalidRequestError(f"'{name}' has characters that are not allowed.")


def _to_sign_in() -> Response:
    back = f"{request.path}?{request.query_string.decode('ascii', 'replace')}"
    address = current_context().platform.issuer + limits().sign_in_path
    return cast(Response, redirect(f"{address}?{urlencode({'next': back})}"))
