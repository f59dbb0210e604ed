"""`arida audit replay` asks a running system: prints the result only, and exits by it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from shared.keys import client_secret
from shared.run_file import RunFile, write_run_file
from shared.testing.harness import Harness, person

MASTER = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@pytest.fixture
def database_kind() -> str:
    """The command knows no database; one is enough."""
    return "sqlite"


@pytest.fixture
def url(audit: Harness, live: Any) -> Iterator[str]:
    """The address of a running audit with an identity that knows the command's client."""
    front = Flask("front")
    secret = client_secret(b"01234567890123456789012345678901", "cli")

    @front.post("/identity/v1/oauth/token")
    def token() -> tuple[Response, int]:
        asked = request.form
        if (asked["client_id"], asked["client_secret"]) != ("client:cli", secret):
            return jsonify({"error": "invalid_client"}), 401
        authority = asked["scope"].partition(":")[2]
        made = audit.mint.token(
            "auditor", person=person("cli"), authority=authority, client=asked["client_id"]
        )
        return jsonify({"access_token": made, "token_type": "Bearer", "expires_in": 300}), 200

    joined = DispatcherMiddleware(front.wsgi_app, {"/audit": _keeping_path(audit.app)})
    server = make_server("127.0.0.1", 0, joined, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def running(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment of the command: the folder of the running system."""
    folder = tmp_path / "running"
    folder.mkdir()
    secret = client_secret(b"01234567890123456789012345678901", "cli")
    write_run_file(folder, RunFile(url=url, client_id="client:cli", client_secret=secret))
    monkeypatch.setenv("DATA_DIR", str(folder))
    return url


def arida_audit_replay(*options: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as people do."""
    arguments = ["audit", "replay", "--authority", "taroudant", *options]
    return subprocess.run(
        [sys.executable, "-c", "from services.cli import main; main()", *arguments],
        env={**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8", "LANG": "fr_FR.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def test_a_ledger_that_agrees_prints_the_result_alone_and_exits_0(
    running: str, live: Any, told: Any, tell: Any
) -> None:
    event = told()
    tell(event)
    live.shows(event)

    done = arida_audit_replay("--json")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == {"cases": 1, "events": 1, "behind": 0, "divergences": []}


def test_divergences_exit_1_and_are_shown_with_both_values(
    running: str, live: Any, told: Any, tell: Any
) -> None:
    event = told()
    tell(event)
    live.shows(event)
    live.subjects["case/one"][1]["law_version"] = "another"

    done = arida_audit_replay()

    assert done.returncode == 1, done.stderr
    for shown in ("Ce qui diffère", "case/one", "law_version", '"ma-commune-2015"', '"another"'):
        assert shown in done.stdout


def test_a_live_service_that_is_down_exits_2_and_says_so(
    running: str, live: Any, told: Any, tell: Any
) -> None:
    tell(told())
    live.down.add("review")

    done = arida_audit_replay("--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert "503" in done.stderr


def test_the_environment_names_the_system_where_no_embedded_one_runs(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PUBLIC_URL", url)
    monkeypatch.setenv("MASTER_KEY", MASTER)

    done = arida_audit_replay("--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["events"] == 0


def test_no_running_system_exits_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("PUBLIC_URL", raising=False)

    done = arida_audit_replay("--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert "PUBLIC_URL" in done.stderr


def test_a_system_that_is_gone_exits_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    gone = RunFile(url="http://127.0.0.1:9", client_id="client:cli", client_secret="x")
    write_run_file(tmp_path, gone)

    done = arida_audit_replay("--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert "127.0.0.1:9" in done.stderr


def test_a_secret_that_is_refused_exits_2(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    write_run_file(tmp_path, RunFile(url=url, client_id="client:cli", client_secret="x"))

    done = arida_audit_replay("--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert "invalid_client" in done.stderr


def _keeping_path(app: Any) -> Any:
    """Give the application its whole path back, which the dispatcher splits."""

    def call(environ: dict[str, Any], start_response: Any) -> Any:
        environ["PATH_INFO"] = environ.pop("SCRIPT_NAME") + environ["PATH_INFO"]
        environ["SCRIPT_NAME"] = ""
        return app(environ, start_response)

    return call
