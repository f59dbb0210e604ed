"""Which idempotency keys this process is working on, so that a second press is told to wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class InFlight:
    """A set of names, each held by one thread at a time."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def claimed(self, name: str | None) -> Iterator[bool]:
        """Hold ``name`` inside the block; yields False, holding nothing, when another has it."""
        with self._lock:
            is_first = name is None or name not in self._held
            if is_first and name is not None:
                self._held.add(name)
        try:
            yield is_first
        finally:
            if is_first and name is not None:
                with self._lock:
                    self._held.discard(name)
