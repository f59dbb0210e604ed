"""What an operator is told of one service's bus: in `/bus`, `/health` and `/metrics` alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shared.broker.connection import BrokerUnavailable
from shared.broker.held import held_messages
from shared.broker.status import QueueStatus, bus_status
from shared.broker.topology import (
    DELAYS,
    LOG,
    SUBSCRIPTIONS,
    dead_queue_of,
    delay_queue_of,
    queue_of,
)
from shared.bus_problems import (
    OUTBOX_SECONDS,
    PARKED_SECONDS,
    PUT_OFF_SECONDS,
    problems_of,
)
from shared.clock import now
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.db.figures import inbox_figures, outbox_figures
from shared.disk import LOW_BYTES, free_bytes


def bus_report(context: ServiceContext) -> dict[str, Any]:
    """Rows of the outbox and inbox, the queues as the broker counts them, and what is wrong.

    ``totals`` are the figures that the command line, the operator's page and `/metrics` show;
    those of the queues are None while the broker is away.
    """
    report = waiting_report(context)
    queues = _queues(context)
    held = None if queues is None else _held(context)
    report["queues"] = None if queues is None else [_shown(one, held) for one in queues]
    report["missing_queues"] = _missing(context, queues)
    report["log_lacks"] = _log_lacks(context, queues or ())
    report["totals"] = {**_waiting_totals(report), **_queue_totals(context, report, queues)}
    report["totals"]["held"] = _held_in(
        held, queue_of(context.name, context.platform.broker_prefix)
    )
    report["problems"] = problems_of(report)
    return report


def waiting_report(context: ServiceContext) -> dict[str, Any]:
    """Rows of the outbox and inbox, and room on the disk; ages in whole seconds."""
    tables = context.base.plumbing
    with context.database.read(EVERY_AUTHORITY) as session:
        outbox = outbox_figures(session, tables)
        inbox = inbox_figures(session, tables)
    return {
        "disk_free_bytes": free_bytes(context.platform.data_dir),
        "outbox": {
            "rows": outbox.rows,
            "oldest_seconds": _age(outbox.oldest),
            "refused": outbox.refused,
            "refused_events": list(outbox.refused_events),
        },
        "parked": dict(inbox.parked),
        "parked_oldest_seconds": _age(inbox.oldest),
        "put_aside": inbox.put_aside,
        "stopped": inbox.stopped,
        "stopped_subjects": list(inbox.stopped_subjects),
        "put_off": inbox.put_off,
        "put_off_oldest_seconds": _age(inbox.put_off_since),
        "put_off_subjects": list(inbox.put_off_subjects),
    }


def bus_health(context: ServiceContext) -> tuple[dict[str, str], dict[str, Any]]:
    """A word each for ``bus``, ``outbox``, ``inbox`` and ``disk``, and what makes it degraded."""
    report = waiting_report(context)
    outbox, missing = report["outbox"], missing_queues(context)
    is_late = outbox["oldest_seconds"] > OUTBOX_SECONDS
    is_parked = report["parked_oldest_seconds"] > PARKED_SECONDS
    is_put_off = report["put_off_oldest_seconds"] > PUT_OFF_SECONDS
    ill = {
        "bus": bool(missing) or not context.bus.answers(),
        "outbox": is_late or outbox["refused"] > 0,
        "disk": report["disk_free_bytes"] < LOW_BYTES,
        "inbox": is_parked or is_put_off or report["stopped"] > 0,
    }
    details = {
        "bus": {"missing_queues": missing},
        "outbox": outbox,
        "disk": {"free_bytes": report.pop("disk_free_bytes")},
        "inbox": {name: value for name, value in report.items() if name != "outbox"},
    }
    parts = {name: "degraded" if is_ill else "ok" for name, is_ill in ill.items()}
    return parts, {name: told for name, told in details.items() if ill[name]}


def missing_queues(context: ServiceContext) -> list[str]:
    """The queues that a broker which answers does not have."""
    prefix = context.platform.broker_prefix
    return context.bus.missing_queues(prefix) if context.bus.answers() else []


def _age(since: datetime | None) -> int:
    """Whole seconds; a clock that was set back makes nothing younger than now."""
    return max(0, int((now() - since).total_seconds())) if since else 0


def _queues(context: ServiceContext) -> list[QueueStatus] | None:
    """This service's queues and the log; None while the broker is away."""
    mine = {context.name: SUBSCRIPTIONS[context.name]} if context.name in SUBSCRIPTIONS else {}
    try:
        return bus_status(
            context.platform.bus_url, prefix=context.platform.broker_prefix, subscriptions=mine
        )
    except BrokerUnavailable:
        return None


