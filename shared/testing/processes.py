"""Processes that outlive the command that started them, told apart from strangers.

A process number alone proves nothing after a crash or a restart of the machine, so each process is
remembered with the moment it started; one that does not match is never signalled.
"""

import atexit
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_CHILDREN: dict[int, subprocess.Popen[bytes]] = {}
"""What this process started and has not seen end; each must be asked, or it stays a zombie."""


class ServerError(RuntimeError):
    """A server could not be started, found or ended; the text is one line for a person."""


@dataclass(frozen=True, kw_only=True)
class Process:
    """A process of ours: its number and a mark of when it started, opaque to everyone else."""

    pid: int
    started: str


def identify(pid: int) -> Process | None:
    """Return the living process with this number, or None; a zombie counts as ended."""
    started = _started_by_proc(pid) if (_PROC / "self").exists() else _started_by_ps(pid)
    return Process(pid=pid, started=started) if started else None


def _started_by_proc(pid: int) -> str:
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    # The second field is the name in parentheses, which may itself contain spaces.
    state, *fields = stat.rpartition(")")[2].split()
    if state in "ZX":
        return ""
    boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{boot}:{fields[18]}"


def _started_by_ps(pid: int) -> str:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    state, _, started = (
        subprocess.run(command, capture_output=True, text=True, check=False)
        .stdout.strip()
        .partition(" ")
    )
    return "" if state.startswith("Z") else started.strip()


def detach(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Process:
    """Start a program that outlives this one, its output in the folder's ``output.log``."""
    with (folder / "output.log").open("a") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    _CHILDREN[child.pid] = child
    process = identify(child.pid)
    if process is None:
        raise ServerError(f"{command[0]} ended at once; see {folder}/output.log.")
    return process


def is_running(process: Process) -> bool:
    """Say whether this very process still lives, not merely one with its number."""
    if identify(process.pid) == process:
        return True
    child = _CHILDREN.get(process.pid)
    if child is not None and child.poll() is not None:
        del _CHILDREN[process.pid]
    return False


@atexit.register
def _leave_children() -> None:
    for child in _CHILDREN.values():
        if child.poll() is None:
            # It is meant to outlive this program, of which Popen would warn.
            child.returncode = 0


def end(process: Process, *, polite: signal.Signals, patience: float) -> None:
    """End a process of ours: the polite signal first, SIGKILL after `patience` seconds."""
    for number, seconds in ((polite, patience), (signal.SIGKILL, 5.0)):
        if not is_running(process):
            return
        os.kill(process.pid, number)
        if wait_until(lambda: not is_running(process), seconds=seconds):
            return
    raise ServerError(f"Process {process.pid} does not end; look at it by hand.")


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Ask until the condition holds or the time is over; return whether it holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    """Return a TCP port that nobody listens on at 127.0.0.1 right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
