"""``arida front``: one address before separately running services (nginx does it in production)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.http_proxy import ProxyMiddleware

from shared.front import Front, Report, summary
from shared.http_client import ServiceClients, ServiceUnavailable
from shared.server import Server, warm_up
from shared.settings import PlatformSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

READ_SECONDS = 30


def serve_front(platform: PlatformSettings) -> None:
    """Serve the front until SIGTERM; each service is reached at its own ``<SERVICE>_URL``."""

    def load() -> WSGIApplication:
        front = front_of(platform.service_urls, platform.portal_url)
        warm_up(front, "/health/live")
        return front

    Server(bind=f"{platform.host}:{platform.port}", load=load, threads=32).run()


def front_of(urls: dict[str, str], portal_url: str) -> Front:
    """The front of services at these addresses."""
    clients = ServiceClients(urls)
    apps = {name: _proxy(url) for name, url in urls.items()}
    return Front(apps, otherwise=_proxy(portal_url), health=lambda: _health(clients, urls))


def _proxy(url: str) -> WSGIApplication:
    middleware = ProxyMiddleware(_unreachable, {}, timeout=READ_SECONDS)
    options = {
        "target": url,
        "remove_prefix": False,
        "host": None,
        "headers": {},
        "ssl_context": None,
    }

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Services count attempts by this address, and know by it that a request is from outside.
        environ["HTTP_X_FORWARDED_FOR"] = environ.get("REMOTE_ADDR", "")
        send = middleware.proxy_to(options, environ["PATH_INFO"], "/")
        return send(environ, start_response)

    return application


def _unreachable(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("502 Bad Gateway", [("Content-Type", "text/plain")])
    return [b"no service answers here"]


def _health(clients: ServiceClients, urls: dict[str, str]) -> Report:
    reports: dict[str, Report] = {}
    for name in urls:
        try:
            reports[name] = clients.get(name, f"/{name}/v1/health").json()
        except ServiceUnavailable:
            reports[name] = {"status": "down"}
    return summary(reports)
