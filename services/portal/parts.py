"""What portal's pages work with: calls to services, sign-ins, form tokens, limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from services.portal.authorities import AuthorityList
from services.portal.csrf import CsrfGuard
from services.portal.sessions import SignIns
from shared.http_client import ServiceClients
from shared.web.rate_limit import RateLimiter
from shared.web.tokens import ServiceToken

EXTENSION = "arida.portal"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of one portal application."""

    clients: ServiceClients
    authorities: AuthorityList
    own_token: ServiceToken
    sign_ins: SignIns
    csrf: CsrfGuard
    limiter: RateLimiter
    is_secure: bool


def parts() -> Parts:
    """The parts of the application that answers this request."""
    return cast(Parts, current_app.extensions[EXTENSION])
