"""Tests run part after part, however they were shuffled."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[3]
IN_ORDER = [
    # It says that it takes long; the others of its part follow by their number of tests.
    "tests/integration/shared/test_log_read.py",
    "tests/integration/security/test_bodies.py",
    "tests/integration/shared/test_leases.py",
    "tests/contract/test_no_addresses.py",
    "tests/contract/test_addresses.py",
    "tests/unit/testing/test_gates.py",
]


def test_parts_follow_each_other_and_long_and_full_files_come_first() -> None:
    shuffled = sorted(IN_ORDER)
    assert shuffled != IN_ORDER
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *shuffled],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    collected = re.findall(r"^(tests/\S+?)::", done.stdout, re.MULTILINE)
    assert [file for file, _ in groupby(collected)] == IN_ORDER
