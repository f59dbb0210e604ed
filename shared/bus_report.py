"""What an operator is told of one service's bus: in `/bus`, `/health` and `/metrics` alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shared.broker.connection import BrokerUnavailable
from shared.broker.status import bus_status
from shared.broker.topology import SUBSCRIPTIONS
from shared.clock import now
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.db.figures import inbox_figures, outbox_figures

OUTBOX_SECONDS = 60
"""An outbox whose oldest event is older than this is told in `/health`."""

PARKED_SECONDS = 300
"""The same of events that wait for earlier ones."""


def bus_report(context: ServiceContext) -> dict[str, Any]:
    """Rows of the outbox and inbox, and the queues as the broker counts them."""
    return {**waiting_report(context), **_queues(context)}


def waiting_report(context: ServiceContext) -> dict[str, Any]:
    """Rows of the outbox and inbox; ages in whole seconds."""
    tables = context.base.plumbing
    with context.database.read(EVERY_AUTHORITY) as session:
        outbox = outbox_figures(session, tables)
        inbox = inbox_figures(session, tables)
    return {
        "outbox": {
            "rows": outbox.rows,
            "oldest_seconds": _age(outbox.oldest),
            "refused": outbox.refused,
            "refused_events": list(outbox.refused_events),
        },
        "parked": dict(inbox.parked),
        "parked_oldest_seconds": _age(inbox.oldest),
        "stopped": inbox.stopped,
        "stopped_subjects": list(inbox.stopped_subjects),
    }


def bus_health(context: ServiceContext) -> tuple[dict[str, str], dict[str, Any]]:
    """The parts ``bus``, ``outbox`` and ``inbox`` in a word each, and what makes them degraded."""
    report = waiting_report(context)
    outbox, missing = report["outbox"], missing_queues(context)
    is_late = outbox["oldest_seconds"] > OUTBOX_SECONDS
    is_parked = report["parked_oldest_seconds"] > PARKED_SECONDS
    ill = {
        "bus": bool(missing) or not context.bus.answers(),
        "outbox": is_late or outbox["refused"] > 0,
        "inbox": is_parked or report["stopped"] > 0,
    }
    details = {
        "bus": {"missing_queues": missing},
        "outbox": outbox,
        "inbox": {name: value for name, value in report.items() if name != "outbox"},
    }
    parts = {name: "degraded" if is_ill else "ok" for name, is_ill in ill.items()}
    return parts, {name: told for name, told in details.items() if ill[name]}


def missing_queues(context: ServiceContext) -> list[str]:
    """The queues that a broker which answers does not have."""
    prefix = context.platform.broker_prefix
    return context.bus.missing_queues(prefix) if context.bus.answers() else []


def _age(since: datetime | None) -> int:
    return int((now() - since).total_seconds()) if since else 0


def _queues(context: ServiceContext) -> dict[str, Any]:
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
            {
                "name": queue.name,
                "ready": queue.ready,
                "consumers": queue.consumers,
                "is_declared": queue.is_declared,
            }
            for queue in queues
        ]
    }
