"""The servers tests need: `python -m shared.testing.servers up|down|env|status`.

Addresses in the environment win; else private servers start from installed programs, installed with
apt first when that is allowed; else containers. Only what was started here is ever ended.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from shared.testing import containers, postgres_server, rabbitmq_server
from shared.testing.processes import Process, ServerError
from shared.testing.running import Running

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".servers"
ENV_FILE = FOLDER / "env"
_STATE_FILE = FOLDER / "state.json"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of server: how it is named, found, started, asked and ended."""

    name: str
    variable: str
    package: str
    is_installed: Callable[[], bool]
    start: Callable[[Path], Running]
    stop: Callable[[Running], None]
    is_up: Callable[[Running], bool]


KINDS = (
    Kind(
        name="postgres",
        variable="TEST_DATABASE_URL",
        package="postgresql",
        is_installed=lambda: postgres_server.binaries() is not None,
        start=postgres_server.start,
        stop=postgres_server.stop,
        is_up=postgres_server.is_up,
    ),
    Kind(
        name="rabbitmq",
        variable="TEST_BROKER_URL",
        package="rabbitmq-server",
        is_installed=lambda: rabbitmq_server.program() is not None,
        start=rabbitmq_server.start,
        stop=rabbitmq_server.stop,
        is_up=rabbitmq_server.is_up,
    ),
)


def up() -> None:
    """Make sure that both servers answer and write their addresses to `.servers/env`.

    Raises ServerError with one line that says what to install.
    """
    with _locked():
        state = _read_state()
        given = {kind.variable: os.environ.get(kind.variable, "") for kind in KINDS}
        wanted = [kind for kind in KINDS if not given[kind.variable] and not _is_up(kind, state)]
        if wanted and not _ensure_installed(wanted):
            given.update(containers.up(ROOT))
            wanted = []
        for kind in wanted:
            _forget(kind, state)
            state[kind.name] = kind.start(FOLDER / kind.name)
            _write_state(state)
        started = {kind.variable: state[kind.name].url for kind in KINDS if kind.name in state}
        addresses = started | {name: url for name, url in given.items() if url}
        ENV_FILE.write_text("".join(f"{name}={url}\n" for name, url in addresses.items()))
    for kind in KINDS:
        how = "started" if kind in wanted else "ready"
        print(f"{kind.name:9} {how:8} {addresses[kind.variable].rpartition('@')[2]}")


def down() -> None:
    """End the servers started here, with their data; servers of others are not touched."""
    with _locked():
        state = _read_state()
        for kind in KINDS:
            if kind.name in state:
                _forget(kind, state)
                print(f"{kind.name:9} ended")
        containers.down(ROOT)
        ENV_FILE.unlink(missing_ok=True)


def status() -> bool:
    """Print what runs and return whether every server started here, or given, is there."""
    state = _read_state()
    found = [_is_up(kind, state) for kind in KINDS]
    addresses = read_env()
    for kind, running in zip(KINDS, found, strict=True):
        if running:
            print(f"{kind.name:9} runs     {state[kind.name].url.rpartition('@')[2]}")
        elif kind.variable in addresses and kind.name not in state:
            print(f"{kind.name:9} given    {addresses[kind.variable].rpartition('@')[2]}")
        else:
            print(f"{kind.name:9} is down")
    return all(
        running or (kind.variable in addresses and kind.name not in state)
        for kind, running in zip(KINDS, found, strict=True)
    )


def read_env() -> dict[str, str]:
    """Return the addresses tests use: those of `.servers/env`, overruled by the environment."""
    lines = ENV_FILE.read_text().splitlines() if ENV_FILE.exists() else []
    addresses = dict(line.split("=", 1) for line in lines)
    given = {kind.variable: os.environ[kind.variable] for kind in KINDS if _is_given(kind)}
    return addresses | given


def _is_given(kind: Kind) -> bool:
    return bool(os.environ.get(kind.variable))


def _is_up(kind: Kind, state: dict[str, Running]) -> bool:
    return kind.name in state and kind.is_up(state[kind.name])


def _ensure_installed(wanted: list[Kind]) -> bool:
    """Say whether the programs are there, installing them first if that is allowed."""
    missing = [kind.package for kind in wanted if not kind.is_installed()]
    if not missing:
        return True
    subprocess.run([ROOT / "deploy/install-packages.sh", *missing], check=False)
    return all(kind.is_installed() for kind in wanted)


def _forget(kind: Kind, state: dict[str, Running]) -> None:
    if kind.name in state:
        kind.stop(state.pop(kind.name))
        _write_state(state)
    shutil.rmtree(FOLDER / kind.name, ignore_errors=True)


@contextmanager
def _locked() -> Iterator[None]:
    """Let one command at a time change the servers of this checkout."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read_state() -> dict[str, Running]:
    if not _STATE_FILE.exists():
        return {}
    return {
        name: Running(**{**one, "processes": tuple(Process(**each) for each in one["processes"])})
        for name, one in json.loads(_STATE_FILE.read_text()).items()
    }


def _write_state(state: dict[str, Running]) -> None:
    text = json.dumps({name: asdict(one) for name, one in state.items()}, indent=1)
    new = _STATE_FILE.with_suffix(".new")
    new.write_text(text)
    new.replace(_STATE_FILE)


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status, 1 when a server is missing, 2 for a wrong word."""
    try:
        match arguments:
            case ["up"]:
                up()
            case ["down"]:
                down()
            case ["env"]:
                print("".join(f"{name}={url}\n" for name, url in read_env().items()), end="")
            case ["status"]:
                return 0 if status() else 1
            case _:
                print("Use: python -m shared.testing.servers up|down|env|status", file=sys.stderr)
                return 2
    except ServerError as error:
        print(f"servers: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
