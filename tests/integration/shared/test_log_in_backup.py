"""The log in a backup on servers: only events, all of them, put back as often as needed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.backup import log_part
from shared.broker import log_reader, log_stream, topology
from shared.broker.connection import connect
from shared.event_log import read_events
from shared.events.envelope import encode
from shared.ids import new_id
from shared.settings import PlatformSettings, load_settings
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_log_read import EVENTS, publish

__all__ = ["publish"]

STRANGE = (b"\xff\x00{", b'{\n "specversion": "1.0"\n}', b"[" * 5000)


@pytest.fixture(params=["rabbitmq"])
def bus_url(broker_url: str) -> str:
    """A server only: the embedded bus is a file that a backup copies whole."""
    return broker_url


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less long for a log that is empty, or missing."""
    monkeypatch.setattr(log_reader, "READY_SECONDS", 0.2)
    monkeypatch.setattr(log_stream, "FIRST_SECONDS", 1.0)


@pytest.fixture
def empty(bus: Bus) -> Iterator[Bus]:
    """Another bus, whose log holds nothing."""
    other = Bus(bus.url, f"test-{new_id()}.")
    yield other
    connection = connect(bus.url)
    topology.remove(connection, prefix=other.prefix)
    connection.release()


def platform_of(bus: Bus) -> PlatformSettings:
    environ = {"BROKER_URL": bus.url, "BROKER_PREFIX": bus.prefix}
    return load_settings(PlatformSettings, environ=environ)


def log_of(bus: Bus) -> list[bytes]:
    return [logged.body for logged in read_events(platform_of(bus))]


def test_what_is_no_event_is_left_out_and_hinders_no_restore(
    bus: Bus, empty: Bus, publish: Any, tmp_path: Path
) -> None:
    publish(EVENTS[0])
    bus.publish(*(bus.message(f"odd-{at}", body=body) for at, body in enumerate(STRANGE)))
    publish(*EVENTS[1:])

    taken = log_part.take(platform_of(bus), tmp_path, {}, surely=100)
    count = log_part.put_back(platform_of(empty), tmp_path)

    assert (taken.events, count) == (len(EVENTS), len(EVENTS))
    assert log_of(empty) == [encode(one) for one in EVENTS]


def test_a_backup_of_before_that_holds_such_things_can_be_restored(
    empty: Bus, tmp_path: Path
) -> None:
    lines = [encode(EVENTS[0]), *STRANGE, encode(EVENTS[1])]
    with gzip.open(tmp_path / log_part.NAME, "wb") as file:
        file.writelines(line + b"\n" for line in lines)

    assert log_part.put_back(platform_of(empty), tmp_path) == 2
    assert log_of(empty) == [encode(one) for one in EVENTS[:2]]


def test_what_was_broken_off_is_gone_on_with_and_nothing_comes_twice(
    bus: Bus, empty: Bus, publish: Any, tmp_path: Path
) -> None:
    publish(*EVENTS[:2])
    log_part.take(platform_of(bus), tmp_path, {}, surely=100)
    log_part.put_back(platform_of(empty), tmp_path)
    publish(*EVENTS[2:])
    log_part.take(platform_of(bus), tmp_path, {}, surely=100)

    counts = [log_part.put_back(platform_of(empty), tmp_path) for _ in range(2)]

    assert counts == [2, 0]
    assert log_of(empty) == [encode(one) for one in EVENTS]
