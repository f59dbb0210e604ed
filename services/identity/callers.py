"""How often things may be tried, as identity's settings say."""

from __future__ import annotations

from typing import cast

from services.identity.settings import IdentitySettings
from shared.web.scope import current_context


def limits() -> IdentitySettings:
    """The settings of identity, for how often things may be tried."""
    return cast(IdentitySettings, current_context().settings)
