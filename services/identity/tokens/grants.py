"""The two grants of RFC 6749 that identity gives, as Authlib's grants over our own tables."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, ClientCredentialsGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from sqlalchemy import select

from services.identity.sign_in.actions import hash_of
from services.identity.sign_in.models import SignIn
from services.identity.tokens.clients import AUTH_METHODS, Client
from services.identity.tokens.exchange import current_exchange
from services.identity.tokens.models import AuthorizationCode
from shared.ids import new_id

CODE_LIVES = timedelta(seconds=60)


class ForPrograms(ClientCredentialsGrant):  # type: ignore[misc]
    """A program asks as itself (RFC 6749, 4.4)."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = list(AUTH_METHODS)


class ForBrowsers(AuthorizationCodeGrant):  # type: ignore[misc]
    """A person who is signed in lets portal act for them (RFC 6749, 4.1)."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = list(AUTH_METHODS)

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        """Keep the hash of a new code with all that its use must agree with."""
        signed_in: SignIn = request.user
        asked, exchange = request.payload.data, current_exchange()
        exchange.session.add(
            AuthorizationCode(
                id=new_id(),
                authority=signed_in.authority,
                code_hash=hash_of(code),
                client_id=request.client.client_id,
                redirect_uri=request.payload.redirect_uri or request.client.redirect_uri,
                sign_in_id=signed_in.id,
                code_challenge=asked["code_challenge"],
                code_challenge_method=asked["code_challenge_method"],
                expires_at=exchange.moment + CODE_LIVES,
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> AuthorizationCode | None:
        """The code under its lock, if it is this client's and its minute is not over."""
        exchange = current_exchange()
        statement = (
            select(AuthorizationCode)
            .where(
                AuthorizationCode.code_hash == hash_of(code),
                AuthorizationCode.client_id == client.client_id,
                AuthorizationCode.expires_at > exchange.moment,
            )
            .with_for_update()
        )
        return exchange.session.scalars(statement).one_or_none()

    def delete_authorization_code(self, authorization_code: AuthorizationCode) -> None:
        """A code is used once."""
        current_exchange().session.delete(authorization_code)

    def authenticate_user(self, authorization_code: AuthorizationCode) -> SignIn | None:
        """The sign-in behind the code, unless it has ended meanwhile."""
        exchange = current_exchange()
        signed_in = exchange.session.get(SignIn, authorization_code.sign_in_id)
        still_in = signed_in is not None and signed_in.expires_at > exchange.moment
        return signed_in if still_in else None


class RequiredChallenge(CodeChallenge):  # type: ignore[misc]
    """PKCE (RFC 7636) with S256, for every client: Authlib asks it of public ones only."""

    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar[list[str]] = ["S256"]

    def validate_code_challenge(self, grant: AuthorizationCodeGrant, redirect_uri: str) -> None:
        """Refuse a request without a challenge, or with another method than S256."""
        asked = grant.request.payload.data
        if not asked.get("code_challenge"):
            raise InvalidRequestError("Missing 'code_challenge'")
        if asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Unsupported 'code_challenge_method'")
        super().validate_code_challenge(grant, redirect_uri)