def _log_lacks(context: ServiceContext, queues: Iterable[QueueStatus]) -> int:
    """How many events that this service has the log must lack; 0 where that is not known.

    What a broker counts may be some seconds old, so that a log that seems too short is asked for
    its end.
    """
    platform = context.platform
    counted = [one for one in queues if one.name == platform.broker_prefix + LOG]
    if context.least_in_log is None or not counted or not counted[0].is_declared:
        return 0
    with context.database.read(EVERY_AUTHORITY) as session:
        least = context.least_in_log(session)
    held: int | None = counted[0].ready
    if counted[0].ready < least and not platform.is_embedded:
        held = context.bus.log_size(platform.broker_prefix)
    return 0 if held is None else max(0, least - held)


def _held(context: ServiceContext) -> Mapping[str, int] | None:
    """What consumers hold, by queue; None while nobody tells."""
    try:
        return held_messages(context.platform.bus_url, context.platform.broker_metrics_url)
    except BrokerUnavailable:
        return None


def _held_in(held: Mapping[str, int] | None, queue: str) -> int | None:
    return None if held is None else held.get(queue)


def _shown(queue: QueueStatus, held: Mapping[str, int] | None) -> dict[str, Any]:
    return {
        "name": queue.name,
        "ready": queue.ready,
        "held": _held_in(held, queue.name),
        "consumers": queue.consumers,
        "is_declared": queue.is_declared,
    }


def _missing(context: ServiceContext, queues: Iterable[QueueStatus] | None) -> list[str]:
    """Of the whole table; of this service's own queues as they were a moment ago."""
    if queues is None:
        return []
    gone = {queue.name for queue in queues if not queue.is_declared}
    return sorted(gone | {*missing_queues(context)})


def _waiting_totals(report: Mapping[str, Any]) -> dict[str, int]:
    outbox = report["outbox"]
    return {
        "outbox": outbox["rows"],
        "outbox_oldest_seconds": outbox["oldest_seconds"],
        "refused": outbox["refused"],
        "parked": sum(report["parked"].values()),
        "parked_oldest_seconds": report["parked_oldest_seconds"],
        "stopped": report["stopped"],
        "put_off": report["put_off"],
        "put_off_oldest_seconds": report["put_off_oldest_seconds"],
    }


def _queue_totals(
    context: ServiceContext, report: Mapping[str, Any], queues: Iterable[QueueStatus] | None
) -> dict[str, int | None]:
    if queues is None:
        return dict.fromkeys(("ready", "delayed", "dead", "consumers"))
    service, prefix = context.name, context.platform.broker_prefix
    ready = {queue.name: queue.ready for queue in queues}
    consumers = {queue.name: queue.consumers for queue in queues}
    main = queue_of(service, prefix)
    delays = {delay_queue_of(service, seconds, prefix) for seconds in DELAYS}
    return {
        "ready": ready.get(main, 0),
        "delayed": sum(ready.get(name, 0) for name in delays),
        "dead": ready.get(dead_queue_of(service, prefix), 0) + report["put_aside"],
        "consumers": consumers.get(main, 0),
    }
