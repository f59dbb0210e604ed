"""A backup is taken while people work, everything is wiped, and what comes back is sound."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.broker import topology
from shared.broker.connection import connect
from shared.demo import DEMO_AUTHORITY
from shared.parts import WITH_DATABASE
from shared.testing.databases import service_database
from tests.faults.client import OTHER_AUTHORITY
from tests.faults.embedded_ground import EmbeddedGround
from tests.faults.ground import Ground, Supervised
from tests.faults.storm import Storm

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGround]:
    """A system in one process, of the test's own."""
    made = EmbeddedGround(tmp_path_factory.mktemp("embedded"))
    try:
        made.start()
        yield made
    finally:
        made.end_processes()


@pytest.fixture
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Every process of the Procfile on servers of the test's own."""
    made = Ground(tmp_path_factory.mktemp("servers"))
    try:
        made.start()
        yield made
    finally:
        made.close()


@pytest.mark.embedded
def test_what_was_backed_up_in_files_under_load_is_sound(
    embedded: EmbeddedGround, tmp_path: Path
) -> None:
    """Two people file and one lives through whole cases, before, during and after the backup."""
    backup, sure = _backed_up_under_load(embedded, tmp_path)
    _wipe(embedded.installation.folder)

    _put_back(embedded, backup)

    _check_sound(embedded, sure)


def test_what_was_backed_up_on_servers_under_load_is_sound(servers: Ground, tmp_path: Path) -> None:
    """The same people; then every database is made anew and the bus has nothing left."""
    backup, sure = _backed_up_under_load(servers, tmp_path)
    for service in WITH_DATABASE:
        service_database(servers.postgres.url, f"{service}_installed", "faults", fresh=True)
    connection = connect(servers.broker.url)
    topology.remove(connection, prefix=servers.environ["BROKER_PREFIX"])
    connection.release()

    _put_back(servers, backup)

    _check_sound(servers, sure)


def _backed_up_under_load(ground: Supervised, folder: Path) -> tuple[Path, set[str]]:
    """The backup, and the references of petitions that were answered before it began."""
    storm = Storm(ground=ground, folder=folder, chance=random.Random(3))
    target = folder / "backup"
    with storm.people(filing=2, living=1):
        _wait_for_filings(storm, 6)
        sure = {str(line["reference"]) for line in storm.history.of("done", act="file")}
        made = ground.installation.arida("backup", str(target))
        _wait_for_filings(storm, len(sure) + 6)
    assert made.returncode == 0, made.stdout + made.stderr
    ground.installation.stop()
    return target, sure


def _wait_for_filings(storm: Storm, number: int) -> None:
    filed = storm.wait_for(lambda: len(storm.history.of("done", act="file")) >= number)
    assert filed, "the people got nowhere"


def _wipe(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "run.log":
            path.unlink()


def _put_back(ground: Supervised, backup: Path) -> None:
    restored = ground.installation.arida("restore", str(backup))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    ground.installation.start()
    ground.installation.wait_until_healthy()


def _check_sound(ground: Supervised, sure: set[str]) -> None:
    """The live services agree with the ledger, the ledger with the log, and nothing is missing."""
    arida = ground.installation.arida
    for authority in (DEMO_AUTHORITY, OTHER_AUTHORITY):
        replayed = arida("audit", "replay", "--authority", authority, "--json")
        assert replayed.returncode == 0, replayed.stdout + replayed.stderr
        assert json.loads(replayed.stdout)["divergences"] == []
    compared = arida("audit", "compare-log", "--json")
    assert compared.returncode == 0, compared.stdout + compared.stderr
    filed = arida("log", "read", "--json", "--subject", "petition")
    events = [json.loads(line) for line in filed.stdout.splitlines()]
    assert sure <= {one["data"]["what"].get("reference") for one in events}
