"""The web side of every service: one factory for problems, ids, health, metrics and OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Sequence

import structlog
from flask import Flask, Response, g, request
from flask_smorest import Blueprint
from werkzeug.middleware.proxy_fix import ProxyFix

from shared import logs
from shared.clock import monotonic
from shared.context import ServiceContext
from shared.db.base import Subject
from shared.ids import new_id
from shared.web.addresses import BoundedInteger
from shared.web.health import health_blueprint
from shared.web.i18n import LANGUAGES, current_language, negotiate, set_language
from shared.web.json import PlainJson
from shared.web.openapi import register_openapi, roles_of
from shared.web.operations import operations_blueprint
from shared.web.problems import register_problems, unknown_language
from shared.web.scope import EXTENSION, KINDS_EXTENSION, current_context
from shared.web.states import states_blueprint
from shared.workflow import Workflow

log = structlog.get_logger()

MAX_BODY_BYTES = 21 * 1024 * 1024
"""A file of 20 MB and the form around it."""

_ID = re.compile(r"^[A-Za-z0-9_-]{8,64}$")
_TRACEPARENT = re.compile(r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")

Kinds = Sequence[tuple[type[Subject], Workflow]]


def build_app(
    context: ServiceContext, *, blueprints: Sequence[Blueprint], kinds: Kinds = ()
) -> Flask:
    """Build the WSGI application of one service; its routes live under ``/<service>/v1``.

    ``kinds`` pairs each kind that the service owns with its workflow, for ``/states``.
    """
    app = Flask(f"arida.{context.name}", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.json = PlainJson(app)
    app.url_map.converters["int"] = BoundedInteger
    proxies = context.platform.trusted_proxies
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.extensions[EXTENSION] = context
    app.extensions[KINDS_EXTENSION] = tuple(kinds)
    register_requests(app)
    register_problems(app)
    prefix = f"/{context.name}/v1"
    for blueprint in (
        *blueprints,
        states_blueprint(kinds),
        health_blueprint(),
        operations_blueprint(),
    ):
        app.register_blueprint(blueprint, url_prefix=prefix)
    register_openapi(app, prefix)
    return app


def register_requests(app: Flask) -> None:
    """Give each request its ids and language, and write one line and one count when it ends."""

    @app.before_request
    def begin_request() -> None:
        logs.clear_ids()
        g.started = monotonic()
        g.request_id = _sound(request.headers.get("X-Request-ID")) or str(new_id())
        g.correlation_id = _sound(request.headers.get("X-Correlation-ID")) or g.request_id
        trace = request.headers.get("traceparent", "")
        g.traceparent = trace if _TRACEPARENT.match(trace) else None
        logs.bind_ids(
            service=current_context().name, request_id=g.request_id, correlation_id=g.correlation_id
        )
        _choose_language()

    @app.after_request
    def end_request(response: Response) -> Response:
        return _finished(current_context(), response)


def _choose_language() -> None:
    asked = request.args.get("lang")
    set_language(negotiate(request.headers.get("Accept-Language")))
    if asked is None:
        return
    if asked not in LANGUAGES:
        raise unknown_language(asked[:20])
    set_language(asked)


def _finished(context: ServiceContext, response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    response.headers.setdefault("Content-Language", current_language())
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("Accept-Language")
    route = request.url_rule.rule if request.url_rule else "unknown"
    seconds = monotonic() - g.get("started", monotonic())
    context.metrics.request_finished(
        context.name, route, method=request.method, status=response.status_code, seconds=seconds
    )
    log.info(
        "request_answered",
        method=request.method,
        route=route,
        status=response.status_code,
        milliseconds=round(seconds * 1000),
    )
    return response


def _sound(value: str | None) -> str | None:
    return value if value and _ID.match(value) else None


def endpoints_without_declaration(app: Flask) -> list[str]:
    """The views that do not say who may call them; a test holds this list empty."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not roles_of(app.view_functions[rule.endpoint])
    )
