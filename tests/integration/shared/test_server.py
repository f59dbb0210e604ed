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

from shared.server import OBJECTS_PER_COLLECTION

PROGRAM = """
import gc, os, sys
from pathlib import Path
from shared.server import Server

made = []

def tell(*said):
    with Path(sys.argv[1]).open("a") as file:
        print(*said, file=file)

def load():
    made.append(["something"])
    tell("built", os.getpid())
    return lambda environ, start: []

def begin():
    if any(one is made[0] for one in gc.get_objects()):
        tell("collected", os.getpid())
    tell("every", gc.get_threshold()[0])
    tell("began", os.getpid())

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


@pytest.mark.parametrize("workers", [1, 2])
def test_the_collector_lets_alone_what_was_built_and_looks_seldom(
    workers: int, tmp_path: Path, eventually: Callable[..., None]
) -> None:
    told = tmp_path / "told"

    with _serving(told, workers):
        eventually(lambda: len(_pids(told, "began")) == workers, seconds=20)

    assert _pids(told, "collected") == []
    assert _pids(told, "every") == [OBJECTS_PER_COLLECTION] * workers


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
