"""A cluster loses the node its clients are on, the queue's leader, and the primary database."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from services.intake.models import Petition
from shared.broker.log_reader import read_log
from shared.broker.topology import queue_of
from shared.clock import sleep
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.parts import load_part
from shared.relay import Relay
from shared.testing import cluster
from shared.testing.cluster import Cluster
from shared.testing.databases import service_database
from shared.testing.harness import TODAY
from tests.faults.cluster_ground import ClusterGround
from tests.faults.failpoint_play import World, file_petition, opened, petitioner
from tests.faults.patience import moves_until
from tests.faults.storm import Storm

pytestmark = pytest.mark.early(50)

PREFIX = "drill."
BATCH = 5


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster of the test's own."""
    made = cluster.start(tmp_path / "cluster")
    try:
        yield made
    finally:
        made.close()


@pytest.mark.timeout(600)
def test_filing_goes_on_when_nodes_and_the_primary_are_lost(
    started: Cluster, tmp_path: Path
) -> None:
    """Five petitions before, and after the loss of each part; each becomes one case."""
    databases = {
        service: service_database(started.database_url, service, "drill")
        for service in ("intake", "review")
    }
    world = World(folder=tmp_path, databases=databases, bus_url=started.broker_url, prefix=PREFIX)
    with opened(world) as (intake, review), _at_work(intake, review):
        _file(intake, 1)
        assert _opens(review, BATCH)
        started.nodes[0].kill()
        _file(intake, 2)
        started.nodes[0].start()
        started.leader_of(queue_of("review", PREFIX)).kill()
        _file(intake, 3)
        started.fail_over()
        _file(intake, 4)

        assert _opens(review, 4 * BATCH)
        with intake.database.read(EVERY_AUTHORITY) as session:
            petitions = {str(one.id): one.reference for one in session.query(Petition)}
        assert sorted(_cases(review)) == sorted(petitions)
        numbers = range(1, 4 * BATCH + 1)
        assert set(petitions.values()) == {f"taroudant/{TODAY.year}/{n}" for n in numbers}
        logged = {one.id for one in read_log(started.broker_url, prefix=PREFIX)}
        assert _emitted(intake) - logged == set()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_whole_installation_lives_through_the_losses(tmp_path: Path) -> None:
    """Every process of the Procfile on the cluster, with kills in between."""
    ground = ClusterGround(tmp_path)
    try:
        ground.start()
        storm = Storm(ground=ground, folder=tmp_path, chance=random.Random(3))
        with storm.people(filing=1, living=2):
            sleep(5)
            _lose_in_turn(storm, ground)
        violations = storm.rest()
        print(storm.report())
        assert violations == [], ground.installation.logs(characters=600)
    finally:
        ground.close()


def _lose_in_turn(storm: Storm, ground: ClusterGround) -> None:
    node = ground.cluster.nodes[0]
    with storm.fault("loss of the clients' node"):
        node.kill()
        sleep(5)
        node.start()
    for service in ("review", "audit"):
        leader = ground.leader(service)
        with storm.fault("loss of a queue's leader"):
            leader.kill()
            storm.kill(times=3, every=1.0)
            leader.start()
    with storm.fault("promotion of the standby"):
        ground.cluster.fail_over()
    sleep(10)
    storm.kill(times=4, every=1.0)


@contextmanager
def _at_work(intake: ServiceContext, review: ServiceContext) -> Iterator[None]:
    stop = threading.Event()
    works = (Relay(intake).run, load_part("review").create_worker(review).consume)
    threads = [threading.Thread(target=work, args=(stop,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        intake.relay_wake.set()
        for thread in threads:
            thread.join(30)


def _file(intake: ServiceContext, round_: int) -> None:
    ask = petitioner(intake)
    for number in range(BATCH):
        file_petition(ask, f"{round_}-{number}")


def _emitted(intake: ServiceContext) -> set[str]:
    with intake.database.read(EVERY_AUTHORITY) as session:
        return {str(row[0]) for row in session.execute(text("SELECT event_id FROM history"))}


def _opens(review: ServiceContext, count: int) -> bool:
    """Wait until so many cases are open, for as long as one comes after the other."""
    return moves_until(lambda: len(_cases(review)) == count, lambda: len(_cases(review)))


def _cases(review: ServiceContext) -> list[str]:
    try:
        with review.database.read(EVERY_AUTHORITY) as session:
            return [str(row[0]) for row in session.execute(text('SELECT id FROM "case"'))]
    except OperationalError:
        # A connection to the crashed primary; the next one goes to the new one.
        return []
