"""The operator's routes of every service: counts for the monitor, and what waits on the bus."""

from __future__ import annotations

from flask import Response, jsonify
from flask_smorest import Blueprint

from shared.bus_report import bus_report
from shared.context import ServiceContext
from shared.disk import LOW_BYTES
from shared.metrics import CONTENT_TYPE
from shared.web.answers import BusOut
from shared.web.auth import EVERYONE, may
from shared.web.dead_letters import add_dead_letter_routes
from shared.web.insiders import refuse_strangers
from shared.web.scope import current_context


def operations_blueprint() -> Blueprint:
    """``/metrics`` for the monitor and ``/bus`` for operators."""
    routes = Blueprint("operations", __name__, description="For operators.")

    @routes.get("/metrics")  # type: ignore[untyped-decorator]
    @may(EVERYONE)
    @routes.response(200, {"type": "string"}, content_type="text/plain")  # type: ignore[untyped-decorator]
    def metrics() -> Response:
        """The counts of this process; through the front only with an operator's token."""
        refuse_strangers()
        context = current_context()
        _measure(context)
        return Response(context.metrics.render(context.name), content_type=CONTENT_TYPE)

    @routes.get("/bus")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.response(200, BusOut)  # type: ignore[untyped-decorator]
    def bus() -> Response:
        """What waits in the outbox, is parked, or lies in this service's queues."""
        return jsonify(bus_report(current_context()))

    add_dead_letter_routes(routes)
    return routes


def _measure(context: ServiceContext) -> None:
    report = bus_report(context)
    totals, metrics = report["totals"], context.metrics
    metrics.outbox(
        context.name,
        rows=totals["outbox"],
        oldest_seconds=totals["outbox_oldest_seconds"],
        refused=totals["refused"],
    )
    metrics.inbox(
        context.name,
        parked=totals["parked"],
        oldest_seconds=totals["parked_oldest_seconds"],
        stopped=totals["stopped"],
    )
    metrics.put_off(
        context.name, rows=totals["put_off"], oldest_seconds=totals["put_off_oldest_seconds"]
    )
    queues = {name: totals[name] for name in ("ready", "held", "delayed", "dead", "consumers")}
    metrics.queues(context.name, **queues)
    metrics.disk(context.name, is_low=report["disk_free_bytes"] < LOW_BYTES)
    is_up, missing = report["queues"] is not None, len(report["missing_queues"])
    metrics.bus(context.name, is_up=is_up, missing=missing, log_lacks=report["log_lacks"])
