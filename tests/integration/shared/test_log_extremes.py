"""`arida log read` at the ends of time and counting, and on a bus that is not as it should be."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from services.cli import main
from shared.broker import log_reader
from tests.integration.shared.test_log_read import EVENTS, Read, ids, names, publish, read, soon

__all__ = ["publish", "read", "soon"]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("0001-01-01", [0, 1, 2, 3]),
        ("1969-12-31T23:59:59-12:00", [0, 1, 2, 3]),
        ("9998-01-01", []),
        ("999999999999999999", []),
    ],
)
def test_the_ends_of_time_and_of_counting_are_positions_too(
    publish: Any, read: Read, start: str, found: list[int]
) -> None:
    publish(*EVENTS)

    assert ids(read("--from", start)) == names(*found)
    assert ids(read("--from", "first", "--until", start)) == names(
        *(at for at in range(4) if at not in found)
    )


@pytest.mark.parametrize("position", ["-1", "9" * 19, "9" * 5000, "9999-12-31T23:59:59-05:00", ""])
def test_a_position_beyond_all_counting_is_refused_in_a_sentence(read: Read, position: str) -> None:
    result = read("--from", position)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "neither first, nor an offset, nor a timestamp" in result.stderr


def test_other_bytes_under_an_id_of_the_log_are_not_hidden(
    bus: Any, publish: Any, read: Read
) -> None:
    publish(EVENTS[0])
    bus.publish(bus.message(EVENTS[1].id, body=b"something else"))
    publish(EVENTS[1])

    result = read()

    assert ids(result) == names(0, 1)
    assert "1" in result.stderr


@pytest.mark.parametrize("content", [b"no database at all " * 500, b"SQLite format 3\x00" * 64])
def test_a_bus_file_that_is_none_exits_2_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    (tmp_path / "bus.db").write_bytes(content)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    result = CliRunner().invoke(main, ["log", "read"])

    assert (result.exit_code, result.stdout) == (2, "")
    assert "bus.db cannot be opened" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_in_which_nothing_ran_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_reader, "READY_SECONDS", 60.0)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    began = time.monotonic()
    result = CliRunner().invoke(main, ["log", "read"])

    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing has run here yet" in result.stderr
    assert time.monotonic() - began < 30
