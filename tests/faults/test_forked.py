"""Copies of the loaded program are processes like others: they serve, say why they end, and die."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from shared.testing.installation import ARIDA
from shared.testing.processes import free_port, identify, is_running, wait_until
from tests.faults.forked import forked
from tests.faults.ground import children_of
from tests.faults.storm import answers


def test_a_copy_says_what_the_command_says_and_ends_with_its_code(tmp_path: Path) -> None:
    log = tmp_path / "wrong.log"

    code = forked([*ARIDA, "serve", "nobody"], os.environ, log).wait(30)

    assert code == 2
    assert "nobody" in log.read_text()


def test_a_copy_serves_under_its_own_settings_and_number_until_it_is_killed(tmp_path: Path) -> None:
    port = free_port()
    environ = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(port), "MASTER_KEY": ""}
    copy = forked([*ARIDA, "run"], environ, tmp_path / "run.log")

    assert wait_until(lambda: answers(f"http://127.0.0.1:{port}"), seconds=45)
    workers = children_of(copy.pid)
    copy.kill()

    assert copy.wait(10) == -signal.SIGKILL
    assert identify(copy.pid) is None
    assert len(workers) == 1
    assert wait_until(lambda: not is_running(workers[0]), seconds=30), "it outlives its master"
