"""The world that seeds of the simulation are played in, and where processes are killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.broker import topology
from shared.broker.connection import connect
from shared.ids import new_id
from shared.testing.databases import service_database
from tests.faults.failpoint_ground import SERVICES, poison, small_world
from tests.faults.failpoint_play import World as Ground
from tests.faults.failpoint_play import prepare
from tests.faults.simulation.world import World, fast_folder, simulated


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One world for the module; every run begins where it was made."""
    with fast_folder() as folder, simulated(folder) as made:
        yield made


@pytest.fixture(scope="module")
def migrated_databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SQLite databases that know the authority, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    prepare(small_world(folder, ""))
    return folder


@pytest.fixture(scope="module")
def server_databases(postgres_url: str, process_name: str) -> dict[str, str]:
    """PostgreSQL databases that know the authority, one set for all tests."""
    return {
        service: service_database(postgres_url, f"{service}_failpoints", process_name, fresh=True)
        for service in SERVICES
    }


@pytest.fixture(params=["servers", pytest.param("embedded", marks=pytest.mark.long)])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """A place for one play, its bus declared and the poison already in review's queue."""
    if request.param == "embedded":
        shutil.copytree(request.getfixturevalue("migrated_databases"), tmp_path, dirs_exist_ok=True)
        made = small_world(tmp_path, f"arida+sqlite:///{tmp_path}/bus.db?lease=0.5")
    else:
        made = Ground(
            folder=tmp_path,
            databases=request.getfixturevalue("server_databases"),
            bus_url=request.getfixturevalue("broker_url"),
            prefix=f"failpoint-{new_id()}.",
        )
        prepare(made)
    poison(made)
    yield made
    connection = connect(made.bus_url)
    topology.remove(connection, prefix=made.prefix)
    connection.release()
