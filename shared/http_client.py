"""The only way one service calls another: over the wire, or in-process when all run embedded.

An in-process call goes through the whole WSGI application (middleware, tokens, schemas) in an
empty context, so that nothing but headers passes either way, as over the wire.
"""

from __future__ import annotations

import json as json_codec
from collections.abc import Iterable, Mapping
from contextvars import Context
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx
import stamina

from shared import logs
from shared.errors import TryLater
from shared.web.i18n import current_language

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_TIMEOUT = httpx.Timeout(10.0, connect=2.0)
# A kept connection must be given up before the server gives it up (gunicorn: 2 seconds),
# else a POST now and then meets a closed one, and a POST is not sent twice.
_POOL = httpx.Limits(max_connections=50, max_keepalive_connections=20, keepalive_expiry=1.0)
_ATTEMPTS = 3
_NO_CONNECTION = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ReadError,
    httpx.RemoteProtocolError,
)
_ID_HEADERS = {
    "request_id": "X-Request-ID",
    "correlation_id": "X-Correlation-ID",
    "traceparent": "traceparent",
}


class ServiceUnavailable(TryLater):
    """Another service did not answer; whether it did what was asked is not known."""

    code = "service-unavailable"
    retry_after = 2

    def __init__(self, service: str) -> None:
        super().__init__(
            "The service %(service)s does not answer.",
            remedy="Try again in a moment.",
            service=service,
        )
        self.service = service


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a service answered; header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    @property
    def etag(self) -> str | None:
        """The version of what was answered, as `If-Match` wants it back."""
        return self.headers.get("etag")

    def json(self) -> Any:
        """Return the decoded body, None for an empty one; raises ValueError if it is no JSON."""
        return json_codec.loads(self.body) if self.body else None


class ServiceClients:
    """Calls services by name: those in ``apps`` in-process, the others at their base address.

    Threads may share it; build it after fork.
    """

    def __init__(
        self, urls: Mapping[str, str], apps: Mapping[str, WSGIApplication] | None = None
    ) -> None:
        self._clients = {name: _over_the_wire(url) for name, url in urls.items()}
        self._inside: set[str] = set()
        for name, app in (apps or {}).items():
            self.attach(name, app)

    def attach(self, service: str, app: WSGIApplication) -> None:
        """Call ``service`` in-process from now on; do so before the first request."""
        if service in self._clients:
            self._clients[service].close()
        self._clients[service] = _in_process(app)
        self._inside.add(service)

    def get(self, service: str, path: str, **options: Any) -> Response:
        """Ask for ``path`` (``/review/v1/...``); tried three times when nothing answers.

        Takes the options of `send`; raises ServiceUnavailable.
        """
        waits = stamina.retry_context(
            on=_was_not_reached,
            attempts=_ATTEMPTS,
            wait_initial=0.05,
            wait_max=0.5,
            wait_jitter=0.1,
        )
        for attempt in waits:
            with attempt:
                return self.send("GET", service, path, **options)
        raise AssertionError("the last attempt returns or raises")

    def post(self, service: str, path: str, **options: Any) -> Response:
        """Send a POST, once; the caller gives an Idempotency-Key where repeating must be safe."""
        return self.send("POST", service, path, **options)

    def put(self, service: str, path: str, **options: Any) -> Response:
        """Send a PUT, once; the caller gives If-Match."""
        return self.send("PUT", service, path, **options)

    def send(
        self,
        method: str,
        service: str,
        path: str,
        *,
        token: str | None = None,
        language: str | None = None,
        headers: Mapping[str, str] | None = None,
        **content: Any,
    ) -> Response:
        """Send one request and return the answer, whatever its status.

        ``content`` is any of json, params, data, files, content as httpx takes them. Request,
        correlation and trace ids and the language come from the context. Raises
        ServiceUnavailable when there is no answer, KeyError for a service not known.
        """
        if not path.startswith("/") or path.startswith("//"):
            raise ValueError("a path begins with one slash")
        content["headers"] = {**_headers(token, language), **(headers or {})}
        request = partial(self._clients[service].request, method, path, **content)
        try:
            # An empty context hides the caller's Flask context, language and ids, and drops
            # the ones that the called application sets.
            answer = Context().run(request) if service in self._inside else request()
        except httpx.TransportError as error:
            raise ServiceUnavailable(service) from error
        return Response(
            status=answer.status_code, headers=dict(answer.headers), body=answer.content
        )

    def close(self) -> None:
        """Close the kept connections."""
        for client in self._clients.values():
            client.close()


def _headers(token: str | None, language: str | None) -> dict[str, str]:
    ids = logs.current_ids()
    headers = {header: ids[key] for key, header in _ID_HEADERS.items() if key in ids}
    headers["Accept-Language"] = language or current_language()
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return headers


def _was_not_reached(error: Exception) -> bool:
    # A slow answer is not asked for again: that would make a busy service busier.
    return isinstance(error, ServiceUnavailable) and isinstance(error.__cause__, _NO_CONNECTION)


def _over_the_wire(url: str) -> httpx.Client:
    # Proxies and passwords of the machine's environment are not meant for calls between services.
    # The certificates of the world's authorities are read only where there is one to be checked.
    is_sealed = not url.startswith("http://")
    return httpx.Client(
        base_url=url, timeout=_TIMEOUT, limits=_POOL, trust_env=False, verify=is_sealed
    )


def _in_process(app: WSGIApplication) -> httpx.Client:
    transport = httpx.WSGITransport(_with_wsgi_path(app), raise_app_exceptions=False)
    return httpx.Client(base_url="http://localhost", transport=transport, trust_env=False)


def _with_wsgi_path(app: WSGIApplication) -> WSGIApplication:
    """Give ``app`` its path as PEP 3333 wants it; httpx passes it decoded, which breaks Arabic."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        return app(environ, start_response)

    return call
