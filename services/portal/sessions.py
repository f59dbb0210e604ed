"""Who is signed in: an opaque handle in the cookie, the person and a short-lived token in memory.

identity owns the sign-in; portal asks it again before the access token ends (five minutes), so a
sign-in that was ended elsewhere is over here as soon.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response

from services.portal.clients import Caller, Refused
from services.portal.csrf import SESSION_COOKIE
from shared.clock import monotonic
from shared.http_client import ServiceClients
from shared.web.i18n import current_language
from shared.web.tokens import ServiceToken

KEPT_SECONDS = 60.0
MOST_KEPT = 5_000


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The person who reads, in one authority, with the token to act with."""

    handle: str
    person: str
    authority: str
    roles: tuple[str, ...]
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: Mapping[str, str | None] = field(default_factory=dict)
    token: str = field(default="", repr=False)

    def holds(self, *roles: str) -> bool:
        """Whether the person has one of these roles."""
        return bool(set(roles) & set(self.roles))

    @property
    def shown_name(self) -> str:
        """The name in the reader's script, in the other one if there is none."""
        names = [self.name.get("arabic"), self.name.get("latin")]
        names = names if current_language() == "ar" else names[::-1]
        return next((str(name) for name in names if name), "")


class SignIns:
    """Begins, looks up and ends sign-ins at identity; threads may share it."""

    def __init__(self, clients: ServiceClients, own_token: ServiceToken) -> None:
        self._clients = clients
        self._own_token = own_token
        self._kept: dict[str, tuple[Viewer, float]] = {}
        self._lock = threading.Lock()

    def begin(
        self, given: dict[str, Any], *, authority: str, address: str | None
    ) -> dict[str, Any]:
        """Sign a person in; returns identity's answer with the handle; raises ``Refused``.

        ``given`` is login and password (and the authority where the person chose one).
        """
        return self._identity(authority, address).act("identity", "/sessions", given)

    def open_account(
        self, given: dict[str, Any], *, authority: str, address: str | None
    ) -> dict[str, Any]:
        """Open a petitioner's account; raises ``Refused``."""
        return self._identity(authority, address).act("identity", "/accounts", given)

    def viewer(self, handle: str, authority: str) -> Viewer | None:
        """The person behind a handle, None when the sign-in is over or was never one."""
        with self._lock:
            viewer, until = self._kept.get(handle, (None, 0.0))
        if viewer is not None and monotonic() < until:
            return viewer
        viewer = self._looked_up(handle, authority)
        if viewer is not None:
            with self._lock:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[handle] = (viewer, monotonic() + KEPT_SECONDS)
        return viewer

    def end(self, handle: str, authority: str) -> None:
        """End a sign-in here and at identity."""
        self.forget(handle)
        try:
            self._identity(authority).delete("identity", f"/sessions/{handle}")
        except Refused as refusal:
            if refusal.status != 404:
                raise

    def forget(self, handle: str) -> None:
        """Look this sign-in up again next time."""
        with self._lock:
            self._kept.pop(handle, None)

    def _looked_up(self, handle: str, authority: str) -> Viewer | None:
        identity = self._identity(authority)
        try:
            known = identity.read("identity", f"/sessions/{handle}")
            token = identity.act("identity", f"/sessions/{handle}/tokens", {})
        except Refused as refusal:
            if refusal.status in {401, 403, 404, 410}:
                return None
            raise
        return _viewer(handle, known, str(token["access_token"]))

    def _identity(self, authority: str, address: str | None = None) -> Caller:
        token = self._own_token.for_authority(authority)
        return Caller(clients=self._clients, token=token, address=address)


def set_session_cookie(response: Response, handle: str, *, is_secure: bool) -> None:
    """Put the handle where scripts and other sites cannot reach it."""
    response.set_cookie(
        SESSION_COOKIE, handle, httponly=True, samesite="Lax", secure=is_secure, path="/"
    )


def _viewer(handle: str, known: dict[str, Any], token: str) -> Viewer:
    return Viewer(
        handle=handle,
        person=str(known["person"]),
        authority=str(known["authority"]),
        roles=tuple(known.get("roles") or ()),
        scopes={role: tuple(ids) for role, ids in (known.get("scopes") or {}).items()},
        name={"arabic": known.get("name_arabic"), "latin": known.get("name_latin")},
        token=token,
    )
