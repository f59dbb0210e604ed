"""Pytest plugin: marks each test with its part, sums up each part's time, fails a slow run.

A part is the top folder of the test, or `embedded` for a test with that marker or parameter. A
part's time is the largest sum of any one test process, hence what it can add to the waiting time;
in a run without `-n` it is simply the sum.
"""

from collections import Counter, defaultdict

import pytest

from shared.clock import monotonic

GATES = {
    "unit": 60,
    "contract": 120,
    "integration": 240,
    "embedded": 120,
    "end_to_end": 180,
    "faults": 180,
}
"""Seconds that each part may take; a slower run fails."""

WHOLE = 900
"""Seconds that a run of all parts may take, what has no gate of its own included."""

WALK = "walk"
PARTS = (*GATES, WALK)

LONG = "long"


class PartTimes:
    """Collects the time and the outcomes of the tests of one run, by part and test process."""

    def __init__(self) -> None:
        self._seconds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self._began = monotonic()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one phase of one test; skips and failures count wherever they happen."""
        part = part_of(report)
        node = getattr(report, "node", None)
        self._seconds[part][node.gateway.id if node else "main"] += report.duration
        if report.when == "call" or not report.passed:
            self._outcomes[part][report.outcome] += 1

    def seconds(self, part: str) -> float:
        """Return the largest sum of any one test process for this part."""
        return max(self._seconds[part].values(), default=0.0)

    def slow_parts(self) -> list[str]:
        """Return the parts that took longer than their gate."""
        return [part for part, gate in GATES.items() if self.seconds(part) > gate]

    def is_late(self) -> bool:
        """Whether the run as a whole takes too long; one with long tests may."""
        return LONG not in self._seconds and monotonic() - self._began > WHOLE

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Turn a run that passed, but too slowly, into a failed one."""
        if exitstatus == pytest.ExitCode.OK and (self.slow_parts() or self.is_late()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table of parts before pytest's own closing line."""
        terminalreporter.section("time by part")
        for part in [*GATES, *sorted(set(self._seconds) - set(GATES))]:
            terminalreporter.line(self._line(part), red=part in self.slow_parts())
        late = "  TOO SLOW" if self.is_late() else ""
        whole = f"{'whole run':12} {monotonic() - self._began:7.1f} s of {WHOLE:4} s{late}"
        terminalreporter.line(whole, red=self.is_late())

    def _line(self, part: str) -> str:
        outcomes, gate = self._outcomes[part], GATES.get(part)
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        limit = f"of {gate:4} s" if gate else ""
        late = "  TOO SLOW" if part in self.slow_parts() else ""
        return f"{part:12} {self.seconds(part):7.1f} s {limit:9}  {counts or 'no tests'}{late}"


def part_of(report: pytest.TestReport) -> str:
    """Return the part a report belongs to.

    Long tests are a part without a gate, wherever they lie: gates hold what every run includes.
    """
    if LONG in report.keywords:
        return LONG
    if "embedded" in report.keywords:
        return "embedded"
    return folder_of(report.nodeid)


def folder_of(nodeid: str) -> str:
    """Return the top folder under tests/ of a test's id."""
    folders = nodeid.split("::", 1)[0].split("/")
    return folders[1] if folders[0] == "tests" and len(folders) > 2 else folders[0]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with its part, so that `-m` can choose parts."""
    for item in items:
        folder = folder_of(item.nodeid)
        if folder in PARTS:
            item.add_marker(folder)
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if "embedded" in [value for value in parameters.values() if isinstance(value, str)]:
            item.add_marker("embedded")


def pytest_configure(config: pytest.Config) -> None:
    """Count only where reports come together: not in the test processes of a parallel run."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(PartTimes(), "arida-part-times")
