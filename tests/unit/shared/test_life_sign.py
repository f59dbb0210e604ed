"""Only a process that surely ended is taken for ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from shared.life_sign import has_ended, life_sign

CHILD = "from shared.life_sign import life_sign; print(life_sign(), flush=True); input()"


@pytest.fixture
def child() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A living process and its sign."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def test_this_process_has_not_ended() -> None:
    assert not has_ended(life_sign())
    assert not has_ended(f"{life_sign()}:some-part-of-it")


def test_a_paused_process_has_not_ended_and_a_killed_one_has(
    child: tuple[subprocess.Popen[str], str],
) -> None:
    process, sign = child
    process.send_signal(signal.SIGSTOP)
    assert not has_ended(sign)

    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert has_ended(sign), "nobody has asked for its exit code yet"
    process.wait()
    assert has_ended(f"{sign}:some-part-of-it")


def test_another_process_with_the_number_of_an_ended_one_does_not_hide_its_end() -> None:
    host, pid, started, world = life_sign().split(":")

    assert has_ended(f"{host}:{pid}:{int(started) - 1}:{world}")


@pytest.mark.parametrize(
    "world", ["", "another-boot-4026531836"], ids=["unknown", "another machine or container"]
)
def test_a_process_of_another_world_is_never_taken_for_ended(world: str) -> None:
    host, _, started, _ = life_sign().split(":")

    assert not has_ended(f"{host}:999999999:{started}:{world}")


@pytest.mark.parametrize("strange", [":", "x", "host:12:ab34", "host:::", "a:b:c:d:e:f"])
def test_what_is_no_life_sign_proves_nothing(strange: str) -> None:
    assert not has_ended(strange)
