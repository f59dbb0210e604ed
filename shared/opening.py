"""Opens one service in a process of its own: settings, logs, catalogues, database, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from shared.context import ServiceContext, open_context
from shared.db.plumbing import PlumbingOnly
from shared.logs import configure_logs
from shared.parts import load_part

if TYPE_CHECKING:
    from shared.db.base import ServiceBase


def open_service(name: str, *, with_texts: bool = True) -> ServiceContext:
    """Open one service's context in a process of its own; ``with_texts`` if it speaks to people."""
    part = load_part(name)
    context = _with_logs(open_context(name, part.settings, part.base))
    if with_texts:
        # Catalogues are much to hold for a process that says nothing to anybody.
        from shared.web.i18n import load_catalogues  # noqa: PLC0415

        load_catalogues()
    return context


def open_relay(name: str) -> ServiceContext:
    """Open what a service's relay needs: of all its tables, the plumbing."""
    # A relay asks its base for nothing else, and need not hold the library of mappings.
    base = cast("type[ServiceBase]", PlumbingOnly())
    return _with_logs(open_context(name, load_part(name).settings, base))


def _with_logs(context: ServiceContext) -> ServiceContext:
    platform = context.platform
    configure_logs(context.name, platform.log_level, json=platform.log_format == "json")
    return context
