"""The story on one embedded system: it plays, a second run adds nothing, the ledger agrees.

After the whole journey no name, address, number or reason of a person is where it must not be:
events (the ledger, outboxes, the bus, parked and dead ones) and log lines hold none at all; the
databases hold names and addresses of people sealed only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import stamina

from shared.commands.running_system import WITH_BUS
from tests.end_to_end.conftest import EmbeddedProcess, start_embedded
from tests.end_to_end.personal_data import (
    DEMO,
    EVENT_TABLES,
    SEALED,
    TEXTS,
    Value,
    every_value,
    file_as_a_citizen,
    found,
    without_greeting,
)

pytestmark = [pytest.mark.early(45), pytest.mark.embedded, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedProcess]:
    """A system on which the story was played; it logs all it can say."""
    system = start_embedded(tmp_path_factory.mktemp("embedded"), log_level="DEBUG")
    try:
        told = system.arida("demo", "--url", system.url)
        assert told.returncode == 0, told.stdout + told.stderr
        assert _replayed(system)["cases"] == 2
        yield system
    finally:
        code = system.stop()
    assert code == 0, system.log.read_text()[-4000:]


@pytest.fixture(scope="module")
def lived_in(played: EmbeddedProcess) -> EmbeddedProcess:
    """The same after a citizen signed up, drafted and filed."""
    file_as_a_citizen(played.url)
    # What follows a filing is over when nothing is new to the ledger.
    for attempt in stamina.retry_context(on=AssertionError, attempts=10, wait_max=1.0):
        with attempt:
            assert _replayed(played) == _replayed(played)
    return played


@pytest.fixture(scope="module")
def kept(lived_in: EmbeddedProcess) -> list[Value]:
    """What its databases hold."""
    return list(every_value(lived_in.log.parent))


def test_an_auditor_finds_no_divergence_and_a_second_run_adds_nothing(
    played: EmbeddedProcess,
) -> None:
    after_first = _replayed(played)

    second = played.arida("demo", "--url", played.url)
    assert second.returncode == 0, second.stdout + second.stderr
    after_second = _replayed(played)

    assert after_first["divergences"] == []
    assert after_second == after_first


def test_an_operator_sees_the_whole_bus_of_the_running_system(played: EmbeddedProcess) -> None:
    # Consumers of a system that has just started may still be connecting.
    for attempt in stamina.retry_context(on=AssertionError, attempts=10, wait_max=1.0):
        with attempt:
            done = played.arida("bus", "status", "--json")
            assert done.returncode == 0, done.stdout + done.stderr
    reports = json.loads(done.stdout)
    assert sorted(reports) == sorted(WITH_BUS)
    assert {report["totals"]["consumers"] for report in reports.values()} == {1}
    assert played.arida("dead-letters", "list", "--json").stdout == "[]\n"


def test_no_event_holds_anything_of_a_person(kept: list[Value]) -> None:
    events = [one for one in kept if one.table in EVENT_TABLES]

    assert {one.table for one in events} >= {"history", "ledger_entry", "log"}
    assert found(events, (*SEALED, *TEXTS, *DEMO)) == []


def test_no_database_holds_a_name_or_an_address_unsealed(kept: list[Value]) -> None:
    assert len(kept) > 1000
    assert found(kept, (*SEALED, *DEMO)) == []


def test_what_must_be_kept_is_found_where_it_belongs(kept: list[Value]) -> None:
    """The search finds what is there: her reasons, and the answer that repeats them for a week."""
    places = {(database, table) for database, table, _ in found(kept, TEXTS)}

    assert places == {("intake.db", "petition"), ("intake.db", "idempotent_answer")}


def test_no_log_line_holds_anything_of_a_person(lived_in: EmbeddedProcess) -> None:
    lines = lived_in.log.read_text()

    assert "event_received" in lines
    assert [text for text in (*SEALED, *TEXTS, *DEMO) if text in without_greeting(lines)] == []


def _replayed(system: EmbeddedProcess) -> dict[str, object]:
    done = system.arida("audit", "replay", "--authority", "taroudant", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    assert result["behind"] == 0
    return result
