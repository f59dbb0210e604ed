"""OpenAPI 3.1 of a service at `/<service>/v1/openapi.json`, and a page that people can read."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, Response, jsonify, render_template
from flask_smorest import Api
from jinja2 import ChoiceLoader, PackageLoader

from shared.web.addresses import BoundedInteger, bounded_integer
from shared.web.auth import EVERYONE, may
from shared.web.i18n import install_in_jinja
from shared.web.scope import OPENAPI_EXTENSION

_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


def register_openapi(app: Flask, prefix: str) -> None:
    """Serve the document and its page under ``prefix``."""
    app.jinja_loader = ChoiceLoader([PackageLoader("shared.web", "templates")])
    install_in_jinja(app.jinja_env)

    @app.get(f"{prefix}/openapi.json")
    @may(EVERYONE)
    def openapi_document() -> Response:
        """The OpenAPI document."""
        return jsonify(openapi_of(app))

    @app.get(f"{prefix}/docs")
    @may(EVERYONE)
    def openapi_page() -> Response:
        """The same for people."""
        page = Response(render_template("openapi.html", spec=openapi_of(app)))
        page.headers["Content-Security-Policy"] = PAGE_POLICY
        return page


def openapi_of(app: Flask) -> dict[str, Any]:
    """The document with who may call each operation (``x-may``) and the common problem answer.

    It is made when it is first asked for, which few processes ever are: making it takes twice the
    time of building the application, and some memory.
    """
    if OPENAPI_EXTENSION not in app.extensions:
        app.extensions[OPENAPI_EXTENSION] = _completed(_described(app), app)
    document: dict[str, Any] = app.extensions[OPENAPI_EXTENSION]
    return document


class _Describer(Api):  # type: ignore[misc]
    """flask-smorest for its description alone: problems.py answers every error."""

    def _register_error_handlers(self) -> None:
        """Leave errors to the handlers of the application."""


def _described(app: Flask) -> dict[str, Any]:
    """What flask-smorest says of the blueprints, which answer without it."""
    service = app.name.rpartition(".")[2]
    described = Flask(app.name, static_folder=None)
    described.config.update(
        API_TITLE=f"Arida {service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,
    )
    described.url_map.converters["int"] = BoundedInteger
    api = _Describer(described)
    api.register_converter(BoundedInteger, bounded_integer)
    for blueprint in app.blueprints.values():
        api.register_blueprint(blueprint, url_prefix=f"/{service}/v1")
    document: dict[str, Any] = api.spec.to_dict()
    return document


def _completed(document: dict[str, Any], app: Flask) -> dict[str, Any]:
    views = {
        (_as_openapi(rule.rule), method.lower()): app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    for path, operations in document.get("paths", {}).items():
        for method, operation in operations.items():
            if method != "parameters":
                _complete(operation, method, roles_of(views.get((path, method))))
    return document


PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem document.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "remedy": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                    "remedy": {"type": "string"},
                },
            },
        },
    },
}


def roles_of(view: Any) -> tuple[str, ...]:
    """The roles that a view declares with ``@may``; empty for one that declares nothing."""
    while view is not None:
        if hasattr(view, "__may__"):
            return tuple(view.__may__)
        view = getattr(view, "__wrapped__", None)
    return ()


def _complete(operation: dict[str, Any], method: str, roles: tuple[str, ...]) -> None:
    operation["x-may"] = list(roles)
    _drop_framework_errors(operation)
    if EVERYONE not in roles:
        operation["security"] = [{"bearer": []}]
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation.setdefault("responses", {})["default"] = {
        "description": "A problem document.",
        "content": content,
    }
    if method == "post" and EVERYONE not in roles:
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    if method in {"patch", "put"}:
        operation.setdefault("parameters", []).append(IF_MATCH)


def _drop_framework_errors(operation: dict[str, Any]) -> None:
    """Take out flask-smorest's own description of a refusal: problems.py answers instead."""
    for status in [one for one in operation.get("responses", {}) if one == "422"]:
        del operation["responses"][status]


IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of the version that the edit was made on (RFC 9110, 13.1.1).",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "New for each act; repeating a request with it is safe for 7 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def _as_openapi(rule: str) -> str:
    return _VARIABLE.sub(r"{\1}", rule)
