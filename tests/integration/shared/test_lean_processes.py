"""What each kind of process does without: the libraries of the other kinds.

Commands run as they are and name, when they end, the modules that they hold.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from shared.parts import WITH_DATABASE
from shared.testing.processes import wait_until

PAGES = {"apispec", "flask", "flask_smorest", "gunicorn", "jinja2", "marshmallow", "werkzeug"}
OPTIONAL = {"attr", "pydantic", "pygments", "rich", "yaml"}
ELSEWHERE = {"PIL", "fontTools", "pika", "prometheus_client", "weasyprint"}
BUILT_BY_WORKERS = {"flask", "httpx", "kombu", "psycopg", "sqlalchemy", "structlog", "werkzeug"}
LIMITED = {"identity", "intake"}

PROGRAM = """
import atexit, sys
from pathlib import Path
from services.cli import main
held = lambda: "\\n".join(name for name, module in sys.modules.items() if module)
atexit.register(lambda: Path(sys.argv[1]).write_text(held()))
if sys.argv[2] in ("serve", "run"):
    from gunicorn.app.base import BaseApplication
    BaseApplication.run = lambda self: None
main(sys.argv[2:])
"""
"""The command as it is; a server ends where gunicorn would fork its first worker."""


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """The modules that a relay and a worker of review import until they wait for work."""
    folder = tmp_path_factory.mktemp("lean")
    environ = _environ(folder)
    subprocess.run(
        [sys.executable, "-m", "services.cli", "migrate", "review"],
        env=environ,
        check=True,
        timeout=60,
    )
    with _running("relay", folder), _running("work", folder):
        pass
    return {part: _held(folder / part) for part in ("relay", "work")}


@pytest.mark.parametrize("part", ["relay", "work"])
def test_a_process_without_pages_imports_nothing_for_pages(
    part: str, behind: Mapping[str, set[str]]
) -> None:
    imported = {name.partition(".")[0] for name in behind[part]}

    assert "sqlalchemy" in imported
    assert not (PAGES | OPTIONAL | ELSEWHERE) & imported


def test_a_relay_imports_no_tables_but_the_plumbing(behind: Mapping[str, set[str]]) -> None:
    own = {name for name in behind["relay"] if name.startswith("services.review.")}
    mappings = {"sqlalchemy.orm", "shared.db.base"}

    assert own == {"services.review.settings"}
    assert not mappings & behind["relay"]
    assert mappings <= behind["work"]
    assert "services.review.models" in behind["work"]


@pytest.mark.parametrize("name", sorted({*WITH_DATABASE} - LIMITED))
def test_a_service_that_limits_nobody_loads_no_counter_of_attempts(name: str) -> None:
    code = f"import sys, services.{name}.app, services.{name}.worker; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, timeout=30, capture_output=True, text=True
    )

    assert f"services.{name}.worker" in done.stdout.split()
    assert "limits" not in done.stdout.split()


@pytest.mark.parametrize("name", [*WITH_DATABASE, "portal"])
def test_the_master_before_a_worker_imports_only_the_server(name: str, tmp_path: Path) -> None:
    assert not BUILT_BY_WORKERS & _of_master("serve", name, "--port", "1", folder=tmp_path)


def test_the_master_of_everything_imports_only_the_server(tmp_path: Path) -> None:
    assert not BUILT_BY_WORKERS & _of_master("run", folder=tmp_path)


def _of_master(*arguments: str, folder: Path) -> set[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder / "held"), *arguments]
    subprocess.run(command, env=_environ(folder), check=True, timeout=30)
    imported = {name.partition(".")[0] for name in _held(folder / "held")}
    assert "gunicorn" in imported
    return imported


def _environ(folder: Path) -> dict[str, str]:
    own = {"DATA_DIR": str(folder), "BROKER_URL": "", "DEMO": "0", "METRICS_PORT": "0"}
    return {**os.environ, **own, "LOG_LEVEL": "INFO", "REVIEW_DATABASE_URL": ""}


@contextmanager
def _running(part: str, folder: Path) -> Iterator[None]:
    """Run a part until it waits for work, and end it after the block."""
    file = folder / f"{part}.log"
    with file.open("wb") as log:
        command = [sys.executable, "-c", PROGRAM, str(folder / part), part, "review"]
        process = subprocess.Popen(command, env=_environ(folder), stderr=log)
        try:
            _wait_until_idle(part, folder, process)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0, file.read_text()[-2000:]


def _wait_until_idle(part: str, folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a relay holds its slots, or a worker consumes."""
    is_idle = {"relay": _has_slots, "work": _consumes}[part]
    assert wait_until(lambda: process.poll() is not None or is_idle(folder), seconds=30)
    assert process.poll() is None


def _has_slots(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / "review.db")) as database:
        held = database.execute("SELECT count(*) FROM outbox_slot WHERE owner IS NOT NULL")
        return int(held.fetchone()[0]) > 0


def _consumes(folder: Path) -> bool:
    return "bus_consumer_connected" in (folder / "work.log").read_text()


def _held(file: Path) -> set[str]:
    return set(file.read_text().split())
