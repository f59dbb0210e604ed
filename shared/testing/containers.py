"""The servers for tests as containers, for machines without their programs but with Docker."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from shared.testing import rabbitmq_server
from shared.testing.processes import ServerError

_WHAT_TO_INSTALL = (
    "PostgreSQL and RabbitMQ are missing; install them (Debian: apt-get install postgresql "
    "rabbitmq-server) or Docker, or set TEST_DATABASE_URL and TEST_BROKER_URL."
)


def up(root: Path) -> dict[str, str]:
    """Start the containers and return the addresses by variable.

    Raises ServerError, with what to install, when no container engine answers.
    """
    if not _has_engine():
        raise ServerError(_WHAT_TO_INSTALL)
    _marker(root).write_text(_project(root))
    # The broker reads its accounts and virtual hosts from here, as the private one does.
    definitions = root / ".servers/definitions.json"
    definitions.write_text(json.dumps(rabbitmq_server.definitions()))
    _compose(root, "up", "--detach", "--wait")
    database = _compose(root, "port", "postgres", "5432")
    broker = _compose(root, "port", "rabbitmq", "5672")
    return {
        "TEST_DATABASE_URL": f"postgresql+psycopg://arida@{database}/postgres",
        "TEST_BROKER_URL": f"amqp://guest:guest@{broker}//",
    }


def down(root: Path) -> None:
    """Remove the containers with their data, if this checkout started any."""
    if _marker(root).exists():
        _compose(root, "down", "--volumes")
        _marker(root).unlink()


def _marker(root: Path) -> Path:
    return root / ".servers/containers"


def _project(root: Path) -> str:
    """Name the group of containers after the checkout, so that two checkouts do not meet."""
    return "arida-test-" + hashlib.sha256(str(root).encode()).hexdigest()[:8]


def _has_engine() -> bool:
    if shutil.which("docker") is None:
        return False
    questions = (["docker", "info"], ["docker", "compose", "version"])
    return all(
        subprocess.run(question, capture_output=True, check=False).returncode == 0
        for question in questions
    )


def _compose(root: Path, *arguments: str) -> str:
    file = str(root / "deploy/test-servers.yml")
    command = ["docker", "compose", "-p", _project(root), "-f", file, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ServerError(f"docker compose {arguments[0]} failed: {done.stderr[-800:].strip()}")
    return done.stdout.strip()
