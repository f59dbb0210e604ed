"""A whole installation as separate processes, started from deploy/Procfile's own lines.

Each process is started, watched and ended by its own pid; databases and bus are private to it.
"""

from __future__ import annotations

import base64
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx

from shared.clock import monotonic, sleep
from shared.settings import SERVICES
from shared.testing.databases import service_database

ROOT = Path(__file__).parents[2]
PROCFILE = ROOT / "deploy" / "Procfile"
ARIDA = (sys.executable, "-m", "services.cli")
START_SECONDS = 300.0
"""Nineteen programs that start at once on a busy machine; one that ends is told at once."""
STOP_SECONDS = 25.0


class Started(Protocol):
    """A process that was started: what ``subprocess.Popen`` offers and installations use."""

    @property
    def pid(self) -> int:
        """Its number."""

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, at most so many seconds; raises ``subprocess.TimeoutExpired``."""

    def send_signal(self, number: int, /) -> None:
        """Send it a signal."""

    def terminate(self) -> None:
        """End it by SIGTERM."""

    def kill(self) -> None:
        """End it by SIGKILL."""


Launcher = Callable[[list[str], Mapping[str, str], Path], Started]
"""Starts a command with these settings, its output at the end of a file."""


def executed(command: list[str], environ: Mapping[str, str], log: Path) -> Started:
    """Start a command as a program of its own."""
    with log.open("ab") as file:
        return subprocess.Popen(command, env=environ, stdout=file, stderr=file, cwd=ROOT)


@dataclass(kw_only=True)
class Installation:
    """Processes by their Procfile name; ``url`` is the front's address."""

    url: str
    environ: dict[str, str]
    folder: Path
    launcher: Launcher = executed
    processes: dict[str, Started] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        """Start some lines of the Procfile, or all."""
        lines = procfile_lines()
        for name in names or lines:
            command = self._command(lines[name])
            self.processes[name] = self.launch(command, self.folder / f"{name}.log")

    def launch(self, command: list[str], log: Path) -> Started:
        """Start one program in this installation, its output at the end of a file."""
        return self.launcher(command, self.environ, log)

    def arida(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the ``arida`` command against this installation."""
        return subprocess.run(
            [*ARIDA, *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            cwd=ROOT,
        )

    def wait_until_healthy(self) -> None:
        """Wait until every service answers; fails with the logs of what ended."""
        until = monotonic() + START_SECONDS
        while monotonic() < until:
            self._fail_if_ended()
            try:
                if httpx.get(f"{self.url}/health", timeout=5).json()["status"] == "ok":
                    return
            except (httpx.TransportError, ValueError):
                pass
            sleep(0.2)
        raise AssertionError(f"the installation did not become healthy\n{self.logs()}")

    def stop(self) -> dict[str, int]:
        """End every process by SIGTERM; returns their exit codes."""
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        return {name: process.wait(STOP_SECONDS) for name, process in self.processes.items()}

    def logs(self, *names: str, characters: int = 2000) -> str:
        """The ends of the logs."""
        return "\n".join(
            f"--- {name}\n{(self.folder / f'{name}.log').read_text()[-characters:]}"
            for name in names or self.processes
        )

    def _command(self, line: str) -> list[str]:
        words = shlex.split(_expanded(line, self.environ))
        if words[0] == "arida":
            return [*ARIDA, *words[1:]]
        return words

    def _fail_if_ended(self) -> None:
        ended = [name for name, process in self.processes.items() if process.poll() is not None]
        if ended:
            raise AssertionError(f"{ended} ended\n{self.logs(*ended)}")


def procfile_lines() -> dict[str, str]:
    """Name and command of every process that makes an installation."""
    lines = [line for line in PROCFILE.read_text().splitlines() if line and line[0] != "#"]
    return {name.strip(): command.strip() for name, _, command in (x.partition(":") for x in lines)}


def new_installation(
    folder: Path,
    *,
    postgres_url: str,
    broker_url: str,
    process_name: str,
    launcher: Launcher = executed,
) -> Installation:
    """Settings of an installation on private databases and an own corner of the broker."""
    ports = _free_ports(len(SERVICES) + 1)
    url = f"http://127.0.0.1:{ports[-1]}"
    environ = {
        **os.environ,
        "DATA_DIR": str(folder),
        "PORT": str(ports[-1]),
        "PUBLIC_URL": url,
        "BROKER_URL": broker_url,
        "BROKER_PREFIX": f"installation-{secrets.token_hex(4)}.",
        "MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "DEMO": "0",
        "TRUSTED_PROXIES": "1",
        "LOG_FORMAT": "json",
    }
    for service, port in zip(SERVICES, ports, strict=False):
        environ[f"{service.upper()}_URL"] = f"http://127.0.0.1:{port}"
        environ[f"{service.upper()}_PORT"] = str(port)
        if service != "portal":
            environ[f"{service.upper()}_DATABASE_URL"] = service_database(
                postgres_url, f"{service}_installed", process_name, fresh=True
            )
    return Installation(url=url, environ=environ, folder=folder, launcher=launcher)


def _expanded(line: str, environ: Mapping[str, str]) -> str:
    for name, value in sorted(environ.items(), key=lambda pair: -len(pair[0])):
        line = line.replace(f"${{{name}}}", value).replace(f"${name}", value)
    return line


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports
