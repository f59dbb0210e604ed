"""gunicorn as Arida starts it: which process builds the application."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = """
import os, sys
from pathlib import Path
from shared.server import Server

def load():
    with Path(sys.argv[1]).open("a") as file:
        file.write(f"built {os.getpid()}\\n")
    return lambda environ, start: []

def begin():
    with Path(sys.argv[1]).open("a") as file:
        file.write(f"began {os.getpid()}\\n")

Server(bind="127.0.0.1:0", load=load, workers=int(sys.argv[2]), on_start=begin).run()
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_the_master_builds_only_what_several_workers_share(
    workers: int, tmp_path: Path, eventually: Callable[..., None]
) -> None:
    told = tmp_path / "told"

    with _serving(told, workers) as master:
        eventually(lambda: len(_pids(told, "began")) == workers, seconds=20)

    built = _pids(told, "built")
    assert len(built) == 1
    assert (built == [master]) == (workers > 1)
    assert workers > 1 or built == _pids(told, "began")
    assert master not in _pids(told, "began")


@contextmanager
def _serving(told: Path, workers: int) -> Iterator[int]:
    told.touch()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(told), str(workers)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def _pids(told: Path, word: str) -> list[int]:
    lines = [line.split() for line in told.read_text().splitlines()]
    return [int(pid) for first, pid in lines if first == word]
