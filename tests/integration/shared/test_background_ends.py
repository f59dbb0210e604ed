"""A worker or relay of which one part ends by itself ends as a whole, to be started again."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import threading
from types import SimpleNamespace
from shared.background import _run_until_stopped

def living(stop):
    stop.wait()
    print("told to end", flush=True)

def ending(stop):
    {how}

context = SimpleNamespace(name="intake", platform=SimpleNamespace(metrics_port=None))
_run_until_stopped(context, [living, ending])
"""


@pytest.mark.parametrize("how", ["return", "raise ValueError('broken')"])
def test_a_process_whose_part_ends_by_itself_ends_with_it(how: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(how=how)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert ran.returncode == 1
    assert "told to end" in ran.stdout
    assert "background_job_ended" in ran.stdout + ran.stderr
