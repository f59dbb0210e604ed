"""The time gates: whose time counts where, and what makes a run too slow."""

from types import SimpleNamespace
from typing import Any

import pytest

from shared.clock import monotonic
from shared.testing import gates
from shared.testing.gates import PartTimes, folder_of


def _report(nodeid: str, *, seconds: float, process: str = "", keywords: str = "") -> Any:
    node = SimpleNamespace(gateway=SimpleNamespace(id=process)) if process else None
    return SimpleNamespace(
        nodeid=nodeid,
        duration=seconds,
        when="call",
        outcome="passed",
        passed=True,
        node=node,
        keywords={keywords: 1},
    )


@pytest.fixture
def times() -> PartTimes:
    return PartTimes()


def test_times_of_one_process_add_up(times: PartTimes) -> None:
    times.pytest_runtest_logreport(_report("tests/unit/a/test_a.py::test_a", seconds=1))
    times.pytest_runtest_logreport(_report("tests/unit/b/test_b.py::test_b", seconds=2))

    assert times.seconds("unit") == 3


def test_the_slowest_process_counts_when_several_run_side_by_side(times: PartTimes) -> None:
    for process, seconds in (("gw0", 2), ("gw1", 5), ("gw0", 2)):
        times.pytest_runtest_logreport(
            _report("tests/faults/test_a.py::test_a", seconds=seconds, process=process)
        )

    assert times.seconds("faults") == 5


def test_an_embedded_run_counts_as_embedded_wherever_it_lies(times: PartTimes) -> None:
    times.pytest_runtest_logreport(
        _report("tests/integration/test_bus.py::test_a", seconds=4, keywords="embedded")
    )

    assert times.seconds("embedded") == 4
    assert times.seconds("integration") == 0


@pytest.mark.parametrize(("seconds", "slow"), [(60.0, []), (60.1, ["unit"])])
def test_a_part_over_its_gate_is_slow(times: PartTimes, seconds: float, slow: list[str]) -> None:
    times.pytest_runtest_logreport(_report("tests/unit/test_a.py::test_a", seconds=seconds))

    assert times.slow_parts() == slow


@pytest.mark.parametrize(("status", "after"), [(0, 1), (2, 2)], ids=["passed", "interrupted"])
def test_a_slow_run_that_passed_fails(times: PartTimes, status: int, after: int) -> None:
    session: Any = SimpleNamespace(exitstatus=status)
    times.pytest_runtest_logreport(_report("tests/unit/test_a.py::test_a", seconds=61))

    times.pytest_sessionfinish(session, status)

    assert session.exitstatus == after


def test_long_tests_count_by_themselves_and_make_no_run_slow(times: PartTimes) -> None:
    times.pytest_runtest_logreport(
        _report("tests/faults/test_storm.py::test_long", seconds=999, keywords="long")
    )

    assert times.seconds("faults") == 0
    assert times.seconds("long") == 999
    assert times.slow_parts() == []


def test_a_test_outside_the_known_folders_keeps_its_own_name() -> None:
    assert folder_of("tests/test_a.py::test_a") == "tests"
    assert folder_of("tests/unit/deep/test_a.py::test_a[a/b]") == "unit"


@pytest.mark.parametrize(("keywords", "after"), [("", 1), ("long", 0)], ids=["all", "with long"])
def test_a_run_of_more_than_a_quarter_of_an_hour_fails_unless_long_tests_are_in_it(
    times: PartTimes, monkeypatch: pytest.MonkeyPatch, keywords: str, after: int
) -> None:
    began = monotonic()
    session: Any = SimpleNamespace(exitstatus=0)
    report = _report("tests/walk/test_walk.py::test_a", seconds=901, keywords=keywords)
    times.pytest_runtest_logreport(report)
    monkeypatch.setattr(gates, "monotonic", lambda: began + 901)

    times.pytest_sessionfinish(session, 0)

    assert session.exitstatus == after
