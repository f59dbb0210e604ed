"""Settings of review."""

from __future__ import annotations

from typing import Annotated

from shared.settings import ServiceSettings, about


class ReviewSettings(ServiceSettings, frozen=True, kw_only=True):
    """What review adds."""

    timer_seconds: Annotated[
        float, about("How often terms are looked at (they count in days).")
    ] = 5.0
