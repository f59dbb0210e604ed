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
        self._file = path.open("a")
        self._lock = threading.Lock()
        self.lines: list[dict[str, Any]] = []

    def note(self, what: str, **facts: Any) -> None:
        """Write one line: what happened, when, and its facts."""
        line = {"what": what, "at": round(monotonic(), 3), **facts}
        with self._lock:
            self.lines.append(line)
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def of(self, what: str, **facts: Any) -> list[dict[str, Any]]:
        """The lines of one kind that have these facts."""
        with self._lock:
            lines = list(self.lines)
        wanted = {"what": what, **facts}.items()
        return [line for line in lines if wanted <= line.items()]

    def close(self) -> None:
        """Close the file."""
        self._file.close()
