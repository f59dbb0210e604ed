"""Settings of portal, which has no database."""

from __future__ import annotations

from typing import Annotated

from shared.settings import Settings, about


class PortalSettings(Settings, frozen=True, kw_only=True):
    """What portal adds under ``PORTAL_``."""

    port: Annotated[int, about("Port of `arida serve portal`.")] = 0
