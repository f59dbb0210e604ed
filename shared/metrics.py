"""Counts for the operator (Prometheus), by service, as one process may hold several.

Labels take routes (`/review/v1/cases/<id>`), never paths, ids or names.
"""

from __future__ import annotations

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one process, in a registry of its own.

    Where ``PROMETHEUS_MULTIPROC_DIR`` names a folder, `render` adds up all processes that share it.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._request = self._histogram(
            "arida_request_seconds",
            "Time to answer one request; its count is the number of requests.",
            ("service", "route", "method", "status"),
        )
        self._message = self._histogram(
            "arida_message_seconds",
            "Time to handle one event, by outcome (done, repeated, parked, retried, dead).",
            ("service", "type", "outcome"),
        )
        self._published = Counter(
            "arida_published",
            "Events the broker confirmed or refused.",
            ("service", "outcome"),
            registry=self._registry,
        )
        self._outbox_depth = self._gauge("arida_outbox_rows", "Events waiting for the relay.")
        self._outbox_age = self._gauge(
            "arida_outbox_age_seconds", "Age of the oldest event waiting for the relay."
        )
        self._parked = self._gauge("arida_inbox_parked_rows", "Events waiting for earlier ones.")
        self._dead = self._gauge("arida_dead_messages", "Messages in the dead-letter queue.")
        if not _shared_folder():
            ProcessCollector(registry=self._registry)

    def request_finished(
        self, service: str, route: str, *, method: str, status: int, seconds: float
    ) -> None:
        """Count one answered request; ``route`` is the rule with its place-holders."""
        self._request.labels(service, route, method, str(status)).observe(seconds)

    def message_finished(
        self, service: str, event_type: str, *, outcome: str, seconds: float
    ) -> None:
        """Count one handled event."""
        self._message.labels(service, event_type, outcome).observe(seconds)

    def published(self, service: str, *, confirmed: int = 0, refused: int = 0) -> None:
        """Count what a relay's batch came to."""
        self._published.labels(service, "confirmed").inc(confirmed)
        self._published.labels(service, "refused").inc(refused)

    def outbox(self, service: str, *, rows: int, oldest_seconds: float) -> None:
        """Say how much waits in a service's outbox, and for how long."""
        self._outbox_depth.labels(service).set(rows)
        self._outbox_age.labels(service).set(oldest_seconds)

    def inbox(self, service: str, *, parked: int, dead: int) -> None:
        """Say how many events wait for earlier ones, and how many lie in the dead-letter queue."""
        self._parked.labels(service).set(parked)
        self._dead.labels(service).set(dead)

    def render(self) -> bytes:
        """Return the counts in Prometheus' text format (`CONTENT_TYPE`)."""
        folder = _shared_folder()
        if not folder:
            return generate_latest(self._registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone, path=folder)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)

    def _gauge(self, name: str, help_text: str) -> Gauge:
        # Every worker measures the same tables, so the latest measurement is the right one.
        return Gauge(
            name,
            help_text,
            ("service",),
            registry=self._registry,
            multiprocess_mode="mostrecent",
        )

    def _histogram(self, name: str, help_text: str, labels: tuple[str, ...]) -> Histogram:
        return Histogram(name, help_text, labels, registry=self._registry, buckets=_SECONDS)


def build_metrics() -> Metrics:
    """Make the counters of this process; call it once, where the process is put together."""
    return Metrics()


def _shared_folder() -> str:
    return os.environ.get(_SHARED_FOLDER, "")
