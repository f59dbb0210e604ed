"""What happens around every page: ids, the reader's language, the form's token, strict headers."""

from __future__ import annotations

import structlog
from flask import Flask, Response, g, request

from services.portal.parts import parts
from shared import logs
from shared.clock import monotonic
from shared.ids import new_id
from shared.web.i18n import LANGUAGES, current_language, negotiate, set_language
from shared.web.problems import unknown_language

log = structlog.get_logger()

LANGUAGE_COOKIE = "arida_language"
YEAR_SECONDS = 365 * 24 * 3600
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register_incoming(app: Flask) -> None:
    """Put the steps around every request of ``app``, in this order."""

    @app.before_request
    def begin() -> None:
        g.started = monotonic()
        g.request_id = str(new_id())
        logs.clear_ids()
        logs.bind_ids(service="portal", request_id=g.request_id, correlation_id=g.request_id)
        choose_language()
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            parts().csrf.check()

    @app.after_request
    def end(response: Response) -> Response:
        parts().csrf.keep(response)
        _keep_language(response)
        return _finished(response)


def choose_language() -> None:
    """Take the language of ?lang=, of the cookie, or of the browser; an unknown one is refused."""
    asked = request.args.get("lang")
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    wanted = negotiate(request.headers.get("Accept-Language"))
    set_language(kept if kept in LANGUAGES else wanted)
    if asked is None:
        return
    if asked not in LANGUAGES:
        raise unknown_language(asked[:20])
    set_language(asked)


def _keep_language(response: Response) -> None:
    asked = request.args.get("lang")
    if asked in LANGUAGES and asked != request.cookies.get(LANGUAGE_COOKIE):
        response.set_cookie(
            LANGUAGE_COOKIE,
            asked,
            max_age=YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=parts().is_secure,
        )


def _finished(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=3600"
    else:
        response.headers["Content-Language"] = current_language()
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(["Accept-Language", "Cookie"])
    log.info(
        "request_answered",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else "unknown",
        status=response.status_code,
        milliseconds=round((monotonic() - g.get("started", monotonic())) * 1000),
    )
    return response
