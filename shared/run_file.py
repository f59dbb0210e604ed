"""``DATA_DIR/run.json``: how the ``arida`` command finds and may call a running embedded system."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

CLI_CLIENT = "client:cli"


@dataclass(frozen=True, kw_only=True)
class RunFile:
    """The address of the running system and the client of its command line."""

    url: str
    client_id: str
    client_secret: str


def write_run_file(folder: Path, run: RunFile) -> Path:
    """Write the file with mode 600, replacing one of an earlier run."""
    path = folder / "run.json"
    partial = folder / "run.json.new"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(run), file)
    partial.replace(path)
    return path


def read_run_file(folder: Path) -> RunFile | None:
    """What a running system wrote, or None where none runs on this folder."""
    path = folder / "run.json"
    if not path.exists():
        return None
    return RunFile(**json.loads(path.read_text()))
