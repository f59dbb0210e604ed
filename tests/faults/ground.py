"""A whole installation on servers of its own, with a proxy on every way between its parts."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

from services.identity.authorities.actions import NewAuthority, register_authority
from services.identity.memberships.actions import NewMembership, grant_membership
from shared.context import open_context
from shared.demo import DEMO_STARTS_ON, demo_person
from shared.http_client import ServiceClients
from shared.ids import new_id
from shared.parts import WITH_DATABASE, load_part
from shared.testing import postgres_server
from shared.testing.installation import (
    ARIDA,
    Installation,
    Launcher,
    executed,
    new_installation,
)
from shared.testing.processes import Process, ServerError, end, free_port, identify
from shared.testing.proxy import Proxy
from shared.testing.rabbitmq_node import new_cookie, new_node, start_epmd
from shared.testing.rabbitmq_server import definitions
from shared.unit_of_work import Actor, Cause, unit_of_work
from tests.faults.client import OTHER_AUTHORITY

COMMAND_SECONDS = 240.0


class Supervised:
    """Processes that are killed on purpose and started again, as a service manager would."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.revived = 0
        self._orphans: list[Process] = []
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """The address people use."""
        return self.installation.url

    @property
    def environ(self) -> dict[str, str]:
        """The settings of the processes."""
        return dict(self.installation.environ)

    def kill(self, name: str, *, child: bool = False) -> None:
        """Kill a process of the Procfile and start it again; ``child``: only gunicorn's worker."""
        with self._lock:
            process = self.installation.processes[name]
            workers = children_of(process.pid)
            if child and workers:
                os.kill(workers[0].pid, signal.SIGKILL)
                return
            process.kill()
            process.wait(10)
            # A worker without its master ends by itself, and only then is its port free.
            self._orphans += workers
            self.installation.start(name)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Start again what ends by itself while the block runs, as a service manager would."""
        stop = threading.Event()
        watch = threading.Thread(target=self._watch, args=(stop,))
        watch.start()
        try:
            yield
        finally:
            stop.set()
            watch.join()

    def _watch(self, stop: threading.Event) -> None:
        while not stop.wait(0.5):
            with self._lock:
                ended = [
                    name
                    for name, one in self.installation.processes.items()
                    if one.poll() is not None
                ]
                if ended:
                    self.installation.start(*ended)
                    self.revived += len(ended)

    def end_processes(self) -> None:
        """End what still runs, each process by its own number."""
        processes = self.installation.processes.values()
        workers = [child for one in processes for child in children_of(one.pid)]
        for process in processes:
            if process.poll() is None:
                process.kill()
            process.wait(10)
        for orphan in (*workers, *self._orphans):
            end(orphan, polite=signal.SIGTERM, patience=5.0)


class Ground(Supervised):
    """Private PostgreSQL and RabbitMQ, proxies before both, and the processes of the Procfile."""

    def __init__(self, folder: Path, launcher: Launcher = executed) -> None:
        epmd_port = free_port()
        self._epmd = start_epmd(folder / "epmd", epmd_port)
        self.broker = new_node(folder / "rabbitmq", epmd_port, name="faults")
        self.broker.configure(definitions(), new_cookie())
        self._script = self.broker.launch()
        self.postgres = postgres_server.start(folder / "postgres")
        self.to_broker = Proxy(self.broker.port)
        self.to_postgres = Proxy(self.postgres.port)
        (folder / "installation").mkdir()
        super().__init__(
            new_installation(
                folder / "installation",
                postgres_url=_at_port(self.postgres.url, self.to_postgres.port),
                broker_url=f"amqp://guest:guest@127.0.0.1:{self.to_broker.port}//",
                process_name="faults",
                launcher=launcher,
            )
        )

    @property
    def environ(self) -> dict[str, str]:
        """The settings of the processes, but with direct ways to both servers."""
        found = dict(self.installation.environ)
        for service in WITH_DATABASE:
            name = f"{service.upper()}_DATABASE_URL"
            found[name] = _at_port(found[name], self.postgres.port)
        return {**found, "BROKER_URL": self.broker.url}

    def start(self) -> None:
        """Migrate, start every process and put the demo's and another authority in place."""
        # Migrating needs no broker, which takes its time to come up.
        migrated(self)
        self.broker.wait(self._script)
        started_and_seeded(self)

    def crash_postgres(self) -> None:
        """Kill the database server; its children follow."""
        postgres_server.crash(self.postgres)

    def restart_postgres(self) -> None:
        """Start it again on what the crash left."""
        self.postgres = postgres_server.start_again(self.postgres)

    def close(self) -> None:
        """End everything that was started, each by its own process number."""
        self.end_processes()
        self.to_broker.close()
        self.to_postgres.close()
        with suppress(ServerError):
            self.broker.kill()
        end(self._epmd, polite=signal.SIGTERM, patience=5.0)
        postgres_server.stop(self.postgres)


def children_of(pid: int) -> list[Process]:
    """The living processes that one of ours started."""
    file = Path(f"/proc/{pid}/task/{pid}/children")
    pids = file.read_text().split() if file.exists() else []
    found = [identify(int(word)) for word in pids]
    return [process for process in found if process is not None]


def migrated(ground: Supervised) -> None:
    """Bring every database to the newest schema."""
    _must_succeed(ground.installation, "migrate")


def started_and_seeded(ground: Supervised) -> None:
    """Start every process and put the demo's and another authority in place."""
    ground.installation.start()
    ground.installation.wait_until_healthy()
    _must_succeed(ground.installation, "seed-demo")
    seed_other_authority(ground.environ)


def seed_other_authority(environ: dict[str, str]) -> None:
    """Register a second authority with one petitioner, so that two could be mixed up."""
    part = load_part("identity")
    context = open_context(
        "identity", part.settings, part.base, environ=environ, clients=ServiceClients({})
    )
    new = NewAuthority(
        kind="commune",
        name={"fr": "Agadir", "original": "fr"},
        zone="Africa/Casablanca",
        languages=("ar", "fr"),
        population=420_000,
        business_date=DEMO_STARTS_ON,
    )
    actor = Actor(id="service:identity", role="service")
    cause = Cause(correlation_id=str(new_id()))
    with unit_of_work(context, authority=OTHER_AUTHORITY, actor=actor, cause=cause) as uow:
        register_authority(uow, new)
        person = demo_person("legal.rempart")
        grant_membership(uow, NewMembership(person_id=person, role="petitioner"))
    context.close()


def _must_succeed(installation: Installation, command: str) -> None:
    log = installation.folder / f"{command}.log"
    done = installation.launch([*ARIDA, command], log).wait(COMMAND_SECONDS)
    assert done == 0, log.read_text() + installation.logs()


def _at_port(url: str, port: int) -> str:
    return make_url(url).set(port=port).render_as_string(hide_password=False)
