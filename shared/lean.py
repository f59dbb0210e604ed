"""Keeps processes that stay small: no optional parts of libraries, no memory kept for nothing.

Where they are installed, structlog and httpx load rich and pygments (coloured tracebacks, a command
line), and kombu loads yaml: unused in each process.
"""

from __future__ import annotations

import ctypes
import sys

NOT_WHILE_SERVING = ("pygments", "rich", "yaml")

MALLOC = {"M_ARENA_MAX": (-8, 2), "M_MMAP_THRESHOLD": (-3, 2**20), "M_TRIM_THRESHOLD": (-1, 2**20)}
"""Options of glibc's allocator: their numbers in malloc.h, and what they are set to (bytes)."""


def do_without_extras() -> None:
    """Make importing them fail from now on; call it before the libraries are imported."""
    for name in NOT_WHILE_SERVING:
        # None means "known not to exist" to the import system (the reference, `sys.modules`).
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def give_memory_back() -> None:
    """Have the C library return what is freed; call it before threads begin.

    Left alone, glibc gives each thread a heap of its own and, after the first large block (a
    password hash takes 19 MiB), keeps blocks of that size for ever.
    """
    # Other C libraries than glibc have no such function, and nothing to set.
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        for number, value in MALLOC.values():
            set_option(number, value)
