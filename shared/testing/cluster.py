"""Three RabbitMQ nodes and a PostgreSQL primary with a synchronous standby, all on loopback.

``python -m shared.testing.cluster up|down`` (`make cluster-up`): the addresses it prints name all
servers, so that clients find those that are left. Only what was started here is ever ended.
"""

import json
import shutil
import signal
import sys
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg

from shared.testing import postgres_server
from shared.testing.postgres_server import is_up
from shared.testing.processes import Process, ServerError, end, free_port, wait_until
from shared.testing.rabbitmq_node import Node, answers, new_cookie, new_node, start_epmd
from shared.testing.rabbitmq_server import definitions
from shared.testing.running import Running
from shared.testing.servers import FOLDER

NAMES = ("arida1", "arida2", "arida3")
STANDBY = "arida_standby"
_STATE_FILE = FOLDER / "cluster.json"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """The nodes in order of their names, and the two database servers."""

    epmd: Process
    nodes: tuple[Node, ...]
    primary: Running
    standby: Running

    @property
    def broker_url(self) -> str:
        """All nodes, as BROKER_URL names them."""
        return ";".join(node.url for node in self.nodes)

    @property
    def database_url(self) -> str:
        """Both servers; a client uses the one that takes writes."""
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in (self.primary, self.standby))
        user = postgres_server.SUPERUSER
        return f"postgresql+psycopg://{user}@/postgres?{hosts}&target_session_attrs=read-write"

    @property
    def is_up(self) -> bool:
        """Whether every node answers and both database servers run."""
        servers = (self.primary, self.standby)
        return all(answers(one.port) for one in self.nodes) and all(map(is_up, servers))

    def leader_of(self, queue: str) -> Node:
        """The node that leads a queue, once the others can do without it.

        A node that answers again is not there yet for its queues: losing another one before that
        is losing two of three, and the queues stand still until one of them is back.
        """
        name = next(node for node in self.nodes if answers(node.port)).leader_of(queue)
        leader = next(node for node in self.nodes if node.name == name)
        if not wait_until(leader.is_spare, seconds=90.0):
            raise ServerError(f"The queues cannot do without {name}.")
        return leader

    def fail_over(self) -> None:
        """Crash the primary and let the standby take its place."""
        postgres_server.crash(self.primary)
        postgres_server.promote(self.standby)

    def close(self) -> None:
        """End every process and remove all data."""
        for node in self.nodes:
            with suppress(ServerError):
                node.kill()
            shutil.rmtree(node.folder, ignore_errors=True)
        end(self.epmd, polite=signal.SIGTERM, patience=5.0)
        for server in (self.standby, self.primary):
            postgres_server.stop(server)


def start(folder: Path) -> Cluster:
    """Start everything in ``folder`` and wait until the nodes are one cluster.

    Raises ServerError when something does not come up; what had come up is ended again.
    """
    epmd_port, cookie = free_port(), new_cookie()
    with ExitStack() as undoing:
        epmd = start_epmd(folder / "epmd", epmd_port)
        undoing.callback(end, epmd, polite=signal.SIGTERM, patience=5.0)
        nodes = tuple(new_node(folder / name, epmd_port, name=name, peers=NAMES) for name in NAMES)
        for node in nodes:
            node.configure(definitions(), cookie)
        # The first makes the cluster and the others join it: three that began at once on a busy
        # machine were seen not to come up in 90 seconds.
        script = _launched(nodes[0], undoing)
        primary = postgres_server.start(folder / "primary")
        undoing.callback(postgres_server.stop, primary)
        standby = postgres_server.start_standby(primary, folder / "standby", STANDBY)
        undoing.callback(postgres_server.stop, standby)
        _make_synchronous(primary)
        nodes[0].wait(script)
        joining = [(node, _launched(node, undoing)) for node in nodes[1:]]
        for node, script in joining:
            node.wait(script)
        undoing.pop_all()
    return Cluster(epmd=epmd, nodes=nodes, primary=primary, standby=standby)


def _launched(node: Node, undoing: ExitStack) -> Process:
    script = node.launch()
    undoing.callback(node.abandon, script)
    return script


def _make_synchronous(primary: Running) -> None:
    """From here on a commit is answered only once the standby has it on disk."""
    url = primary.url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
        connection.execute("SELECT pg_reload_conf()")

        def is_synchronous() -> bool:
            row = connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone()
            return row == ("sync",)

        if not wait_until(is_synchronous, seconds=20.0):
            raise ServerError("The standby does not follow the primary.")


def up() -> None:
    """Start a cluster unless one is there, and print its addresses."""
    cluster = _read()
    if cluster is None or not cluster.is_up:
        down()
        cluster = start(FOLDER / "cluster")
    _STATE_FILE.write_text(json.dumps(asdict(cluster), default=str))
    print(f"BROKER_URL={cluster.broker_url}")
    print(f"DATABASE_URL={cluster.database_url}")


def down() -> None:
    """End the cluster that was started here."""
    cluster = _read()
    if cluster is not None:
        cluster.close()
    _STATE_FILE.unlink(missing_ok=True)
    shutil.rmtree(FOLDER / "cluster", ignore_errors=True)


def _read() -> Cluster | None:
    if not _STATE_FILE.exists():
        return None
    plain: dict[str, Any] = json.loads(_STATE_FILE.read_text())
    return Cluster(
        epmd=Process(**plain["epmd"]),
        nodes=tuple(
            Node(**{**one, "folder": Path(one["folder"]), "peers": tuple(one["peers"])})
            for one in plain["nodes"]
        ),
        primary=_running(plain["primary"]),
        standby=_running(plain["standby"]),
    )


def _running(plain: dict[str, Any]) -> Running:
    return Running(**{**plain, "processes": tuple(Process(**one) for one in plain["processes"])})


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status, 1 when a server is missing, 2 for a wrong word."""
    commands = {"up": up, "down": down}
    command = commands.get(" ".join(arguments))
    if command is None:
        print("Use: python -m shared.testing.cluster up|down", file=sys.stderr)
        return 2
    try:
        command()
    except ServerError as error:
        print(f"cluster: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
