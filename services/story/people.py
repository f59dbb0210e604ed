"""The people of the story as HTTP clients: each signs in once and acts with a token."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx

from shared.clock import monotonic, sleep
from shared.demo import DEMO_DOMAIN, demo_password

PATIENCE_SECONDS = 30.0
RETRY = frozenset({409, 429, 503})
TOKEN_SECONDS = 240.0


class StoryFailed(Exception):
    """An act of the story was refused, or what should follow did not come."""


class People:
    """Calls the system as any of the demo's people, over plain HTTP."""

    def __init__(self, url: str, authority: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30, headers={"Accept-Language": "fr"})
        self._authority = authority
        self._handles: dict[str, str] = {}
        self._tokens: dict[str, tuple[str, float]] = {}

    def get(self, path: str, *, who: str | None = None, **params: Any) -> Any:
        """Read something, as somebody or as anybody; raises ``StoryFailed``."""
        answer = self._send("GET", path, who=who, params=params)
        return answer.json()

    def find(self, path: str, *, who: str | None = None, **params: Any) -> Any:
        """Read something that may not be there yet: None for a 404."""
        answer = self._send("GET", path, who=who, params=params, missing=True)
        return None if answer.status_code == 404 else answer.json()

    def act(self, path: str, body: dict[str, Any], *, who: str, name: str) -> Any:
        """Do something once: the key is made from the act's name, so repeating it is safe."""
        key = str(uuid5(NAMESPACE_URL, f"urn:arida:story:{name}"))
        return self._send("POST", path, who=who, json=body, key=key).json()

    def put(self, path: str, body: dict[str, Any], *, who: str) -> Any:
        """Replace something after reading its version."""
        version = self._send("GET", path.rsplit("/", 1)[0], who=who).headers["ETag"]
        return self._send("PUT", path, who=who, json=body, version=version).json()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _send(
        self, method: str, path: str, *, who: str | None, missing: bool = False, **options: Any
    ) -> httpx.Response:
        until = monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._once(method, path, who, dict(options))
            if answer.is_success or (missing and answer.status_code == 404):
                return answer
            wait = answer.headers.get("Retry-After")
            if answer.status_code not in RETRY or wait is None or monotonic() > until:
                raise StoryFailed(f"{method} {path} as {who}: {answer.status_code} {answer.text}")
            sleep(min(float(wait), 0.2))

    def _once(
        self, method: str, path: str, who: str | None, options: dict[str, Any]
    ) -> httpx.Response:
        headers = {}
        if who is not None:
            headers["Authorization"] = f"Bearer {self._token(who)}"
        if key := options.pop("key", None):
            headers["Idempotency-Key"] = key
        if version := options.pop("version", None):
            headers["If-Match"] = version
        return self._http.request(method, path, headers=headers, **options)

    def _token(self, who: str) -> str:
        token, until = self._tokens.get(who, ("", 0.0))
        if monotonic() < until:
            return token
        answer = self._http.post(
            f"/identity/v1/sessions/{self._handle(who)}/tokens",
            headers={"Idempotency-Key": str(uuid5(NAMESPACE_URL, f"{who}{monotonic()}"))},
            json={},
        )
        if not answer.is_success:
            raise StoryFailed(f"{who} gets no token: {answer.status_code} {answer.text}")
        token = str(answer.json()["access_token"])
        self._tokens[who] = (token, monotonic() + TOKEN_SECONDS)
        return token

    def _handle(self, who: str) -> str:
        if who not in self._handles:
            answer = self._http.post(
                "/identity/v1/sessions",
                headers={"Idempotency-Key": str(uuid5(NAMESPACE_URL, f"{who}{monotonic()}"))},
                json={
                    "login": f"{who}@{DEMO_DOMAIN}",
                    "password": demo_password(who),
                    "authority": self._authority,
                },
            )
            if not answer.is_success:
                raise StoryFailed(f"{who} cannot sign in: {answer.status_code} {answer.text}")
            self._handles[who] = str(answer.json()["handle"])
        return self._handles[who]


def eventually(look: Any, what: str) -> Any:
    """Look until something is there (events take a moment); raises ``StoryFailed``."""
    until = monotonic() + PATIENCE_SECONDS
    while True:
        found = look()
        if found:
            return found
        if monotonic() > until:
            raise StoryFailed(f"{what} did not come within {PATIENCE_SECONDS:.0f} s")
        sleep(0.05)
