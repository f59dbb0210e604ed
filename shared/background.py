"""What runs without HTTP: one service's worker, or its relay, until SIGTERM."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable

from shared.opening import open_service
from shared.parts import load_part
from shared.relay import Relay


def work(name: str) -> None:
    """Run one service's consumer and timers until SIGTERM or SIGINT."""
    # A worker that writes letters reads the catalogues with the first one.
    context = open_service(name, with_texts=False)
    worker = load_part(name).create_worker(context)
    _run_until_stopped([worker.consume, worker.run_timers])
    context.close()


def relay(name: str) -> None:
    """Run one service's relay until SIGTERM or SIGINT."""
    context = open_service(name, with_texts=False)
    _run_until_stopped([Relay(context).run])
    context.close()


def _run_until_stopped(jobs: Iterable[Callable[[threading.Event], None]]) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = [threading.Thread(target=job, args=(stop,)) for job in jobs]
    for thread in threads:
        thread.start()
    # A signal is noticed between waits; joining a thread directly would hold it up.
    while any(thread.is_alive() for thread in threads):
        for thread in threads:
            thread.join(0.2)
