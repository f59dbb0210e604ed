"""The processes of the Procfile on a cluster: three RabbitMQ nodes, a PostgreSQL with a standby."""

from __future__ import annotations

from pathlib import Path

from shared.broker.topology import queue_of
from shared.testing import cluster
from shared.testing.installation import new_installation
from shared.testing.rabbitmq_node import Node
from tests.faults.ground import Supervised, migrated, started_and_seeded


class ClusterGround(Supervised):
    """An installation whose clients know every node and both database servers."""

    def __init__(self, folder: Path) -> None:
        self.cluster = cluster.start(folder / "cluster")
        (folder / "installation").mkdir()
        super().__init__(
            new_installation(
                folder / "installation",
                postgres_url=self.cluster.database_url,
                broker_url=self.cluster.broker_url,
                process_name="cluster",
            )
        )

    def start(self) -> None:
        """Migrate, start every process and put the demo in place."""
        migrated(self)
        started_and_seeded(self)

    def leader(self, service: str) -> Node:
        """The node that leads a service's queue."""
        return self.cluster.leader_of(queue_of(service, self.environ["BROKER_PREFIX"]))

    def close(self) -> None:
        """End everything that was started."""
        self.end_processes()
        self.cluster.close()
