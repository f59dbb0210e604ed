"""`arida run` on a folder of its own, its gunicorn master and worker killed at will."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from shared.testing.installation import ROOT, Installation
from shared.testing.processes import free_port
from tests.faults.ground import Supervised, seed_other_authority


class EmbeddedInstallation(Installation):
    """An installation whose only process is ``arida run``."""

    def start(self, *names: str) -> None:
        """Start it, whatever it is called."""
        with (self.folder / "run.log").open("ab") as log:
            self.processes["run"] = subprocess.Popen(
                [sys.executable, "-m", "services.cli", "run"],
                env=self.environ,
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )


class EmbeddedGround(Supervised):
    """The whole system in one process, on SQLite and the embedded bus."""

    def __init__(self, folder: Path) -> None:
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
        super().__init__(EmbeddedInstallation(url=url, environ=environ, folder=folder))

    def start(self) -> None:
        """Start it and put a second authority in place."""
        self.installation.start()
        self.installation.wait_until_healthy()
        seed_other_authority(self.environ)
