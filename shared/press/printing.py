"""Prints HTML as PDF in a child process, and remembers whether this machine can.

A child keeps the memory of the printing libraries out of the services and ends a run away page.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from shared.clock import monotonic

PRINTING_SECONDS = 60
ASKED_AGAIN_SECONDS = 60.0


class PrintingFailed(Exception):
    """The printing process ended without a document: a fault of the program, not of a person."""


class Press:
    """What this process knows of the machine's press; threads may share it.

    A press that is whole stays so; one that lacks packages is looked at again every minute.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._missing: list[str] | None = None
        self._looked_at = 0.0

    def missing(self) -> list[str]:
        """The Debian packages that printing lacks here; empty when it works."""
        with self._lock:
            is_old = monotonic() - self._looked_at > ASKED_AGAIN_SECONDS
            if self._missing is None or (self._missing and is_old):
                # Asked in a child: what a library opens stays open until its process ends.
                self._missing = _run("shared.press.needs", b"").decode().split()
                self._looked_at = monotonic()
            return list(self._missing)

    def pdf_of(self, html: str) -> bytes:
        """The HTML as PDF bytes, the same for the same HTML; raises ``PrintingFailed``.

        Takes about a second and a half of a core, so never call it inside a transaction.
        """
        made = _run("shared.press.sheet", html.encode())
        if not made.startswith(b"%PDF-"):
            raise PrintingFailed("the printing process gave no PDF")
        return made


def _run(module: str, given: bytes) -> bytes:
    """Run one of the press's modules with nothing of this process's settings and secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module.
            [sys.executable, "-P", "-m", module],
            input=given,
            capture_output=True,
            timeout=PRINTING_SECONDS,
            env=kept,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PrintingFailed(f"{module} took longer than {PRINTING_SECONDS} seconds") from error
    if done.returncode != 0:
        raise PrintingFailed(f"{module} ended with {done.returncode}: {_last_line(done.stderr)}")
    return done.stdout


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "no word"
