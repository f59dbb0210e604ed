"""The front: one address for all services, by the first part of the path; the rest is portal.

``arida run`` puts applications behind it in one process, ``arida front`` separate processes. What
is not for the outside (counts, live states) stays behind the services' own tokens.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THROUGH_FRONT = "arida.through_front"
Report = Mapping[str, Any]


class Front:
    """Sends ``/<service>/...`` to that service and the rest to ``otherwise`` (portal)."""

    def __init__(
        self,
        apps: Mapping[str, WSGIApplication],
        *,
        otherwise: WSGIApplication,
        health: Callable[[], Report],
    ) -> None:
        self._apps = dict(apps)
        self._otherwise = otherwise
        self._health = health

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        environ[THROUGH_FRONT] = True
        path = environ.get("PATH_INFO", "")
        if path in {"/health", "/health/live"}:
            return _answer_health(self._health, path, start_response)
        first = path.split("/", 2)[1] if path.startswith("/") else ""
        owner = "identity" if first == ".well-known" else first
        return self._apps.get(owner, self._otherwise)(environ, start_response)


def summary(reports: Mapping[str, Report]) -> dict[str, Any]:
    """One report from the services' own: the worst word wins, each service is a part.

    The Debian packages that a service lacks for its documents are named once for all.
    """
    words = {name: str(report.get("status", "down")) for name, report in reports.items()}
    worst = [word for word in ("down", "degraded") if word in words.values()]
    lacking = sorted({name for one in reports.values() for name in one.get("missing_packages", ())})
    report = {"status": worst[0] if worst else "ok", "parts": words}
    return {**report, "missing_packages": lacking} if lacking else report


def _answer_health(
    health: Callable[[], Report], path: str, start_response: StartResponse
) -> Iterable[bytes]:
    report = {"status": "ok"} if path.endswith("/live") else health()
    status = "503 Service Unavailable" if report["status"] == "down" else "200 OK"
    body = json.dumps(report).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    start_response(status, headers)
    return [body]
