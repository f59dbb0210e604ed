"""`arida log fill` while people can still act in the service."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from shared.broker import topology
from shared.broker.connection import connect
from shared.commands.log_fill import NOT_FILLED, WHOLE, fill


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def answering() -> Iterator[str]:
    """The address of a web process of intake that says it lives."""

    def live(environ: dict[str, str], start_response: object) -> list[bytes]:
        is_known = environ["PATH_INFO"] == "/intake/v1/health/live"
        start_response("200 OK" if is_known else "404 Not Found", [])  # type: ignore[operator]
        return [b"{}"]

    with make_server("127.0.0.1", 0, live, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system of its own on SQLite, whose bus is declared and empty."""
    bus = f"arida+sqlite:///{tmp_path}/bus.db"
    for name in ("INTAKE_DATABASE_URL", "BROKER_PREFIX", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BROKER_URL", bus)
    connection = connect(bus)
    topology.declare(connection)
    connection.release()
    return tmp_path


def test_a_fill_beside_a_running_web_is_refused_before_anything_is_touched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering() as url:
        monkeypatch.setenv("INTAKE_URL", url)
        refused = fill("intake", as_json=False)
        tables_made = (folder / "intake.db").exists()

    assert refused == NOT_FILLED
    assert f"intake answers at {url}" in capsys.readouterr().err
    assert not tables_made

    assert fill("intake", as_json=False) == WHOLE
