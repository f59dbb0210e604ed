"""What in a service's bus needs an operator, by code; each has its alert and its words.

`shared/bus_words.py` says them in the reader's language, `deploy/monitoring/alerts.yml` raises
them, and docs/guides/operator-bus.md says what to type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shared.disk import LOW_BYTES

OUTBOX_SECONDS = 60
"""An outbox whose oldest event is older than this is told in `/health`."""

PARKED_SECONDS = 300
"""The same of events that wait for earlier ones."""

PUT_OFF_SECONDS = 1800
"""The same of events that are tried again and again; a service may be away for a while."""

MOST_NAMED = 3
MEBIBYTE = 1024 * 1024

Problem = dict[str, Any]


def problems_of(report: Mapping[str, Any]) -> list[Problem]:
    """The problems of a report of `shared.bus_report.bus_report`, the gravest first.

    Each has ``code``, ``count``, ``seconds`` and ``names`` (three at most); what does not apply is
    0 or empty.
    """
    return [
        *_of_broker(report),
        *_of_disk(report),
        *_of_outbox(report),
        *_of_inbox(report),
    ]


def _of_disk(report: Mapping[str, Any]) -> Iterator[Problem]:
    if report["disk_free_bytes"] < LOW_BYTES:
        yield _problem("disk-low", count=report["disk_free_bytes"] // MEBIBYTE)


def _of_broker(report: Mapping[str, Any]) -> Iterator[Problem]:
    if report["queues"] is None:
        yield _problem("broker-away")
        return
    if report["missing_queues"]:
        names = report["missing_queues"]
        yield _problem("queue-missing", count=len(names), names=names)
    if report["log_lacks"]:
        yield _problem("log-lost", count=report["log_lacks"])
    if report["totals"]["consumers"] == 0:
        yield _problem("no-consumer", count=report["totals"]["ready"])


def _of_outbox(report: Mapping[str, Any]) -> Iterator[Problem]:
    outbox = report["outbox"]
    if outbox["refused"]:
        names = [
            f"{event['subject']} {event['sequence']} ({event['reason']})"
            for event in outbox["refused_events"]
        ]
        yield _problem("outbox-refused", count=outbox["refused"], names=names)
    if outbox["oldest_seconds"] > OUTBOX_SECONDS:
        seconds = outbox["oldest_seconds"]
        yield _problem("outbox-late", count=outbox["rows"], seconds=seconds)


def _of_inbox(report: Mapping[str, Any]) -> Iterator[Problem]:
    if report["totals"]["dead"]:
        yield _problem("dead-letters", count=report["totals"]["dead"])
    if report["stopped"]:
        names = [subject["subject"] for subject in report["stopped_subjects"]]
        yield _problem("subject-stopped", count=report["stopped"], names=names)
    if report["parked_oldest_seconds"] > PARKED_SECONDS:
        reasons = [f"{reason} {count}" for reason, count in sorted(report["parked"].items())]
        yield _problem(
            "parked-late",
            count=report["totals"]["parked"],
            seconds=report["parked_oldest_seconds"],
            names=reasons,
        )
    if report["put_off_oldest_seconds"] > PUT_OFF_SECONDS:
        yield _problem(
            "put-off-late",
            count=report["put_off"],
            seconds=report["put_off_oldest_seconds"],
            names=[f"{one['subject']} ({one['event']})" for one in report["put_off_subjects"]],
        )


def _problem(code: str, *, count: int = 0, seconds: int = 0, names: Any = ()) -> Problem:
    return {"code": code, "count": count, "seconds": seconds, "names": list(names)[:MOST_NAMED]}
