"""`arida run` on a folder of its own, its gunicorn master and worker killed at will."""

from __future__ import annotations

import os
from pathlib import Path

from shared.testing.installation import ARIDA, Installation, Launcher, executed
from shared.testing.processes import free_port
from tests.faults.ground import Supervised, seed_other_authority


class EmbeddedInstallation(Installation):
    """An installation whose only process is ``arida run``."""

    def start(self, *names: str) -> None:
        """Start it, whatever it is called."""
        command = [*ARIDA, "run"]
        self.processes["run"] = self.launch(command, self.folder / "run.log")


class EmbeddedGround(Supervised):
    """The whole system in one process, on SQLite and the embedded bus."""

    def __init__(self, folder: Path, launcher: Launcher = executed) -> None:
        port = free_port()
        environ = {
            **os.environ,
            "DATA_DIR": str(folder),
            "PORT": str(port),
            "DEMO": "1",
            "LOG_FORMAT": "json",
            "PUBLIC_URL": "",
            "BROKER_URL": "",
        }
        url = f"http://127.0.0.1:{port}"
        super().__init__(
            EmbeddedInstallation(url=url, environ=environ, folder=folder, launcher=launcher)
        )

    def start(self) -> None:
        """Start it and put a second authority in place."""
        self.installation.start()
        self.installation.wait_until_healthy()
        seed_other_authority(self.environ)
