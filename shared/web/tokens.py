"""Access tokens: signed JWTs that identity issues for five minutes (RFC 9068, RFC 7519)."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.clock import monotonic, now
from shared.errors import NotSignedIn
from shared.http_client import ServiceClients, ServiceUnavailable

AUDIENCE = "arida"
ALGORITHMS = ["EdDSA", "Ed25519"]
KEYS_LIVE_SECONDS = 300
KEYS_AT_MOST_EVERY_SECONDS = 5
MOST_VERIFIED = 10_000


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a token says: who, for which authority, in which roles, and where those roles hold.

    ``scopes`` maps a role to the ids it is limited to, for example body-member to body ids.
    """

    person: str
    authority: str
    roles: frozenset[str]
    scopes: Mapping[str, tuple[str, ...]]
    client: str
    on_behalf_of: str | None = None

    def holds(self, role: str, where: str | None = None) -> bool:
        """Whether the person has ``role``, and for ``where`` if the role is limited."""
        if role not in self.roles:
            return False
        return where is None or role not in self.scopes or where in self.scopes[role]


class TokenVerifier:
    """Checks signatures against identity's published keys, fetched again when one is unknown."""

    def __init__(self, *, issuer: str, fetch_keys: Callable[[], Any]) -> None:
        self._issuer = issuer
        self._fetch = fetch_keys
        self._keys: KeySet | None = None
        self._verified: dict[bytes, dict[str, Any]] = {}
        self._fetched_at = 0.0
        self._lock = threading.Lock()

    def verify(self, token: str) -> Claims:
        """The claims of a sound token; raises ``NotSignedIn`` for any other."""
        claims = self._decode(token)
        if claims.get("iss") != self._issuer or claims.get("aud") != AUDIENCE:
            raise _refused()
        if int(claims.get("exp", 0)) <= int(now().timestamp()):
            raise NotSignedIn("Your sign-in has run out.", remedy="Sign in again.")
        return Claims(
            person=str(claims["sub"]),
            authority=str(claims.get("authority", "")),
            roles=frozenset(claims.get("roles", ())),
            scopes={role: tuple(ids) for role, ids in claims.get("scopes", {}).items()},
            client=str(claims.get("client_id", "")),
            on_behalf_of=claims.get("on_behalf_of"),
        )

    def _decode(self, token: str) -> dict[str, Any]:
        """The claims under a sound signature; a token is verified once as long as the keys hold."""
        self._known_keys(again=False)
        name = hashlib.sha256(token.encode()).digest()
        known = self._verified.get(name)
        if known is None:
            known = self._checked(token)
            if len(self._verified) < MOST_VERIFIED:
                self._verified[name] = known
        return known

    def _checked(self, token: str) -> dict[str, Any]:
        for is_retry in (False, True):
            try:
                decoded = jwt.decode(token, self._known_keys(again=is_retry), algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                continue
            return dict(decoded.claims)
        raise _refused()

    def _known_keys(self, *, again: bool) -> KeySet:
        with self._lock:
            age = monotonic() - self._fetched_at
            limit = KEYS_AT_MOST_EVERY_SECONDS if again else KEYS_LIVE_SECONDS
            if self._keys is None or age > limit:
                self._keys = KeySet.import_key_set(self._fetch())
                self._fetched_at = monotonic()
                self._verified = {}
            return self._keys


class ServiceToken:
    """A service's own token, got by client credentials and renewed before it ends."""

    def __init__(self, clients: ServiceClients, service: str, secret: str) -> None:
        self._clients = clients
        self._service = service
        self._secret = secret
        self._tokens: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def for_authority(self, authority: str) -> str:
        """A bearer token with which this service acts for one authority."""
        with self._lock:
            token, until = self._tokens.get(authority, ("", 0.0))
            if monotonic() >= until:
                token, seconds = self._ask(authority)
                self._tokens[authority] = (token, monotonic() + seconds * 0.8)
            return token

    def _ask(self, authority: str) -> tuple[str, int]:
        answer = self._clients.post(
            "identity",
            "/identity/v1/oauth/token",
            data={
                "grant_type": "client_credentials",
                "client_id": f"service:{self._service}",
                "client_secret": self._secret,
                "scope": f"authority:{authority}",
            },
        )
        if not answer.is_success:
            raise ServiceUnavailable("identity")
        body = answer.json()
        return str(body["access_token"]), int(body["expires_in"])


def _refused() -> NotSignedIn:
    return NotSignedIn("The access token cannot be trusted.", remedy="Sign in again.")
