"""A relay that starts while the broker goes away again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from shared import relay
from shared.broker.topology import declare
from shared.broker.wire import WireConnection
from shared.relay import Relay
from shared.testing.processes import wait_until
from tests.faults.failpoint_play import World, opened


@pytest.mark.embedded
def test_a_connection_lost_while_declaring_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The broker accepts the connection and is gone before the last queue is declared."""
    databases = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("intake", "review")}
    bus_url = f"arida+sqlite:///{tmp_path}/bus.db"
    world = World(folder=tmp_path, databases=databases, bus_url=bus_url, prefix="starting.")
    calls: list[str] = []

    def lost_once(connection: WireConnection, *, prefix: str) -> None:
        calls.append(prefix)
        if len(calls) == 1:
            raise OSError("Server unexpectedly closed connection")
        declare(connection, prefix=prefix)

    monkeypatch.setattr(relay, "declare", lost_once)
    with opened(world) as (intake, _):
        stop = threading.Event()
        thread = threading.Thread(target=Relay(intake).run, args=(stop,))
        thread.start()
        is_declared = wait_until(lambda: len(calls) > 1, seconds=5.0)
        stop.set()
        intake.relay_wake.set()
        thread.join(10)

    assert is_declared
