"""What the client did and what it was answered, written to disk before it goes on."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

from shared.clock import monotonic


class History:
    """A file of JSON lines, each on disk before ``note`` returns; read it when all is done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.lines: list[dict[str, Any]] = []

    def note(self, what: str, **facts: Any) -> None:
        """Write one line: what happened, when, and its facts."""
        line = {"what": what, "at": round(monotonic(), 3), **facts}
        with self._lock:
            self.lines.append(line)
            # Opened anew each time, so that there is nothing to close when a test breaks off.
            with self._path.open("a") as file:
                file.write(json.dumps(line) + "\n")
                file.flush()
                os.fsync(file.fileno())

    def of(self, what: str, **facts: Any) -> list[dict[str, Any]]:
        """The lines of one kind that have these facts."""
        with self._lock:
            lines = list(self.lines)
        wanted = {"what": what, **facts}.items()
        return [line for line in lines if wanted <= line.items()]
