"""What runs without HTTP: one service's worker, or its relay, until SIGTERM."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Sequence

import structlog

from shared.context import ServiceContext
from shared.opening import open_relay, open_service
from shared.parts import load_part
from shared.relay import Relay

log = structlog.get_logger()


def work(name: str) -> None:
    """Run one service's consumer and timers until SIGTERM or SIGINT."""
    # A worker that writes letters reads the catalogues with the first one.
    context = open_service(name, with_texts=False)
    worker = load_part(name).create_worker(context)
    _run_until_stopped(context, [worker.consume, worker.run_timers])
    context.close()


def relay(name: str) -> None:
    """Run one service's relay until SIGTERM or SIGINT."""
    context = open_relay(name)
    _run_until_stopped(context, [Relay(context).run], wake=context.relay_wake)
    context.close()


def _run_until_stopped(
    context: ServiceContext,
    jobs: Iterable[Callable[[threading.Event], None]],
    *,
    wake: threading.Event | None = None,
) -> None:
    """Run jobs, a thread each; a signal stops them, and sets ``wake`` for one that sleeps long.

    A job that ends before it was told to takes the others with it: raises ``SystemExit`` (1), so
    that whoever watches over the process starts it again instead of half of it living on.
    """
    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()
        if wake is not None:
            wake.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if context.platform.metrics_port:
        context.metrics.serve(context.platform.host, context.platform.metrics_port)
    _run_together(context, [threading.Thread(target=job, args=(stop,)) for job in jobs], stop, end)


def _run_together(
    context: ServiceContext,
    threads: Sequence[threading.Thread],
    stop: threading.Event,
    end: Callable[[], None],
) -> None:
    for thread in threads:
        thread.start()
    while all(thread.is_alive() for thread in threads):
        for thread in threads:
            thread.join(1.0 / len(threads))
    was_told = stop.is_set()
    end()
    for thread in threads:
        thread.join()
    if not was_told:
        log.error("background_job_ended", service=context.name)
        raise SystemExit(1)
