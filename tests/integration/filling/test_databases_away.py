"""Operators' commands that work on databases by themselves, while those are away."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from services.cli import main
from shared.parts import WITH_DATABASE

SERVERS = "postgresql+psycopg://somebody:secret-word@127.0.0.1:9/nowhere"


@pytest.fixture(params=["server", "folder"])
def away(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database can be opened: no server is there, or a file that is none of SQLite's."""
    for name in WITH_DATABASE:
        path = tmp_path / f"{name}.db"
        path.mkdir()
        url = SERVERS if request.param == "server" else f"sqlite:///{path}"
        monkeypatch.setenv(f"{name.upper()}_DATABASE_URL", url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MASTER_KEY", base64.b64encode(bytes(range(32))).decode())
    monkeypatch.setenv("BROKER_URL", f"arida+sqlite:///{tmp_path}/bus.db")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def arida(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("log", "fill", "review"), 2, "Nothing was filled: "),
        (("audit", "compare-log"), 2, "Nothing was compared: "),
        (("audit", "compare-log", "--json"), 2, "Nothing was compared: "),
        (("migrate", "review"), 1, "review's database was not brought up to date: "),
    ],
)
def test_a_database_that_is_away_is_told_in_one_line(
    away: None, words: tuple[str, ...], code: int, said: str
) -> None:
    done = arida(*words)

    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    for hidden in ("secret-word", "sqlalche.me", "SELECT"):
        assert hidden not in done.stderr
