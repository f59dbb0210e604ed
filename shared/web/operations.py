"""The operator's routes of every service: counts for the monitor, and what waits on the bus."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from sqlalchemy import func, select

from shared.broker.connection import BrokerUnavailable
from shared.broker.status import bus_status
from shared.broker.topology import SUBSCRIPTIONS
from shared.clock import now
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.errors import NotAllowed
from shared.front import THROUGH_FRONT
from shared.metrics import CONTENT_TYPE
from shared.web.answers import BusOut
from shared.web.auth import EVERYONE, claims, may
from shared.web.dead_letters import add_dead_letter_routes
from shared.web.scope import current_context


def operations_blueprint() -> Blueprint:
    """``/metrics`` for the monitor and ``/bus`` for operators."""
    routes = Blueprint("operations", __name__, description="For operators.")

    @routes.get("/metrics")  # type: ignore[untyped-decorator]
    @may(EVERYONE)
    @routes.response(200, {"type": "string"}, content_type="text/plain")  # type: ignore[untyped-decorator]
    def metrics() -> Response:
        """The counts of this process; through the front only with an operator's token."""
        _refuse_strangers()
        context = current_context()
        _measure(context)
        return Response(context.metrics.render(), content_type=CONTENT_TYPE)

    @routes.get("/bus")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.response(200, BusOut)  # type: ignore[untyped-decorator]
    def bus() -> Response:
        """What waits in the outbox, is parked, or lies in this service's queues."""
        return jsonify(bus_report(current_context()))

    add_dead_letter_routes(routes)
    return routes


def bus_report(context: ServiceContext) -> dict[str, Any]:
    """Rows of the outbox and inbox, and the queues as the broker counts them."""
    return {**_database_figures(context), **_queue_figures(context)}


def _refuse_strangers() -> None:
    outside = request.environ.get(THROUGH_FRONT) or "X-Forwarded-For" in request.headers
    if outside and "operator" not in claims().roles:
        raise NotAllowed("Only operators read these counts from outside.")


def _database_figures(context: ServiceContext) -> dict[str, Any]:
    tables = context.base.plumbing
    with context.database.read(EVERY_AUTHORITY) as session:
        rows, oldest, refused = session.execute(
            select(
                func.count(),
                func.min(tables.outbox.c.recorded_at),
                func.count().filter(tables.outbox.c.refusals > 0),
            )
        ).one()
        parked = session.execute(
            select(tables.inbox_parked.c.reason, func.count().label("count")).group_by(
                tables.inbox_parked.c.reason
            )
        ).all()
    age = (now() - oldest).total_seconds() if oldest else 0
    return {
        "outbox": {"rows": rows, "oldest_seconds": int(age), "refused": refused},
        "parked": {row.reason: row.count for row in parked},
    }


def _queue_figures(context: ServiceContext) -> dict[str, Any]:
    if context.name not in SUBSCRIPTIONS:
        return {"queues": []}
    mine = {context.name: SUBSCRIPTIONS[context.name]}
    try:
        queues = bus_status(
            context.platform.bus_url, prefix=context.platform.broker_prefix, subscriptions=mine
        )
    except BrokerUnavailable:
        return {"queues": None}
    return {
        "queues": [
            {"name": queue.name, "ready": queue.ready, "consumers": queue.consumers}
            for queue in queues
        ]
    }


def _measure(context: ServiceContext) -> None:
    figures = bus_report(context)
    outbox = figures["outbox"]
    context.metrics.outbox(
        context.name, rows=outbox["rows"], oldest_seconds=outbox["oldest_seconds"]
    )
    dead = [one["ready"] for one in figures["queues"] or () if one["name"].endswith(".dead")]
    context.metrics.inbox(context.name, parked=sum(figures["parked"].values()), dead=sum(dead))
