"""A throw-away embedded system for the demo: a folder and a port of its own, gone afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from shared.clock import monotonic, sleep

START_SECONDS = 60.0
STOP_SECONDS = 30.0


@contextmanager
def throwaway_system() -> Iterator[str]:
    """Serve an empty demo system while the block runs; yields its address."""
    with tempfile.TemporaryDirectory(prefix="arida-demo-") as folder:
        port = _free_port()
        environ = {**os.environ, "DATA_DIR": folder, "PORT": str(port), "DEMO": "1"}
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "run"],
                env={**environ, "PUBLIC_URL": ""},
                stdout=output,
                stderr=output,
            )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_healthy(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{url}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            sleep(0.1)
    raise RuntimeError(f"the demo system did not start:\n{log.read_text()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
