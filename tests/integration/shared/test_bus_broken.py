"""The embedded bus is broken: people work on, every place says so, and a new file mends it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug import Response as WsgiResponse

from shared.broker import topology
from shared.broker.connection import connect
from shared.broker.probe import BusProbe
from shared.embedded import EmbeddedSystem

GARBAGE = b"\xaa\x55" * 40_000


@pytest.fixture
def bus_file(tmp_path: Path) -> Path:
    """A bus that worked."""
    connection = connect(f"arida+sqlite:///{tmp_path}/bus.db")
    topology.declare(connection)
    connection.release()
    return tmp_path / "bus.db"


def ruin(file: Path) -> None:
    """Write over the file and what lies beside it, as a failing disk may."""
    file.write_bytes(GARBAGE)
    for journal in ("-wal", "-shm"):
        file.with_name(file.name + journal).unlink(missing_ok=True)


def test_a_bus_that_was_opened_before_its_file_broke_does_not_answer(bus_file: Path) -> None:
    url = f"arida+sqlite:///{bus_file}"
    assert BusProbe(url).answers()

    ruin(bus_file)

    assert not BusProbe(url).answers()


def test_a_system_starts_without_its_bus_and_has_it_again_with_a_new_file(
    bus_file: Path, tmp_path: Path, eventually: Callable[..., None]
) -> None:
    ruin(bus_file)
    system = EmbeddedSystem(
        ("identity", "review"),
        portal=lambda _clients: WsgiResponse(),
        environ={
            "DATA_DIR": str(tmp_path),
            "MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
        },
    )

    system.prepare()
    system.start()
    try:
        assert system.health()["status"] == "degraded"
        review = system.contexts["review"]
        assert review.database.answers()
        assert not BusProbe(review.platform.bus_url).answers()

        bus_file.unlink()

        eventually(lambda: BusProbe(review.platform.bus_url).missing_queues("") == [], 20)
        eventually(lambda: BusProbe(review.platform.bus_url).answers())
    finally:
        system.stop()
