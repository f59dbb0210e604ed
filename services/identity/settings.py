"""Settings of identity."""

from __future__ import annotations

from typing import Annotated

from shared.settings import ServiceSettings, about


class IdentitySettings(ServiceSettings, frozen=True, kw_only=True):
    """How often people may try to sign in, how long a sign-in lasts, how passwords are hashed."""

    sign_in_limit: Annotated[str, about("Most sign-ins with one login.")] = "10/minute"
    sign_in_address_limit: Annotated[str, about("Most sign-ins from one network address.")] = (
        "60/minute"
    )
    sign_up_limit: Annotated[str, about("Most sign-ups from one network address.")] = "5/hour"
    session_idle_hours: Annotated[int, about("Hours without use after which a sign-in ends.")] = 12
    session_cookie: Annotated[
        str, about("The cookie in which portal keeps the handle of a sign-in.")
    ] = "arida_session"
    sign_in_path: Annotated[str, about("portal's page for signing in, below PUBLIC_URL.")] = (
        "/sign-in"
    )
    portal_return_path: Annotated[
        str, about("Where portal takes authorization codes, below PUBLIC_URL.")
    ] = "/sign-in/return"
    token_key_days: Annotated[int, about("Days after which a new key signs the tokens.")] = 30
    password_memory_kib: Annotated[
        int, about("Memory of one password hash (Argon2id), in KiB.")
    ] = 19_456
    password_rounds: Annotated[int, about("Passes of one password hash over that memory.")] = 2
