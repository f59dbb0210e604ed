"""Processes that count attempts each for itself: the one that makes them several says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from shared.settings import PlatformSettings, load_settings
from shared.web.limit_peers import FOLDER, LimitPeers

pytestmark = pytest.mark.unit
WARNING = {"event": "attempts_counted_apart", "log_level": "warning", "processes": 2}


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[..., LimitPeers]]:
    """Make one process of a part; all end with the test."""
    made: list[LimitPeers] = []

    def make(part: str = "identity", **environ: str) -> LimitPeers:
        given = {"DATA_DIR": str(tmp_path), **environ}
        made.append(LimitPeers(load_settings(PlatformSettings, environ=given), part))
        return made[-1]

    yield make
    for one in made:
        one.leave()


def test_one_process_says_nothing(process: Callable[..., LimitPeers]) -> None:
    alone = process()

    with capture_logs() as said:
        alone.join()
        alone.join()

    assert (said, alone.apart()) == ([], 1)


def test_the_second_process_says_how_many_there_are_and_a_dead_one_is_not_counted(
    process: Callable[..., LimitPeers], tmp_path: Path
) -> None:
    first, second, other = process(), process(), process("intake")

    with capture_logs() as said:
        for one in (first, second, other):
            one.join()
    both = first.apart(), second.apart(), other.apart()
    second.leave()

    assert (said, both) == ([WARNING], (2, 2, 1))
    assert first.apart() == 1
    assert len(list((tmp_path / FOLDER / "identity").iterdir())) == 1


def test_processes_that_share_a_store_are_not_counted(process: Callable[..., LimitPeers]) -> None:
    sharing = [process(RATE_LIMIT_STORE="redis://somewhere") for _ in range(2)]

    with capture_logs() as said:
        for one in sharing:
            one.join()

    assert (said, [one.apart() for one in sharing]) == ([], [0, 0])
