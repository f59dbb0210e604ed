"""Opens one service in a process of its own: settings, logs, catalogues, database, keys."""

from __future__ import annotations

from shared.context import ServiceContext, open_context
from shared.logs import configure_logs
from shared.parts import load_part
from shared.web.i18n import load_catalogues


def open_service(name: str) -> ServiceContext:
    """Open one service's context in a process of its own."""
    part = load_part(name)
    context = open_context(name, part.settings, part.base)
    platform = context.platform
    configure_logs(name, platform.log_level, json=platform.log_format == "json")
    load_catalogues()
    return context
