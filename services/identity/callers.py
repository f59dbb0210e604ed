"""Which client calls, and from which network address the person behind it comes."""

from __future__ import annotations

from typing import cast

from flask import request

from services.identity.settings import IdentitySettings
from shared.errors import NotSignedIn
from shared.web.auth import claims
from shared.web.scope import current_context

PORTAL = "service:portal"


def caller_address() -> str | None:
    """The address of the person: what portal says in X-Forwarded-For, else the peer's.

    None when portal does not tell: its own address would stand for everyone at once. From anybody
    else the header is not believed.
    """
    if not _is_portal():
        return request.remote_addr or "unknown"
    told = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return told[:64] or None


def limits() -> IdentitySettings:
    """The settings of identity, for how often things may be tried."""
    return cast(IdentitySettings, current_context().settings)


def _is_portal() -> bool:
    if "Authorization" not in request.headers:
        return False
    try:
        return claims().client == PORTAL
    except NotSignedIn:
        return False
