"""Whether a service can serve: `/health`, `/health/live`, and the authorities it knows."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from shared.bus_report import bus_health
from shared.clock import now
from shared.context import ServiceContext
from shared.db.authorities import load_authority
from shared.db.migrations import is_current
from shared.web.answers import HealthOut, KnownAuthorityOut, LiveOut
from shared.web.auth import EVERYONE, may
from shared.web.insiders import is_insider
from shared.web.scope import current_context

PAGES = "print-pages"
"""Documents are pages for a browser to print, because the machine cannot make PDF."""


def health_blueprint() -> Blueprint:
    """The operator's routes of a service."""
    routes = Blueprint("health", __name__, description="Whether this service can serve.")

    @routes.get("/health")  # type: ignore[untyped-decorator]
    @may(EVERYONE)
    @routes.response(200, HealthOut)  # type: ignore[untyped-decorator]
    @routes.alt_response(503, schema=HealthOut)  # type: ignore[untyped-decorator]
    def health() -> tuple[Response, int]:
        """Tell whether requests can be served, part by part."""
        report = health_report(current_context())
        if not is_insider():
            del report["details"]
        return jsonify(report), 503 if report["status"] == "down" else 200

    @routes.get("/health/live")  # type: ignore[untyped-decorator]
    @may(EVERYONE)
    @routes.response(200, LiveOut)  # type: ignore[untyped-decorator]
    def live() -> Response:
        """Tell that the process answers at all."""
        return jsonify({"status": "ok"})

    @routes.get("/authorities/<code>")  # type: ignore[untyped-decorator]
    @may(EVERYONE)
    @routes.response(200, KnownAuthorityOut)  # type: ignore[untyped-decorator]
    def known_authority(code: str) -> Response:
        """What this service knows of an authority: its business date, and as of which event."""
        context = current_context()
        with context.database.read(code) as session:
            profile = load_authority(session, context.base.plumbing, code)
        return jsonify(
            {
                "code": code,
                "today": profile.today(now()).isoformat(),
                "sequence": profile.sequence,
                "name": profile.name,
            }
        )

    return routes


def health_report(context: ServiceContext) -> dict[str, Any]:
    """The parts of a service: ``down`` without its database, ``degraded`` while events wait.

    ``details`` has the figures and names of the parts that are degraded. A service that prints
    also says whether it can, and names the Debian packages it lacks; it serves without them.
    Processes that count attempts each for itself are told among the details.
    """
    details: dict[str, Any] = {}
    lacking = context.press.missing() if context.prints else []
    parts = {"database": "ok" if context.database.answers() else "down"}
    if parts["database"] == "ok":
        parts["migrations"] = "ok" if is_current(context.database, context.name) else "down"
    if "down" not in parts.values():
        of_bus, details = bus_health(context)
        parts |= of_bus
    if context.limits and (apart := context.limit_peers.apart()) > 1:
        details = {**details, "attempts_counted_apart": apart}
    parts |= {"documents": PAGES if lacking else "ok"} if context.prints else {}
    worst = [word for word in ("down", "degraded") if word in parts.values()]
    status = worst[0] if worst else "ok"
    report = {"status": status, "parts": parts, "details": details}
    return {**report, "missing_packages": lacking} if lacking else report
