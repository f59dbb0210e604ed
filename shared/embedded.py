"""All services in one process: their applications behind one front, their threads beside it.

Started after fork; stopped consumers first, then relays, so that what the last handlers emitted
still leaves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import structlog

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.topology import declare
from shared.context import ServiceContext, open_context
from shared.db.migrations import migrate
from shared.front import Front, summary
from shared.http_client import ServiceClients
from shared.metrics import build_metrics
from shared.parts import Part, load_part
from shared.relay import Relay
from shared.settings import PlatformSettings
from shared.web.health import health_report
from shared.worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = structlog.get_logger()

STOP_SECONDS = 10.0


class EmbeddedSystem:
    """The services of one small installation, in one process."""

    def __init__(
        self,
        names: Sequence[str],
        *,
        portal: Callable[[ServiceClients], WSGIApplication],
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.clients = ServiceClients({})
        metrics = build_metrics()
        self.contexts: dict[str, ServiceContext] = {}
        self.workers: dict[str, Worker] = {}
        apps: dict[str, WSGIApplication] = {}
        for part in [load_part(name) for name in names]:
            context = self._open(part, metrics, environ)
            apps[part.name] = part.create_app(context)
            self.workers[part.name] = part.create_worker(context)
            self.clients.attach(part.name, apps[part.name])
        self.wsgi = Front(apps, otherwise=portal(self.clients), health=self.health)
        self._stop_workers = threading.Event()
        self._stop_relays = threading.Event()
        self._workers: list[threading.Thread] = []
        self._relays: list[threading.Thread] = []

    def _open(self, part: Part, metrics: Any, environ: Mapping[str, str] | None) -> ServiceContext:
        context = open_context(
            part.name,
            part.settings,
            part.base,
            environ=environ,
            clients=self.clients,
            metrics=metrics,
        )
        self.contexts[part.name] = context
        return context

    def prepare(self) -> None:
        """Bring every database up to date and declare the bus; relays declare one that is away."""
        for name, context in self.contexts.items():
            migrate(context.database, name)
        platform = next(iter(self.contexts.values())).platform
        try:
            _declare(platform)
        except BrokerUnavailable as error:
            # People work on without it, as they do when it breaks while the system runs.
            log.warning("bus_broken", reason=str(error))

    def start(self) -> None:
        """Start relays, consumers and timers, a thread each."""
        for name, context in self.contexts.items():
            relay, worker = Relay(context), self.workers[name]
            self._relays.append(_thread(f"relay-{name}", relay.run, self._stop_relays))
            self._workers.append(_thread(f"worker-{name}", worker.consume, self._stop_workers))
            self._workers.append(_thread(f"timers-{name}", worker.run_timers, self._stop_workers))

    def stop(self) -> None:
        """Stop consumers and timers, then relays, then give everything back."""
        self._stop_workers.set()
        _join(self._workers)
        self._stop_relays.set()
        for context in self.contexts.values():
            context.poke_relay()
        _join(self._relays)
        for context in self.contexts.values():
            context.close()

    def health(self) -> dict[str, Any]:
        """The health of all services together."""
        return summary({name: health_report(context) for name, context in self.contexts.items()})


def _declare(platform: PlatformSettings) -> None:
    connection = connect(platform.bus_url)
    try:
        declare(connection, prefix=platform.broker_prefix)
    except connection.connection_errors as error:
        raise BrokerUnavailable(str(error)) from error
    finally:
        connection.release()


def _thread(
    name: str, run: Callable[[threading.Event], None], stop: threading.Event
) -> threading.Thread:
    thread = threading.Thread(target=run, args=(stop,), name=name, daemon=True)
    thread.start()
    return thread


def _join(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.join(STOP_SECONDS)
        if thread.is_alive():
            log.warning("thread_did_not_stop", thread=thread.name)
