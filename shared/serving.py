"""Serves one part over HTTP, under gunicorn: a service, or the pages.

The application is built before the fork, so that master and workers share its memory; nothing is
connected until a worker has its first request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.http_client import ServiceClients
from shared.logs import configure_logs
from shared.server import Server, warm_up
from shared.settings import PlatformSettings, SettingsError
from shared.web.i18n import load_catalogues

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Portal = Callable[[ServiceClients], "WSGIApplication"]


def serve(name: str, platform: PlatformSettings, *, workers: int, port: int) -> None:
    """Serve one service's HTTP interface until SIGTERM."""
    # Imported here, because portal's process has no database and does without all this.
    from shared.opening import open_service  # noqa: PLC0415
    from shared.parts import load_part  # noqa: PLC0415

    if platform.demo:
        raise SettingsError("DEMO=1 is for `arida run` only.")
    context = open_service(name)
    context.prepare_for_requests()
    application = load_part(name).create_app(context)
    warm_up(application, f"/{name}/v1/health")
    # A connection may not be used by several processes.
    context.database.close()
    Server(
        bind=f"{platform.host}:{port}",
        load=lambda: application,
        workers=workers,
        on_start=context.prepare_after_fork,
    ).run()


def serve_portal(platform: PlatformSettings, portal: Portal, *, workers: int, port: int) -> None:
    """Serve the pages until SIGTERM."""
    configure_logs("portal", platform.log_level, json=platform.log_format == "json")
    load_catalogues()
    application = portal(ServiceClients(platform.service_urls))
    warm_up(application, "/health/live")
    Server(bind=f"{platform.host}:{port}", load=lambda: application, workers=workers).run()
