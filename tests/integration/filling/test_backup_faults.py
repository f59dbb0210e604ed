"""`arida backup` and `arida restore` on full disks and broken files: a sentence, nothing left."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from shared.backup import postgres_cut, restoring
from shared.backup.manifest import BackupRefused
from shared.broker import topology
from shared.broker.connection import connect
from shared.settings import PlatformSettings

ROOT = Path(__file__).resolve().parents[3]
BROKEN = b"this was a database once " * 200

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a system ran: databases, a bus, no row of anybody's."""
    folder = tmp_path_factory.mktemp("installed")
    done = _arida(folder, "migrate")
    assert done.returncode == 0, done.stderr
    connection = connect(f"arida+sqlite:///{folder}/bus.db")
    topology.declare(connection)
    connection.release()
    return folder


@pytest.fixture
def data(installed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(installed, tmp_path / "data"))


@pytest.fixture
def arida(data: Path) -> Run:
    """The command on that folder; ``largest`` bytes at most go into a file, as on a full disk."""
    return partial(_arida, data)


def _arida(data: Path, *words: str, largest: int = 0) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.run(
        [sys.executable, "-m", "services.cli", *words],
        env={
            **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
            "DATA_DIR": str(data),
            "LANG": "en_GB.UTF-8",
            # The limit would cut short what Python keeps of the program's own modules, too.
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=ROOT,
        preexec_fn=limit if largest else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def told(done: subprocess.CompletedProcess[str]) -> str:
    """What it said on standard error, which is one line, with the code of what was not done."""
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.mark.parametrize("name", ["made", "made.tar"])
@pytest.mark.parametrize("largest", [4_096, 300_000])
def test_a_full_disk_is_told_and_nothing_half_made_is_left(
    arida: Run, tmp_path: Path, name: str, largest: int
) -> None:
    line = told(arida("backup", str(tmp_path / name), largest=largest))

    assert line.startswith("No backup was made: ")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert arida("backup", str(tmp_path / name)).returncode == 0


@pytest.mark.parametrize("broken", ["review.db", "bus.db"])
def test_a_broken_file_is_told_and_no_backup_made(
    arida: Run, data: Path, tmp_path: Path, broken: str
) -> None:
    (data / broken).write_bytes(BROKEN)

    line = told(arida("backup", str(tmp_path / "made")))

    assert line.startswith("No backup was made: ")
    assert "not a database" in line
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_what_a_killed_backup_left_is_named(arida: Run, tmp_path: Path) -> None:
    (tmp_path / ".made.partial").mkdir()

    line = told(arida("backup", str(tmp_path / "made")))

    assert ".made.partial away" in line


@pytest.mark.parametrize("broken", ["review.db", "bus.db"])
def test_a_broken_file_is_replaced_by_the_backup_s_on_demand(
    arida: Run, data: Path, tmp_path: Path, broken: str
) -> None:
    made = str(tmp_path / "made")
    assert arida("backup", made).returncode == 0
    (data / broken).write_bytes(BROKEN)

    line = told(arida("restore", made))
    assert "not empty" in line
    assert (data / broken).read_bytes() == BROKEN

    done = arida("restore", made, "--force")
    assert done.returncode == 0, done.stderr
    assert (data / broken).read_bytes().startswith(b"SQLite format 3")


def test_a_restore_onto_a_full_disk_is_told(arida: Run, data: Path, tmp_path: Path) -> None:
    made = str(tmp_path / "made")
    assert arida("backup", made).returncode == 0

    line = told(arida("restore", made, "--force", largest=4_096))

    assert line.startswith("Nothing was restored: ")
    assert [path.name for path in data.iterdir() if path.name.endswith(".new")] == []
    assert arida("restore", made, "--force").returncode == 0


def test_a_server_that_breaks_off_between_two_databases_leaves_a_part_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_url: str, source: Path) -> None:
        if source.name == "review.dump":
            raise BackupRefused("pg_restore: the server closed the connection")

    urls = dict.fromkeys(("identity", "review"), "postgresql://nowhere")
    monkeypatch.setattr(restoring, "database_urls", lambda: urls)
    monkeypatch.setattr(postgres_cut, "put_back", break_off)

    with pytest.raises(restoring.PartlyRestored) as caught:
        restoring._put_servers_back(
            PlatformSettings(), tmp_path, ("identity", "review"), is_whole=False
        )

    assert caught.value.names == ["identity"]
    assert "closed the connection" in str(caught.value)
    with pytest.raises(BackupRefused, match="closed"):
        restoring._put_servers_back(PlatformSettings(), tmp_path, ("review",), is_whole=False)
