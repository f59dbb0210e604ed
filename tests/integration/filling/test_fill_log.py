"""`arida audit fill-log` gives a log that lost events those of the ledger, on both transports."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from services.audit import fill_log
from services.cli import main
from shared.broker.delivery import ACK
from shared.broker.status import bus_status
from shared.event_log import read_events
from shared.events.envelope import encode
from shared.testing.harness import person
from tests.integration.filling.conftest import Ground
from tests.integration.filling.test_compare_log import (
    Compare,
    _kept_open,
    compare,
    ground,
    notice,
    of,
)

__all__ = ["compare", "ground"]


@pytest.fixture
def fill(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Result]:
    """Runs the command."""
    monkeypatch.setattr(fill_log, "open_service", lambda _name: _kept_open(ground))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return lambda: CliRunner().invoke(main, ["audit", "fill-log"])


def log_of(ground: Ground) -> list[bytes]:
    return [one.body for one in read_events(ground.platform)]


def test_the_log_holds_the_ledger_s_events_again_byte_for_byte_and_once(
    ground: Ground, compare: Compare, fill: Callable[[], Result]
) -> None:
    lost = [encode(notice(name)) for name in ("first", "second")]
    waits = encode(notice("effect", causationid=person("cause")))
    before = log_of(ground)
    assert [ground._receive(body) for body in (*lost, waits)] == [ACK] * 3
    assert of(compare("--json"), 1)["first_difference"]["reason"] == "not-in-log"

    first, second = fill(), fill()

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert first.stdout == "3 events of the ledger were put into the log.\n"
    assert second.stdout == "0 events of the ledger were put into the log.\n"
    assert log_of(ground) == [*before, *lost, waits]
    assert of(compare("--json"), 0)["first_difference"] is None


def test_nothing_is_delivered_to_anybody(ground: Ground, fill: Callable[[], Result]) -> None:
    ground._receive(encode(notice("lost")))
    ready = _ready(ground)

    assert fill().exit_code == 0

    assert _ready(ground) == ready


def _ready(ground: Ground) -> dict[str, int]:
    """What lies in each queue but the log."""
    platform = ground.platform
    found = bus_status(platform.bus_url, prefix=platform.broker_prefix)
    return {one.name: one.ready for one in found if not one.name.endswith("arida.log")}


def test_a_ledger_that_is_away_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MASTER_KEY", base64.b64encode(bytes(range(32))).decode())
    monkeypatch.setenv("AUDIT_DATABASE_URL", "postgresql+psycopg://a@127.0.0.1:9/nowhere")
    monkeypatch.setenv("BROKER_URL", f"arida+sqlite:///{tmp_path}/bus.db")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    done = CliRunner().invoke(main, ["audit", "fill-log"])

    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("Nothing was filled: ")
