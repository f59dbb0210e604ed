"""Memory and processor time of running processes and their children, read from /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Idle:
    """What processes take while nobody asks them anything."""

    mebibytes: float
    percent_of_core: float
    processes: int


def family_of(pids: Iterable[int]) -> set[int]:
    """The processes of these numbers and everything they started that still runs."""
    children: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            parent = int(_fields(int(folder.name))[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found: set[int] = set()
    left = list(pids)
    while left:
        pid = left.pop()
        if pid not in found and (PROC / str(pid)).exists():
            found.add(pid)
            left += children.get(pid, [])
    return found


def pss_mebibytes(pids: Iterable[int]) -> float:
    """Memory in MiB, each shared page counted in equal parts by those who share it."""
    return sum(_pss_bytes(pid) for pid in pids) / MEBIBYTE


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time these processes used since they began, user and system."""
    ticks = sum(int(_fields(pid)[11]) + int(_fields(pid)[12]) for pid in pids)
    return ticks / os.sysconf("SC_CLK_TCK")


def idle_of(pids: Collection[int], *, seconds: float) -> Idle:
    """What these processes and their children take over so many seconds of doing nothing."""
    family = family_of(pids)
    before, began = cpu_seconds(family), time.monotonic()
    time.sleep(seconds)
    used, passed = cpu_seconds(family) - before, time.monotonic() - began
    return Idle(
        mebibytes=pss_mebibytes(family),
        percent_of_core=100 * used / passed,
        processes=len(family),
    )


def _fields(pid: int) -> list[str]:
    # The program's name may hold blanks and brackets; what follows the last bracket does not.
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _pss_bytes(pid: int) -> int:
    lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
