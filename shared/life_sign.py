"""Names a process so that another one on the same machine can prove that it has ended.

Leases hold such a name: what was started again after a crash need not wait for its own lease to
run out. A process that is merely paused, or lives elsewhere, is never taken for ended.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def life_sign() -> str:
    """This process: host, number, moment of its start, and the world its number belongs to."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_seen(pid)[1]}:{_world()}"


def has_ended(sign: str) -> bool:
    """Whether the process of a ``life_sign`` (with or without an ending after it) surely ended.

    False for whatever cannot be known from here: another machine, another container, no /proc.
    """
    _, pid, started, world, *_ = (*sign.split(":"), "", "", "", "")
    if not pid.isdecimal() or not started or not world or world != _world():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        # It lives and belongs to somebody else.
        return False
    state, now_started = _seen(int(pid))
    # Nothing seen proves nothing: /proc may hide the processes of others.
    return state in {"Z", "X"} or bool(now_started and now_started != started)


def _seen(pid: int) -> tuple[str, str]:
    """State and moment of start of a process, both empty where that cannot be read."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return "", ""
    # The second field is the program's name in parentheses, which may itself contain spaces.
    state, *fields = stat.rpartition(")")[2].split()
    return state, fields[18]


def _world() -> str:
    """This boot and this namespace of process numbers; empty where neither is told."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}-{os.stat(_PROC / 'self/ns/pid').st_ino}"
    except OSError:
        return ""
