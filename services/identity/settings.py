"""Settings of identity."""

from __future__ import annotations

import typed_settings

from shared.settings import ServiceSettings


@typed_settings.settings(frozen=True, kw_only=True)
class IdentitySettings(ServiceSettings):
    """How often people may try to sign in, how long a sign-in lasts, how passwords are hashed."""

    sign_in_limit: str = typed_settings.option(
        default="10/minute", help="Most sign-ins with one login."
    )
    sign_in_address_limit: str = typed_settings.option(
        default="60/minute", help="Most sign-ins from one network address."
    )
    sign_up_limit: str = typed_settings.option(
        default="5/hour", help="Most sign-ups from one network address."
    )
    session_idle_hours: int = typed_settings.option(
        default=12, help="Hours without use after which a sign-in ends."
    )
    session_cookie: str = typed_settings.option(
        default="arida_session", help="The cookie in which portal keeps the handle of a sign-in."
    )
    sign_in_path: str = typed_settings.option(
        default="/sign-in", help="portal's page for signing in, below PUBLIC_URL."
    )
    portal_return_path: str = typed_settings.option(
        default="/sign-in/return", help="Where portal takes authorization codes, below PUBLIC_URL."
    )
    token_key_days: int = typed_settings.option(
        default=30, help="Days after which a new key signs the tokens."
    )
    password_memory_kib: int = typed_settings.option(
        default=19_456, help="Memory of one password hash (Argon2id), in KiB."
    )
    password_rounds: int = typed_settings.option(
        default=2, help="Passes of one password hash over that memory."
    )
