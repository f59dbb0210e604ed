"""Settings of review."""

from __future__ import annotations

import typed_settings

from shared.settings import ServiceSettings


@typed_settings.settings(frozen=True, kw_only=True)
class ReviewSettings(ServiceSettings):
    """What review adds."""

    timer_seconds: float = typed_settings.option(
        default=5.0, help="How often terms are looked at (they count in days)."
    )
