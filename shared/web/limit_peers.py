"""How many processes of one part count attempts each for itself, so that an operator hears of it.

Each holds a lock on a file of its own in the folder of data, which the kernel gives back when the
process dies; processes on machines that share no folder do not see one another.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

import structlog

from shared.ids import new_id
from shared.settings import PlatformSettings

log = structlog.get_logger()
IN_MEMORY = "memory://"
FOLDER = "counting-attempts"


class LimitPeers:
    """The processes of one part whose attempts are counted in memory, this one among them."""

    def __init__(self, platform: PlatformSettings, part: str) -> None:
        self._folder = platform.data_dir / FOLDER / part
        self._is_apart = platform.rate_limit_store == IN_MEMORY
        self._held: IO[str] | None = None

    def join(self) -> None:
        """Be counted from now on; the process that makes them several says so in the log, once."""
        if not self._is_apart or self._held is not None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._held = _locked(self._folder, f"{os.getpid()}-{new_id()}")
        if self.apart() > 1:
            log.warning("attempts_counted_apart", processes=self.apart())

    def leave(self) -> None:
        """Be counted no more, as by the end of the process."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def apart(self) -> int:
        """How many processes count for themselves now; 0 where they share a store."""
        if not self._is_apart or not self._folder.exists():
            return 0
        return sum(_is_held(path) for path in self._folder.glob("[!.]*"))


def _locked(folder: Path, name: str) -> IO[str]:
    # Others look at a file only when it is locked: before that they would take it away.
    hidden = folder / f".{name}"
    file = hidden.open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    hidden.replace(folder / name)
    return file


def _is_held(path: Path) -> bool:
    """Whether a living process holds a file; one that nobody holds is taken away."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
