"""A private RabbitMQ on free loopback ports: own data, cookie, configuration and port mapper."""

import base64
import hashlib
import secrets
import shutil
import signal
from contextlib import suppress
from pathlib import Path

from shared.testing.processes import Process, ServerError, end, free_port, is_running
from shared.testing.rabbitmq_node import (
    Node,
    answers,
    new_cookie,
    new_node,
    program,
    start_epmd,
)
from shared.testing.running import Running

# One virtual host for a run in one process, one for each of eight test processes side by side.
VIRTUAL_HOSTS = ("/", *(f"gw{number}" for number in range(8)))

__all__ = ["VIRTUAL_HOSTS", "answers", "definitions", "is_up", "program", "start", "stop"]


def start(folder: Path) -> Running:
    """Make a new, empty broker in `folder` and wait until it answers.

    Raises ServerError with the end of the log when it does not come up.
    """
    if program() is None:
        raise ServerError("RabbitMQ is not installed (Debian: apt-get install rabbitmq-server).")
    node = new_node(folder, free_port(), name="arida")
    node.configure(definitions(), new_cookie())
    started = [start_epmd(folder, node.epmd_port)]
    try:
        started.append(node.launch())
        started.append(node.wait(started[-1]))
    except BaseException:
        with suppress(ServerError):
            started.append(node.erlang())
        stop(_running(node, started))
        raise
    return _running(node, started)


def stop(server: Running) -> None:
    """End the node, then its port mapper, and remove the data. A stranger's process is left."""
    for process in reversed(server.processes):
        end(process, polite=signal.SIGTERM, patience=20.0)
    shutil.rmtree(server.folder, ignore_errors=True)


def is_up(server: Running) -> bool:
    """Say whether all processes that were started still run and the broker answers."""
    alive = server.processes and all(is_running(process) for process in server.processes)
    return bool(alive) and answers(server.port)


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


def _running(node: Node, processes: list[Process]) -> Running:
    return Running(
        url=node.url, port=node.port, folder=str(node.folder), processes=tuple(processes)
    )
