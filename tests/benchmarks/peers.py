"""Other systems to compare with: installed apart, as requirements/peers.txt pins them.

They are never imported here: each runs as a process of its own that sees only its own folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.testing.installation import ROOT

PINNED = ROOT / "requirements" / "peers.txt"
FOLDER = ROOT / ".bench" / "peers"
STAMP = FOLDER / "stamp"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
ONLY_PINNED = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "--upgrade")


class Peer:
    """A process that takes a line and answers with a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, line: str) -> str:
        """What the process answers to one line; raises if it ended instead."""
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("the peer was started without pipes")
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if not answer:
            raise AssertionError(f"the peer ended with {self._process.wait(10)} instead of a word")
        return answer


@contextmanager
def peer(script: Path, *arguments: str) -> Iterator[Peer]:
    """Run a script of this folder with the peers' packages and nothing else of this project."""
    _install()
    command = [sys.executable, "-S", str(script), *arguments]
    environ = {**os.environ, "PYTHONPATH": str(FOLDER)}
    with subprocess.Popen(
        command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Peer(process)
        finally:
            process.terminate()


def _install() -> None:
    wanted = PINNED.read_text()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    subprocess.run([*PIP, *ONLY_PINNED, "--target", FOLDER, "-r", PINNED], check=True, timeout=300)
    STAMP.write_text(wanted)
