"""Whole systems for end-to-end tests: all in one command, and as separate processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from shared.clock import monotonic, sleep
from shared.testing.installation import ROOT, Installation, new_installation
from shared.testing.processes import free_port

START_SECONDS = 60.0


@dataclass(kw_only=True)
class EmbeddedProcess:
    """A running ``arida run`` on a folder of its own."""

    url: str
    environ: dict[str, str]
    process: subprocess.Popen[bytes]
    log: Path

    def arida(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the ``arida`` command against this system."""
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            cwd=ROOT,
        )

    def stop(self) -> int:
        """End it by SIGTERM; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def start_embedded(folder: Path, *, log_level: str = "WARNING") -> EmbeddedProcess:
    """Start ``arida run`` with the demo's people, and wait until it serves."""
    port = free_port()
    environ = {
        **os.environ,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "DEMO": "1",
        "LOG_LEVEL": log_level,
        "PUBLIC_URL": "",
        "BROKER_URL": "",
    }
    log = folder / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.cli", "run"],
            env=environ,
            stdout=output,
            stderr=output,
            cwd=ROOT,
        )
    system = EmbeddedProcess(
        url=f"http://127.0.0.1:{port}", environ=environ, process=process, log=log
    )
    _wait_until_ready(system)
    return system


def _wait_until_ready(system: EmbeddedProcess) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until and system.process.poll() is None:
        try:
            if httpx.get(f"{system.url}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            sleep(0.1)
    pytest.fail(f"arida run did not start:\n{system.log.read_text()[-4000:]}", pytrace=False)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedProcess]:
    """One embedded system for a module's tests."""
    system = start_embedded(tmp_path_factory.mktemp("embedded"))
    yield system
    assert system.stop() == 0, system.log.read_text()[-4000:]


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_url: str,
    broker_url: str,
    process_name: str,
) -> Iterator[Installation]:
    """Every process of the Procfile on PostgreSQL and RabbitMQ, seeded with the demo."""
    made = new_installation(
        tmp_path_factory.mktemp("installation"),
        postgres_url=postgres_url,
        broker_url=broker_url,
        process_name=process_name,
    )
    migrated = made.arida("migrate")
    assert migrated.returncode == 0, migrated.stderr
    made.start()
    try:
        made.wait_until_healthy()
        seeded = made.arida("seed-demo")
        assert seeded.returncode == 0, seeded.stderr
        yield made
    finally:
        codes = made.stop()
    assert set(codes.values()) == {0}, (codes, made.logs())
