"""gunicorn as every command starts it: one master, gthread workers.

Several workers share what the master built before the fork. A single worker builds it itself, and
its master stays small: what both hold is soon held twice, as reading an object writes its count of
references. Connections and threads begin after the fork.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8
GRACEFUL_SECONDS = 20
OBJECTS_PER_COLLECTION = 10_000
"""A request makes thousands of objects that go with it, without the collector: by itself Python has
it look after every 700 that stay."""


class Server(BaseApplication):  # type: ignore[misc]
    """Serves what ``load`` returns in each worker; ``on_start`` and ``on_stop`` run there.

    ``load`` runs once: in the only worker, or, before the fork, in the master of several.
    """

    def __init__(
        self,
        *,
        bind: str,
        load: Callable[[], Any],
        workers: int = 1,
        threads: int = THREADS,
        on_start: Callable[[], None] | None = None,
        on_stop: Callable[[], None] | None = None,
    ) -> None:
        self._bind, self._load = bind, load
        self._workers, self._threads = workers, threads
        self._on_start, self._on_stop = on_start, on_stop
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's options; everything that is not set here keeps its default."""
        options = {
            "bind": self._bind,
            "workers": self._workers,
            "threads": self._threads,
            "worker_class": "gthread",
            "graceful_timeout": GRACEFUL_SECONDS,
            "timeout": 60,
            "loglevel": "warning",
            "control_socket_disable": True,
            "pre_fork": lambda _server, _worker: _freeze(),
            "post_worker_init": lambda _worker: self._begin(),
            "worker_exit": lambda _server, _worker: self._call(self._on_stop),
        }
        for key, value in options.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)

    def run(self) -> None:
        """Serve until SIGTERM; with several workers the application is built first."""
        if self._workers > 1:
            built = self._load()
            self._load = lambda: built
        super().run()

    def load(self) -> Any:
        """Hand the application to the worker."""
        return self._load()

    def _begin(self) -> None:
        # A single worker has built the application after the fork.
        _freeze()
        gc.set_threshold(OBJECTS_PER_COLLECTION)
        self._call(self._on_start)

    def _call(self, hook: Callable[[], None] | None) -> None:
        if hook is not None:
            hook()


def warm_up(application: WSGIApplication, path: str) -> None:
    """Ask one question: what its answer imports and compiles is there before the first request."""
    # Imported with the application, which a master of a single worker does without.
    from werkzeug.test import Client  # noqa: PLC0415

    Client(application).get(path)


def _freeze() -> None:
    """Keep the collector away from what exists: it would copy shared pages to write its marks."""
    gc.collect()
    gc.freeze()
