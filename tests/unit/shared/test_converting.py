"""Classes are worked out by one thread, however many want them at once."""

from __future__ import annotations

import re
import subprocess
import sys

from shared.testing.installation import ROOT

PLAY = """
import dataclasses, sys, threading
from shared.converting import convert

sys.setswitchinterval(1e-6)
THREADS = 8
for round in range(150):
    parts = [
        dataclasses.make_dataclass(f"Part{n}", [(f"field{m}", str) for m in range(12)])
        for n in range(4)
    ]
    whole = dataclasses.make_dataclass("Whole", [(f"part{n}", one) for n, one in enumerate(parts)])
    given = {f"part{n}": {f"field{m}": "x" for m in range(12)} for n in range(4)}
    together = threading.Barrier(THREADS)

    def first_use():
        together.wait()
        convert(given, whole)
        convert(given["part3"], parts[3])

    threads = [threading.Thread(target=first_use) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_threads_that_use_a_class_for_the_first_time_together_do_not_end_the_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLAY], capture_output=True, text=True, check=False, timeout=50
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_nobody_has_msgspec_work_a_class_out_elsewhere() -> None:
    alone = re.compile(r"msgspec\.convert\(|json\.Decoder\(\w+\)|json\.decode\(.*type=[A-Z_]")

    found = {
        str(path.relative_to(ROOT))
        for folder in ("shared", "services")
        for path in (ROOT / folder).rglob("*.py")
        if alone.search(path.read_text())
    }

    assert found == {"shared/converting.py"}
