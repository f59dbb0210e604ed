"""Processes that begin as copies of one that has the programs loaded; from there on like any other.

A short storm starts dozens of them, and each would spend its first second on reading the same
modules. The long tests start deploy/Procfile's own commands instead.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

from shared.parts import WITH_DATABASE
from shared.testing.installation import ARIDA, ROOT, Started

# Copies are made by a server of their own, which has the programs loaded and nothing open.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        "tests.faults.forked",
        "tests.faults.failpoint_play",
        "shared.background",
        "shared.embedded_run",
        "shared.proxy",
        "shared.serving",
        "gunicorn.workers.gthread",
        "services.portal.app",
        *(f"services.{name}.{part}" for name in WITH_DATABASE for part in ("app", "worker")),
    ]
)


class Forked:
    """One such process, handled as ``subprocess.Popen`` is."""

    def __init__(self, words: list[str], environ: Mapping[str, str], log: Path) -> None:
        self._process: BaseProcess = PROCESSES.Process(target=run, args=(words, dict(environ), log))
        self._process.start()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises ``TimeoutExpired``."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("arida", timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """End it by SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it by SIGKILL."""
        self.send_signal(signal.SIGKILL)


def forked(command: list[str], environ: Mapping[str, str], log: Path) -> Started:
    """Start ``arida`` with these words as a copy of the loaded program."""
    assert tuple(command[: len(ARIDA)]) == ARIDA
    return Forked(command[len(ARIDA) :], environ, log)


def run(words: list[str], environ: dict[str, str], log: Path) -> None:
    """Be the ``arida`` command with these settings, its output in a file."""
    with log.open("ab") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(ROOT)
    # Imported here: the module is read by all who start copies, the program by the copies.
    from services.cli import main

    main(args=words, prog_name="arida")
