"""Authlib's authorization server over our clients, codes and keys."""

from __future__ import annotations

from typing import Any, cast

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2.rfc6749 import InvalidScopeError, OAuth2Request
from flask import Flask, current_app, request

from services.identity.authorities.queries import find_authority
from services.identity.sign_in.models import SignIn
from services.identity.tokens.clients import Client, find_client
from services.identity.tokens.exchange import current_exchange
from services.identity.tokens.grants import ForBrowsers, ForPrograms, RequiredChallenge
from services.identity.tokens.issue import TOKEN_SECONDS, client_token, person_token
from shared.web.scope import current_context

EXTENSION = "arida.oauth"
SCOPE = "authority:"


class InnerRequest(FlaskOAuth2Request):  # type: ignore[misc]
    """A request as Authlib reads it, taken as secure.

    TLS ends at the reverse proxy, so the scheme seen here says nothing about the way outside.
    """

    def __init__(self) -> None:
        OAuth2Request.__init__(
            self,
            method=request.method,
            uri=f"https://{request.host}{request.full_path}",
            headers=request.headers,
        )
        self._request = request
        self.payload = FlaskOAuth2Payload(request)


class Server(AuthorizationServer):  # type: ignore[misc]
    """Gives signed tokens that no table keeps; scopes name an authority that is registered."""

    def create_oauth2_request(self, _request: Any) -> InnerRequest:
        """The Flask request under way."""
        return InnerRequest()

    def validate_requested_scope(self, scope: str | None) -> None:
        """Refuse a scope that is not ``authority:<code>`` of an authority there is."""
        code = authority_in(scope)
        if code and find_authority(current_exchange().session, code) is None:
            raise InvalidScopeError()


def authority_in(scope: str | None) -> str:
    """The authority that a scope names, empty for none; raises ``InvalidScopeError``."""
    if not scope:
        return ""
    if not scope.startswith(SCOPE) or " " in scope:
        raise InvalidScopeError()
    return scope.removeprefix(SCOPE)


def install_server(app: Flask) -> None:
    """Build the server of an application."""
    server = Server()
    server.init_app(
        app,
        query_client=lambda client_id: find_client(current_context(), client_id),
        save_token=lambda _token, _request: None,
    )
    server.register_token_generator("default", _give_token)
    server.register_grant(ForPrograms)
    server.register_grant(ForBrowsers, [RequiredChallenge()])
    app.extensions[EXTENSION] = server


def current_server() -> Server:
    """The server of the application that answers this request."""
    return cast(Server, current_app.extensions[EXTENSION])


def _give_token(
    *, client: Client, user: SignIn | None = None, scope: str | None = None, **_: Any
) -> dict[str, Any]:
    """The answer of the token endpoint. There is no refresh token: portal keeps the sign-in."""
    exchange = current_exchange()
    session, context, moment = exchange.session, exchange.context, exchange.moment
    if user is None:
        authority = authority_in(scope)
        token = client_token(session, context, client, authority=authority, moment=moment)
    else:
        token = person_token(
            session,
            context,
            user.person_id,
            authority=user.authority,
            moment=moment,
            client=client.client_id,
        )
    given = {"token_type": "Bearer", "access_token": token, "expires_in": TOKEN_SECONDS}
    return {**given, "scope": scope} if scope else given
