"""Serves one part over HTTP, under gunicorn: a service, or the pages.

What the environment lacks is told before anything is built; ``shared/server.py`` says in which
process the application is built. Nothing is connected until a worker has its first request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.parts import check_settings, load_part
from shared.server import Server, warm_up
from shared.settings import PlatformSettings, SettingsError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from shared.context import ServiceContext
    from shared.http_client import ServiceClients
    from shared.web.limit_peers import LimitPeers

Portal = Callable[["ServiceClients"], "WSGIApplication"]


class _Service:
    """One service's application, and what each worker that serves it begins with."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._context: ServiceContext | None = None

    def load(self) -> WSGIApplication:
        """Build the application."""
        # Imported here: the master of a single worker, and portal's processes, do without.
        from shared.opening import open_service  # noqa: PLC0415

        context = self._context = open_service(self._name)
        context.prepare_for_requests()
        application = load_part(self._name).create_app(context)
        warm_up(application, f"/{self._name}/v1/health")
        # A connection may not be used by several processes.
        context.database.close()
        return application

    def start(self) -> None:
        """Build in the worker what may not cross a fork."""
        if self._context is None:
            raise RuntimeError("load() comes before start()")
        self._context.prepare_after_fork()


def serve(name: str, platform: PlatformSettings, *, workers: int, port: int) -> None:
    """Serve one service's HTTP interface until SIGTERM; raises ``SettingsError`` before it."""
    if platform.demo:
        raise SettingsError("DEMO=1 is for `arida run` only.")
    check_settings(platform, [name])
    service = _Service(name)
    Server(
        bind=f"{platform.host}:{port}", load=service.load, workers=workers, on_start=service.start
    ).run()


def serve_portal(platform: PlatformSettings, portal: Portal, *, workers: int, port: int) -> None:
    """Serve the pages until SIGTERM; raises ``SettingsError`` before it."""
    check_settings(platform, [])

    def load() -> WSGIApplication:
        # As above: imported in the process that builds the application.
        from shared.http_client import ServiceClients  # noqa: PLC0415
        from shared.logs import configure_logs  # noqa: PLC0415
        from shared.web.i18n import load_catalogues  # noqa: PLC0415

        configure_logs("portal", platform.log_level, json=platform.log_format == "json")
        load_catalogues()
        application = portal(ServiceClients(platform.service_urls))
        warm_up(application, "/health/live")
        return application

    def start() -> None:
        from shared.web.limit_peers import LimitPeers  # noqa: PLC0415

        peers.append(LimitPeers(platform, "portal"))
        peers[0].join()

    peers: list[LimitPeers] = []
    bind = f"{platform.host}:{port}"
    Server(bind=bind, load=load, workers=workers, on_start=start).run()
