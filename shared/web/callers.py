"""Which client calls, and from which network address the person behind it comes."""

from __future__ import annotations

from flask import request

from shared.errors import NotSignedIn
from shared.web.auth import claims

PORTAL = "service:portal"


def caller_address() -> str | None:
    """The address of the person: what portal says in X-Forwarded-For, else the peer's.

    None when portal does not tell: its own address would stand for everyone at once. From anybody
    else the header is not believed, save through the proxies that TRUSTED_PROXIES counts.
    """
    if not _is_portal():
        return request.remote_addr or "unknown"
    told = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return told[:64] or None


def _is_portal() -> bool:
    if "Authorization" not in request.headers:
        return False
    try:
        return claims().client == PORTAL
    except NotSignedIn:
        return False
