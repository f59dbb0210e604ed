"""Settings of opinions."""

from __future__ import annotations

import typed_settings

from shared.settings import ServiceSettings


@typed_settings.settings(frozen=True, kw_only=True)
class OpinionsSettings(ServiceSettings):
    """opinions adds no settings of its own yet."""
