"""`arida backup` and `arida restore` as operators run them: a refusal leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def arida(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command on an embedded system in a folder."""
    environ = {
        **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
        "DATA_DIR": str(folder / "data"),
        "LANG": "en_GB.UTF-8",
    }
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *arguments],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def test_a_system_that_never_ran_has_nothing_to_back_up(tmp_path: Path) -> None:
    done = arida(tmp_path, "backup", str(tmp_path / "backup"))

    assert (done.returncode, done.stdout) == (2, "")
    assert "No backup was made: identity.db is missing" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def test_what_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    done = arida(tmp_path, "restore", str(tmp_path / "nothing"))

    assert (done.returncode, done.stdout) == (2, "")
    assert "Nothing was restored" in done.stderr
    assert not (tmp_path / "data").exists()
