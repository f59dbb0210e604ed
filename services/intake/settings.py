"""Settings of intake."""

from __future__ import annotations

from shared.settings import ServiceSettings


class IntakeSettings(ServiceSettings, frozen=True, kw_only=True):
    """intake adds no settings of its own yet."""
