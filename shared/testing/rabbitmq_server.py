"""A private RabbitMQ on free loopback ports: its own data, cookie, configuration and port mapper.

Erlang's port mapper (epmd) stays when its node ends, so it is started here by itself, on a port of
its own, and ended with the node.
"""

import base64
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
from pathlib import Path

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

# One virtual host for a run in one process, one for each of eight test processes side by side.
VIRTUAL_HOSTS = ("/", *(f"gw{number}" for number in range(8)))
_PROTOCOL_HEADER = b"AMQP\x00\x00\x09\x01"
_START_SECONDS = 90.0


def program() -> Path | None:
    """Return RabbitMQ's own start script, or None when it is not installed.

    Debian's command of the same name is avoided: it changes to the system's own data and account.
    """
    debian = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    if debian.exists():
        return debian
    on_path = shutil.which("rabbitmq-server")
    return Path(on_path) if on_path else None


def start(folder: Path) -> Running:
    """Make a new, empty broker in `folder` and wait until it answers.

    Raises ServerError with the end of the log when it does not come up.
    """
    script = program()
    if script is None:
        raise ServerError("RabbitMQ is not installed (Debian: apt-get install rabbitmq-server).")
    port, node_port, epmd_port = free_port(), free_port(), free_port()
    _write_configuration(folder, port)
    environment = _environment(folder, port, node_port, epmd_port)
    started = [_detach([_epmd(), "-address", "127.0.0.1", "-port", str(epmd_port)], folder)]
    try:
        _wait_for_port(epmd_port, started[0], seconds=10.0)
        node = _detach([str(script)], folder, environment)
        started.append(node)
        _wait_for_broker(port, node, folder)
        started.append(_erlang_of(folder))
    except BaseException:
        if (folder / "node.pid").exists():
            started.append(_erlang_of(folder))
        stop(_running(folder, port, started))
        raise
    return _running(folder, port, started)


def stop(server: Running) -> None:
    """End the node, then its port mapper, and remove the data. A stranger's process is left."""
    for process in reversed(server.processes):
        end(process, polite=signal.SIGTERM, patience=20.0)
    shutil.rmtree(server.folder, ignore_errors=True)


def is_up(server: Running) -> bool:
    """Say whether all processes that were started still run and the broker answers."""
    alive = server.processes and all(is_running(process) for process in server.processes)
    return bool(alive) and answers(server.port)


def answers(port: int) -> bool:
    """Say whether an AMQP broker answers on this loopback port; far quicker than rabbitmqctl."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0) as connection:
            connection.sendall(_PROTOCOL_HEADER)
            # The first frame of a broker that speaks the protocol is a method frame, type 1.
            return connection.recv(1) == b"\x01"
    except OSError:
        return False


def definitions() -> dict[str, object]:
    """Return the accounts and virtual hosts the broker begins with, in its own format."""
    salt = secrets.token_bytes(4)
    digest = base64.b64encode(salt + hashlib.sha256(salt + b"guest").digest()).decode()
    guest = {"name": "guest", "password_hash": digest, "tags": "administrator"}
    everything = {"user": "guest", "configure": ".*", "write": ".*", "read": ".*"}
    return {
        "users": [{**guest, "hashing_algorithm": "rabbit_password_hashing_sha256"}],
        "vhosts": [{"name": name} for name in VIRTUAL_HOSTS],
        "permissions": [{**everything, "vhost": name} for name in VIRTUAL_HOSTS],
    }


def _running(folder: Path, port: int, processes: list[Process]) -> Running:
    url = f"amqp://guest:guest@127.0.0.1:{port}//"
    return Running(url=url, port=port, folder=str(folder), processes=tuple(processes))


def _write_configuration(folder: Path, port: int) -> None:
    (folder / "home").mkdir(parents=True)
    cookie = folder / "home/.erlang.cookie"
    cookie.write_text(secrets.token_hex(16))
    cookie.chmod(0o400)
    (folder / "enabled_plugins").write_text("[].\n")
    (folder / "definitions.json").write_text(json.dumps(definitions()))
    (folder / "rabbitmq.conf").write_text(
        f"listeners.tcp.1 = 127.0.0.1:{port}\n"
        f"load_definitions = {folder}/definitions.json\n"
        "vm_memory_high_watermark.absolute = 1GiB\n"
        "disk_free_limit.absolute = 200MB\n"
    )


def _environment(folder: Path, port: int, node_port: int, epmd_port: int) -> dict[str, str]:
    # Settings of a broker the machine runs for itself must not reach this one.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RABBITMQ_", "ERL_"))}
    loopback = "-kernel inet_dist_use_interface {127,0,0,1}"
    return {
        **kept,
        "HOME": str(folder / "home"),
        "ERL_EPMD_PORT": str(epmd_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": "arida@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(node_port),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_PID_FILE": str(folder / "node.pid"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none.conf"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": loopback,
    }


def _epmd() -> str:
    inside = sorted(Path("/usr/lib/erlang").glob("erts-*/bin/epmd"))
    found = shutil.which("epmd") or (str(inside[-1]) if inside else None)
    if found is None:
        raise ServerError("Erlang's epmd is missing (Debian: apt-get install erlang-base).")
    return found


def _detach(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Process:
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
    process = identify(child.pid)
    if process is None:
        raise ServerError(f"{command[0]} ended at once; see {folder}/output.log.")
    return process


def _erlang_of(folder: Path) -> Process:
    process = identify(int((folder / "node.pid").read_text()))
    if process is None:
        raise ServerError(f"RabbitMQ ended right after it answered; see {folder}/log.")
    return process


def _wait_for_port(port: int, process: Process, *, seconds: float) -> None:
    def settled() -> bool:
        if not is_running(process):
            return True
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    if not wait_until(settled, seconds=seconds) or not is_running(process):
        raise ServerError(f"Process {process.pid} did not open port {port}.")


def _wait_for_broker(port: int, node: Process, folder: Path) -> None:
    wait_until(lambda: not is_running(node) or answers(port), seconds=_START_SECONDS)
    if not answers(port):
        raise ServerError(f"RabbitMQ did not start: {(folder / 'output.log').read_text()[-800:]}")
