"""Tests run part after part, however they were shuffled."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

from shared.testing.order import PARTS

ROOT = Path(__file__).parents[3]
SOME = (
    "tests/unit/testing/test_gates.py",
    "tests/contract/test_no_addresses.py",
    "tests/integration/testing/test_servers.py",
    "tests/integration/shared/test_leases.py",
    "tests/contract/test_addresses.py",
)


def test_parts_follow_each_other_and_the_fullest_file_of_a_part_comes_first() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *SOME],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    collected = re.findall(r"^(tests/(\w+)/\S+?)::", done.stdout, re.MULTILINE)
    files = [(part, file, len(list(tests))) for (file, part), tests in groupby(collected)]
    places = [(PARTS.index(part), -tests) for part, _, tests in files]
    assert sorted(file for _, file, _ in files) == sorted(SOME)
    assert places == sorted(places)
