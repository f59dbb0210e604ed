"""A private PostgreSQL on a free loopback port, with its own data folder.

Everything is as PostgreSQL ships it, durability included, because fault tests pull the plug on it.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from shared.testing.processes import (
    Process,
    ServerError,
    end,
    free_port,
    identify,
    is_running,
    wait_until,
)
from shared.testing.running import Running

SUPERUSER = "arida"
_INSTALLED = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """Return the folder of the newest installed server binaries, or None."""
    found = [path.parent for path in _INSTALLED.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))])
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def start(folder: Path) -> Running:
    """Make a new cluster near `folder` and start it.

    The server lands in a temporary folder instead when the account it runs under cannot reach
    `folder`. Raises ServerError with the end of the log when it does not come up.
    """
    home = _reachable(folder)
    locale = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    _run(home, "initdb", "-D", f"{home}/data", "-U", SUPERUSER, "-A", "trust", *locale)
    return _serve(home, free_port())


def start_standby(primary: Running, folder: Path, name: str) -> Running:
    """Copy a running primary and start the copy as its hot standby ``name``.

    The primary waits for it only once its ``synchronous_standby_names`` says so.
    """
    home = _reachable(folder)
    source = f"host=127.0.0.1 port={primary.port} user={SUPERUSER} application_name={name}"
    _run(home, "pg_basebackup", "-D", f"{home}/data", "-d", source, "-R", "-X", "stream")
    return _serve(home, free_port())


def promote(standby: Running) -> None:
    """Make a standby take writes; returns when it does."""
    _run(Path(standby.folder), "pg_ctl", "-D", f"{standby.folder}/data", "-w", "promote")


def crash(server: Running) -> None:
    """Kill the server by SIGKILL; its children end by themselves when they notice."""
    (postmaster,) = server.processes
    children = _children_of(postmaster.pid)
    end(postmaster, polite=signal.SIGKILL, patience=5.0)
    if not wait_until(lambda: not any(map(is_running, children)), seconds=30.0):
        raise ServerError(f"Children of process {postmaster.pid} outlive it.")


def start_again(server: Running) -> Running:
    """Start a server that ended or crashed, on its data and at its port."""
    (Path(server.folder) / "data/postmaster.pid").unlink(missing_ok=True)
    return _serve(Path(server.folder), server.port)


def _serve(home: Path, port: int) -> Running:
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
    options += "-c max_connections=200"
    log = f"{home}/postgres.log"
    _run(home, "pg_ctl", "-D", f"{home}/data", "-w", "-l", log, "-o", options, "start")
    return Running(
        url=f"postgresql+psycopg://{SUPERUSER}@127.0.0.1:{port}/postgres",
        port=port,
        folder=str(home),
        processes=(_postmaster(home),),
    )


def stop(server: Running) -> None:
    """End the server and remove its data; children go with it. A stranger's process is left."""
    for process in server.processes:
        # SIGINT is PostgreSQL's fast shutdown: clients are cut, data is written.
        end(process, polite=signal.SIGINT, patience=20.0)
    shutil.rmtree(server.folder, ignore_errors=True)


def is_up(server: Running) -> bool:
    """Say whether the server that was started still runs."""
    return bool(server.processes) and all(is_running(process) for process in server.processes)


def _postmaster(home: Path) -> Process:
    pid = int((home / "data/postmaster.pid").read_text().split()[0])
    process = identify(pid)
    if process is None:
        raise ServerError(f"PostgreSQL ended right after it started; see {home}/postgres.log.")
    return process


def _children_of(pid: int) -> list[Process]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    found = [identify(int(word)) for word in listed.stdout.split()]
    return [process for process in found if process is not None]


def _run(home: Path, program: str, *arguments: str) -> None:
    folder = binaries()
    if folder is None:
        raise ServerError("PostgreSQL is not installed (Debian: apt-get install postgresql).")
    # The server inherits the outputs, and a pipe would keep this command waiting for ever.
    with (home / f"{program}.out").open("w+") as output:
        done = subprocess.run(
            [str(folder / program), *arguments],
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            cwd=home,
            check=False,
            env={**os.environ, "HOME": str(home)},
            **_account(),
        )
        output.seek(0)
        if done.returncode != 0:
            raise ServerError(f"PostgreSQL's {program} failed: {output.read()[-800:].strip()}")


def _account() -> dict[str, Any]:
    """Name the account its programs run under when we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    names = [entry.pw_name for entry in pwd.getpwall()]
    name = next((name for name in ("postgres", "nobody") if name in names), None)
    if name is None:
        raise ServerError("PostgreSQL refuses to run as root and there is no account `postgres`.")
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _reachable(folder: Path) -> Path:
    """Return `folder`, or a temporary one when PostgreSQL's account may not write there."""
    folder.mkdir(parents=True, exist_ok=True)
    if _may_write(folder):
        return folder
    folder.rmdir()
    instead = Path(tempfile.mkdtemp(prefix="arida-postgres-"))
    if _may_write(instead):
        return instead
    raise ServerError("No folder was found in which PostgreSQL may write.")


def _may_write(folder: Path) -> bool:
    account = _account()
    if account:
        shutil.chown(folder, account["user"])
    asked = ["/bin/sh", "-c", 'test -w "$1"', "sh", str(folder)]
    return subprocess.run(asked, check=False, cwd="/", **account).returncode == 0
