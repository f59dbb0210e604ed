"""Tokens for tests: a key of the test's own, published as identity publishes its keys."""

from __future__ import annotations

from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.clock import now
from shared.web.tokens import AUDIENCE

KEY_ID = "test"


class TokenMint:
    """Signs access tokens that services under test accept."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._key = OKPKey.generate_key("Ed25519", parameters={"kid": KEY_ID})

    def published_keys(self) -> Any:
        """The key set as ``/identity/v1/jwks`` gives it."""
        return KeySet([self._key]).as_dict(private=False)

    def token(
        self,
        role: str,
        *,
        person: str,
        authority: str,
        scopes: dict[str, list[str]] | None = None,
        seconds: int = 300,
        client: str = "test",
    ) -> str:
        """A bearer token of one person in one role; negative seconds give one that has run out."""
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "exp": int(now().timestamp()) + seconds,
            "sub": person,
            "authority": authority,
            "roles": [role],
            "scopes": scopes or {},
            "client_id": client,
        }
        return jwt.encode(
            {"alg": "Ed25519", "kid": KEY_ID}, claims, self._key, algorithms=["Ed25519"]
        )
