"""One RabbitMQ node as private processes: started, killed, started again on the same data.

A broker is one node, a cluster several with one cookie and one port mapper (epmd). Erlang's port
mapper stays when its node ends, so it is started by itself, on a port of its own.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shared.testing.processes import (
    Process,
    ServerError,
    detach,
    end,
    free_port,
    identify,
    is_running,
    wait_until,
)

_PROTOCOL_HEADER = b"AMQP\x00\x00\x09\x01"
_START_SECONDS = 90.0


@dataclass(frozen=True, kw_only=True)
class Node:
    """Where one node lies and listens; ``peers`` are the names of all nodes of its cluster.

    With a ``metrics_port`` it tells its figures over HTTP there.
    """

    folder: Path
    port: int
    dist_port: int
    epmd_port: int
    name: str = "arida"
    peers: tuple[str, ...] = ()
    metrics_port: int = 0

    @property
    def url(self) -> str:
        """Its address as the account guest, virtual host ``/``."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def configure(self, definitions: dict[str, object], cookie: str) -> None:
        """Write its configuration, cookie and first accounts into its folder."""
        (self.folder / "home").mkdir(parents=True)
        secret = self.folder / "home/.erlang.cookie"
        secret.write_text(cookie)
        secret.chmod(0o400)
        plugins = "rabbitmq_prometheus" if self.metrics_port else ""
        (self.folder / "enabled_plugins").write_text(f"[{plugins}].\n")
        (self.folder / "definitions.json").write_text(json.dumps(definitions))
        lines = [
            f"listeners.tcp.1 = 127.0.0.1:{self.port}",
            f"load_definitions = {self.folder}/definitions.json",
            "vm_memory_high_watermark.absolute = 1GiB",
            "disk_free_limit.absolute = 200MB",
        ]
        if self.metrics_port:
            lines += [f"prometheus.tcp.port = {self.metrics_port}", "prometheus.tcp.ip = 127.0.0.1"]
        if self.peers:
            lines.append("cluster_formation.peer_discovery_backend = classic_config")
        for number, peer in enumerate(self.peers, start=1):
            lines.append(f"cluster_formation.classic_config.nodes.{number} = {peer}@localhost")
        (self.folder / "rabbitmq.conf").write_text("\n".join([*lines, ""]))

    def launch(self) -> Process:
        """Start the node's program without waiting for it; returns its start script."""
        script = program()
        if script is None:
            raise ServerError(
                "RabbitMQ is not installed (Debian: apt-get install rabbitmq-server)."
            )
        (self.folder / "node.pid").unlink(missing_ok=True)
        return detach([str(script)], self.folder, self._environment())

    def wait(self, script: Process) -> Process:
        """Wait until it answers; returns the process that is the broker itself."""
        wait_until(lambda: not is_running(script) or answers(self.port), seconds=_START_SECONDS)
        if not answers(self.port):
            logs = [self.folder / "output.log", *(self.folder / "log").glob("*.log")]
            said = "\n".join(log.read_text(errors="replace")[-800:] for log in logs)
            raise ServerError(f"RabbitMQ did not start: {said}")
        return self.erlang()

    def erlang(self) -> Process:
        """The process that is the broker itself; raises ServerError when it has ended."""
        file = self.folder / "node.pid"
        process = identify(int(file.read_text())) if file.exists() else None
        if process is None:
            raise ServerError(f"RabbitMQ ended right after it started; see {self.folder}/log.")
        return process

    def start(self) -> None:
        """Start it, on its data if it has any, and wait until it answers.

        Tried three times, as a service manager would: RabbitMQ 3.10 was seen to end at its start
        while a queue of its cluster had no leader.
        """
        for _ in range(2):
            with suppress(ServerError):
                self.wait(self.launch())
                return
            wait_until(lambda: False, seconds=2.0)
        self.wait(self.launch())

    def kill(self) -> None:
        """End it by SIGKILL, as a crash would."""
        end(self.erlang(), polite=signal.SIGKILL, patience=10.0)

    def abandon(self, script: Process) -> None:
        """End what ``launch`` started, even if the broker never came so far as to name itself."""
        if is_running(script):
            # It leads a process group of its own: nothing else is in there.
            os.killpg(script.pid, signal.SIGKILL)
        with suppress(ServerError):
            self.kill()

    def stop(self) -> None:
        """End it by SIGTERM."""
        end(self.erlang(), polite=signal.SIGTERM, patience=30.0)

    def leader_of(self, queue: str) -> str:
        """The name of the node that leads a queue, asked of this node; takes about a second."""
        done = self._ask("rabbitmqctl", "--quiet", "list_queues", "name", "leader")
        leaders = dict(line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
        if queue not in leaders:
            raise ServerError(f"No node leads {queue}: {done.stderr[-300:]}")
        return leaders[queue].partition("@")[0]

    def is_spare(self) -> bool:
        """Whether every queue keeps its majority without this node; takes about a second.

        False while another node that was started again still has to catch up.
        """
        return self._ask("rabbitmq-queues", "check_if_node_is_quorum_critical").returncode == 0

    def set_alarm(self, resource: str, *, is_on: bool) -> None:
        """Let it be short of ``memory`` or ``disk``, whereupon it blocks publishers; or no more."""
        limit: tuple[str, ...]
        if resource == "memory":
            limit = ("set_vm_memory_high_watermark", "absolute", "1MB" if is_on else "1GiB")
        else:
            limit = ("set_disk_free_limit", "100000GB" if is_on else "200MB")
        done = self._ask("rabbitmqctl", *limit)
        if done.returncode:
            raise ServerError(f"The node took no other limit: {done.stderr[-300:]}")

    def _ask(self, program_name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of RabbitMQ's commands against this node, by its name, and no other."""
        installed = Path("/usr/lib/rabbitmq/bin") / program_name
        command = [str(installed) if installed.exists() else program_name]
        return subprocess.run(
            [*command, "--node", f"{self.name}@localhost", *arguments],
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        # Settings of a broker the machine runs for itself must not reach this one.
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RABBITMQ_", "ERL_"))}
        loopback = "-kernel inet_dist_use_interface {127,0,0,1}"
        return {
            **kept,
            "HOME": str(self.folder / "home"),
            "ERL_EPMD_PORT": str(self.epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"{self.name}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.dist_port),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_PID_FILE": str(self.folder / "node.pid"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "none.conf"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": loopback,
        }


def program() -> Path | None:
    """Return RabbitMQ's own start script, or None when it is not installed.

    Debian's command of the same name is avoided: it changes to the system's own data and account.
    """
    debian = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    if debian.exists():
        return debian
    on_path = shutil.which("rabbitmq-server")
    return Path(on_path) if on_path else None


def answers(port: int) -> bool:
    """Say whether an AMQP broker answers on this loopback port; far quicker than rabbitmqctl."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0) as connection:
            connection.sendall(_PROTOCOL_HEADER)
            # The first frame of a broker that speaks the protocol is a method frame, type 1.
            return connection.recv(1) == b"\x01"
    except OSError:
        return False


def new_node(folder: Path, epmd_port: int, *, name: str, peers: tuple[str, ...] = ()) -> Node:
    """A node on free ports that is not configured yet."""
    return Node(
        folder=folder,
        port=free_port(),
        dist_port=free_port(),
        epmd_port=epmd_port,
        name=name,
        peers=peers,
    )


def new_cookie() -> str:
    """What the nodes of one cluster prove to each other that they belong together."""
    return secrets.token_hex(16)


def start_epmd(folder: Path, port: int) -> Process:
    """Start Erlang's port mapper on a port of its own and wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    process = detach([_epmd(), "-address", "127.0.0.1", "-port", str(port)], folder)
    _wait_for_port(port, process, seconds=10.0)
    return process


def _epmd() -> str:
    inside = sorted(Path("/usr/lib/erlang").glob("erts-*/bin/epmd"))
    found = shutil.which("epmd") or (str(inside[-1]) if inside else None)
    if found is None:
        raise ServerError("Erlang's epmd is missing (Debian: apt-get install erlang-base).")
    return found


def _wait_for_port(port: int, process: Process, *, seconds: float) -> None:
    def settled() -> bool:
        if not is_running(process):
            return True
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    if not wait_until(settled, seconds=seconds) or not is_running(process):
        raise ServerError(f"Process {process.pid} did not open port {port}.")
