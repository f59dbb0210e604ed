"""`arida log read` on both transports: the same bytes, positions, choices, waits and exit codes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.cli import main
from shared.broker import log_reader, log_stream
from shared.broker.log_reader import LogMissing, read_log
from shared.broker.topology import LOG, routing_key
from shared.events.cases import CaseClosed
from shared.events.council import CommitteeSnapshot
from shared.events.envelope import Envelope, encode
from shared.events.petitions import PetitionOpened
from shared.events.texts import Texts
from shared.testing.harness import event_envelope

pytestmark = pytest.mark.early(20)

NOON = datetime(2023, 10, 16, 12, tzinfo=UTC)
Read = Callable[..., Result]


# The log does not look inside, so any state will do.
STATE = CommitteeSnapshot(state="formed", code="social", name=Texts(fr="Social", original="fr"))


def event(kind: str, key: str, sequence: int, *, minutes: int = 0) -> Envelope:
    what = CaseClosed(outcome="done") if kind == "case" else PetitionOpened()
    return event_envelope(
        what,
        STATE,
        subject=f"{kind}/{key}",
        sequence=sequence,
        time=NOON + timedelta(minutes=minutes),
    )


EVENTS = (
    event("petition", "one", 1),
    event("petition", "one", 2, minutes=10),
    event("case", "one", 1, minutes=20),
    event("petition", "two", 1, minutes=30),
)


@pytest.fixture
def publish(bus: Any) -> Callable[..., None]:
    """Publishes events as a relay does."""

    def hand_over(*events: Envelope) -> None:
        messages = [
            bus.message(one.id, key=routing_key(one.type, one.subject), body=encode(one))
            for one in events
        ]
        assert not bus.publish(*messages).refused

    return hand_over


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less long for a log that is empty, or missing."""
    monkeypatch.setattr(log_reader, "READY_SECONDS", 0.2)
    monkeypatch.setattr(log_stream, "FIRST_SECONDS", 1.0)


@pytest.fixture
def read(bus: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Runs the command against the bus."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BROKER_URL", bus.url)
    monkeypatch.setenv("BROKER_PREFIX", bus.prefix)

    def run(*options: str) -> Result:
        return CliRunner().invoke(main, ["log", "read", *options])

    return run


def ids(result: Result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line)["id"] for line in result.stdout.splitlines()]


def names(*places: int) -> list[str]:
    return [EVENTS[place].id for place in places]


def test_each_line_is_an_event_byte_for_byte(publish: Any, read: Read) -> None:
    publish(*EVENTS)

    result = read()

    assert result.exit_code == 0, result.stderr
    assert result.stdout_bytes.splitlines() == [encode(one) for one in EVENTS]


def test_an_event_that_was_published_twice_is_read_once(publish: Any, read: Read) -> None:
    publish(EVENTS[0], EVENTS[1], EVENTS[0], EVENTS[2])

    assert ids(read("--from", "first")) == names(0, 1, 2)


def test_the_end_is_found_again_and_again_however_the_broker_parts_what_it_stores(
    bus: Any,
) -> None:
    """Where the last part begins and how much of it comes at once differs from time to time."""
    for burst in range(1, 41):
        numbers = range(log_stream.PREFETCH + 1)
        messages = [bus.message(f"e{burst}-{number}", body=b"x" * 50) for number in numbers]
        assert not bus.publish(*messages).refused
        last = burst * len(numbers) - 1

        entries = read_log(bus.url, last, prefix=bus.prefix)

        assert [one.offset for one in entries] == [last]


def test_the_log_is_read_from_an_offset_up_to_another(publish: Any, read: Read) -> None:
    publish(*EVENTS)

    assert ids(read("--from", "1")) == names(1, 2, 3)
    assert ids(read("--from", "1", "--until", "3")) == names(1, 2)
    assert ids(read("--from", "9")) == []


def test_the_log_is_read_by_the_time_of_recording(publish: Any, read: Read) -> None:
    publish(*EVENTS)

    assert ids(read("--from", "2023-10-16T12:10:00Z")) == names(1, 2, 3)
    assert ids(read("--from", "2023-10-16T12:10:00", "--until", "2023-10-16T13:20+01:00")) == names(
        1
    )
    assert ids(read("--from", "2999-01-01")) == []


def test_events_of_one_subject_or_kind_are_chosen_and_counted(publish: Any, read: Read) -> None:
    publish(*EVENTS)

    assert ids(read("--subject", "petition/one")) == names(0, 1)
    assert ids(read("--subject", "petition")) == names(0, 1, 3)
    assert ids(read("--subject", "petition", "--limit", "2")) == names(0, 1)


def test_the_short_form_names_offset_time_type_and_subject(publish: Any, read: Read) -> None:
    publish(*EVENTS)

    [line] = read("--table", "--subject", "case").stdout.splitlines()

    assert line.split() == [
        "2",
        "2023-10-16",
        "12:20:00Z",
        "taroudant",
        "case.closed",
        "case/one",
        "1",
    ]


def test_reading_goes_on_with_what_comes_within_the_time(publish: Any, read: Read) -> None:
    publish(EVENTS[0])
    later = threading.Timer(0.3, publish, args=EVENTS[1:2])
    later.start()

    began = time.monotonic()
    result = read("--follow", "2")

    later.join()
    assert ids(result) == names(0, 1)
    assert time.monotonic() - began < 30


def test_what_is_no_event_is_named_and_left_out(bus: Any, publish: Any, read: Read) -> None:
    bus.publish(bus.message("e0"))
    publish(EVENTS[0])

    result = read()

    assert ids(result) == names(0)
    assert "0" in result.stderr


def test_an_empty_log_prints_nothing(read: Read) -> None:
    result = read()

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_log_that_is_not_there_exits_2_and_is_named(
    bus: Any, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROKER_PREFIX", "test-never-declared.")

    result = read()

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"test-never-declared.{LOG}" in result.stderr


def test_a_log_that_comes_late_is_waited_for(bare_bus: Any) -> None:
    """As after the restart of a broker, which opens its streams last."""
    found: list[list[str]] = []

    def read_all() -> None:
        entries = read_log(bare_bus.url, prefix=bare_bus.prefix, ready_seconds=20)
        found.append([one.id for one in entries])

    with pytest.raises(LogMissing):
        list(read_log(bare_bus.url, prefix=bare_bus.prefix, ready_seconds=0))
    reader = threading.Thread(target=read_all)
    reader.start()
    time.sleep(1)
    assert found == []
    bare_bus.declare()
    reader.join(20)

    assert found == [[]]


def test_a_broker_that_is_away_exits_2(
    broker_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BROKER_URL", "amqp://127.0.0.1:9//")
    monkeypatch.setenv("MASTER_KEY", "x")

    result = CliRunner().invoke(main, ["log", "read"])

    assert (result.exit_code, result.stdout) == (2, "")
    assert "no broker answers" in result.stderr


def test_a_position_that_is_none_is_refused() -> None:
    result = CliRunner().invoke(main, ["log", "read", "--from", "yesterday"])

    assert result.exit_code == 2
    assert "yesterday" in result.stderr
