"""A relay and a worker, which serve no pages, tell their counts to a monitor on a port."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from shared.testing.processes import free_port


@pytest.mark.parametrize("part", ["relay", "work"])
def test_a_process_without_pages_answers_the_monitor_on_its_port(
    part: str, tmp_path: Path, eventually: Callable[..., None]
) -> None:
    port = free_port()
    environ = {**os.environ, "DATA_DIR": str(tmp_path), "METRICS_PORT": str(port), "BROKER_URL": ""}
    arida = [sys.executable, "-m", "services.cli"]
    subprocess.run([*arida, "migrate", "intake"], env=environ, check=True, timeout=60)
    process = subprocess.Popen([*arida, part, "intake"], env=environ, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: _answers(port), seconds=30)
        text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    finally:
        process.terminate()
        ended = process.wait(20)

    assert "# TYPE arida_published_total counter" in text
    assert "process_resident_memory_bytes" in text
    assert ended == 0


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/metrics").status_code == 200
    except httpx.TransportError:
        return False
