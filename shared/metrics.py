"""Counts for the operator (Prometheus), by service, as one process may hold several.

Labels take routes (`/review/v1/cases/<id>`), never paths, ids or names.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    ProcessCollector,
    generate_latest,
    start_http_server,
)
from prometheus_client.multiprocess import MultiProcessCollector

from shared.counting import SHARED_FOLDER

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
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
        self._make_gauges()
        if not _shared_folder():
            ProcessCollector(registry=self._registry)

    def _make_gauges(self) -> None:
        self._outbox_depth = self._gauge("arida_outbox_rows", "Events waiting for the relay.")
        self._outbox_age = self._gauge(
            "arida_outbox_age_seconds", "Age of the oldest event waiting for the relay."
        )
        self._outbox_refused = self._gauge(
            "arida_outbox_refused_rows", "Events that the broker refused; later ones wait for them."
        )
        self._parked = self._gauge("arida_inbox_parked_rows", "Events waiting for earlier ones.")
        self._parked_age = self._gauge(
            "arida_inbox_parked_age_seconds", "Age of the oldest event waiting for earlier ones."
        )
        self._stopped = self._gauge(
            "arida_inbox_stopped_subjects", "Subjects that stand still until an operator decides."
        )
        self._put_off = self._gauge("arida_inbox_put_off_rows", "Events tried again and again.")
        self._put_off_age = self._gauge(
            "arida_inbox_put_off_age_seconds", "Age of the oldest event tried again and again."
        )
        self._ready = self._gauge("arida_queue_messages", "Messages ready in the service's queue.")
        self._held = self._gauge(
            "arida_queue_held_messages", "Messages that consumers have and did not answer yet."
        )
        self._delayed = self._gauge(
            "arida_queue_delayed_messages", "Messages that wait to be tried again."
        )
        self._consumers = self._gauge("arida_queue_consumers", "Consumers of the service's queue.")
        self._dead = self._gauge(
            "arida_dead_messages", "Dead letters, on the bus and in the inbox."
        )
        self._up = self._gauge("arida_bus_up", "Whether the broker answers (1 or 0).")
        self._disk_low = self._gauge(
            "arida_disk_low", "Whether hardly anything can be written any more (1 or 0)."
        )
        self._log_lacks = self._gauge(
            "arida_bus_log_lacking_events", "Events of the ledger that the log lacks at least."
        )
        self._missing = self._gauge(
            "arida_bus_missing_queues", "Queues of the whole table that the broker does not have."
        )

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

    def outbox(self, service: str, *, rows: int, oldest_seconds: float, refused: int = 0) -> None:
        """Say how much waits in a service's outbox, for how long, and how much was refused."""
        self._outbox_depth.labels(service).set(rows)
        self._outbox_age.labels(service).set(oldest_seconds)
        self._outbox_refused.labels(service).set(refused)

    def inbox(self, service: str, *, parked: int, oldest_seconds: float, stopped: int) -> None:
        """Say how many events wait for earlier ones, for how long, and how many subjects stop."""
        self._parked.labels(service).set(parked)
        self._parked_age.labels(service).set(oldest_seconds)
        self._stopped.labels(service).set(stopped)

    def put_off(self, service: str, *, rows: int, oldest_seconds: float) -> None:
        """Say how many events are tried again and again, and how old the oldest is."""
        self._put_off.labels(service).set(rows)
        self._put_off_age.labels(service).set(oldest_seconds)

    def queues(
        self,
        service: str,
        *,
        ready: int | None,
        held: int | None,
        delayed: int | None,
        dead: int | None,
        consumers: int | None,
    ) -> None:
        """Say what lies in the service's queues, and how many consume it; None: not known now."""
        self._ready.labels(service).set(_known(ready))
        self._held.labels(service).set(_known(held))
        self._delayed.labels(service).set(_known(delayed))
        self._dead.labels(service).set(_known(dead))
        self._consumers.labels(service).set(_known(consumers))

    def bus(self, service: str, *, is_up: bool, missing: int, log_lacks: int = 0) -> None:
        """Say whether the broker answers this service, what it lacks, and what its log lacks."""
        self._up.labels(service).set(int(is_up))
        self._log_lacks.labels(service).set(log_lacks)
        self._missing.labels(service).set(missing)

    def disk(self, service: str, *, is_low: bool) -> None:
        """Say whether the disk of the service's data is full, or nearly so."""
        self._disk_low.labels(service).set(int(is_low))

    def render(self, service: str = "") -> bytes:
        """Return the counts in Prometheus' text format (`CONTENT_TYPE`).

        Of one ``service`` where it is named: a monitor asks every service, and where several share
        a process or a folder, each of them would tell the others' counts once more.
        """
        return generate_latest(_OneService(self._everything(), service))

    def serve(self, host: str, port: int) -> None:
        """Answer a monitor from a thread, in a process that serves nothing else."""
        start_http_server(port, addr=host, registry=self._everything())

    def _everything(self) -> CollectorRegistry:
        folder = _shared_folder()
        if not folder:
            return self._registry
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone, path=folder)  # type: ignore[no-untyped-call]
        return everyone

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


class _OneService(CollectorRegistry):
    """What a registry has of one service, and of the process as a whole."""

    def __init__(self, whole: CollectorRegistry, service: str) -> None:
        super().__init__()
        self._whole, self._service = whole, service

    def collect(self) -> Iterator[Metric]:
        """The metrics of the registry without the samples of other services."""
        for metric in self._whole.collect():
            kept = Metric(metric.name, metric.documentation, metric.type, metric.unit)
            kept.samples = [one for one in metric.samples if self._is_of_it(one.labels)]
            yield kept

    def _is_of_it(self, labels: Mapping[str, str]) -> bool:
        return not self._service or labels.get("service", self._service) == self._service


def build_metrics() -> Metrics:
    """Make the counters of this process; call it once, where the process is put together."""
    return Metrics()


def _known(figure: int | None) -> float:
    """A figure that nobody knows is no number; a zero would say that all is well."""
    return math.nan if figure is None else figure


def _shared_folder() -> str:
    return os.environ.get(SHARED_FOLDER, "")
