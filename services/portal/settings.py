"""Settings of portal, which has no database."""

from __future__ import annotations

import typed_settings


@typed_settings.settings(frozen=True, kw_only=True)
class PortalSettings:
    """What portal adds under ``PORTAL_``."""

    port: int = typed_settings.option(default=0, help="Port of `arida serve portal`.")
