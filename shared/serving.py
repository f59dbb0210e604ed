"""Serves one part over HTTP, under gunicorn: a service, or the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from shared.http_client import ServiceClients
from shared.logs import configure_logs
from shared.opening import open_service
from shared.parts import load_part
from shared.server import Server
from shared.settings import PlatformSettings, SettingsError
from shared.web.i18n import load_catalogues

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Portal = Callable[[ServiceClients], "WSGIApplication"]


def serve(name: str, platform: PlatformSettings, *, workers: int, port: int) -> None:
    """Serve one service's HTTP interface until SIGTERM."""
    if platform.demo:
        raise SettingsError("DEMO=1 is for `arida run` only.")
    # Imported before the fork, so that master and workers share the memory of the code.
    create_app = load_part(name).create_app
    Server(
        bind=f"{platform.host}:{port}",
        load=lambda: create_app(open_service(name)),
        workers=workers,
    ).run()


def serve_portal(platform: PlatformSettings, portal: Portal, *, workers: int, port: int) -> None:
    """Serve the pages until SIGTERM."""

    def load() -> Any:
        configure_logs("portal", platform.log_level, json=platform.log_format == "json")
        load_catalogues()
        return portal(ServiceClients(platform.service_urls))

    Server(bind=f"{platform.host}:{port}", load=load, workers=workers).run()
