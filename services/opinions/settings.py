"""Settings of opinions."""

from __future__ import annotations

from shared.settings import ServiceSettings


class OpinionsSettings(ServiceSettings, frozen=True, kw_only=True):
    """opinions adds no settings of its own yet."""
