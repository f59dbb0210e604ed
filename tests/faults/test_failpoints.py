"""Each named place of relay, worker and request, killed at its 1st, 2nd and 5th hit."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.intake.models import Petition
from services.review.cases.models import Case
from shared.broker import topology
from shared.broker.connection import connect
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.db.engine import EVERY_AUTHORITY
from shared.failpoints import FAILPOINTS, arm
from shared.ids import new_id
from shared.testing.databases import service_database
from shared.testing.harness import TODAY
from shared.testing.installation import ROOT
from tests.faults.failpoint_play import PETITIONS, POISONS, World, play, prepare
from tests.faults.forked import PROCESSES

pytestmark = pytest.mark.early(90)

SERVICES = ("intake", "review")
HITS = (1, 2, 5)
PLACES = [(kind, name) for name, kinds in FAILPOINTS.items() for kind in kinds]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SQLite databases that know the authority, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    prepare(_world(folder, ""))
    return folder


@pytest.fixture(scope="module")
def servers(postgres_url: str, process_name: str) -> dict[str, str]:
    """PostgreSQL databases that know the authority, one set for all tests."""
    return {
        service: service_database(postgres_url, f"{service}_failpoints", process_name, fresh=True)
        for service in SERVICES
    }


@pytest.fixture(params=["servers", pytest.param("embedded", marks=pytest.mark.long)])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A place for one play, its bus declared and the poison already in review's queue."""
    if request.param == "embedded":
        shutil.copytree(request.getfixturevalue("migrated"), tmp_path, dirs_exist_ok=True)
        made = _world(tmp_path, f"arida+sqlite:///{tmp_path}/bus.db?lease=0.5")
    else:
        made = World(
            folder=tmp_path,
            databases=request.getfixturevalue("servers"),
            bus_url=request.getfixturevalue("broker_url"),
            prefix=f"failpoint-{new_id()}.",
        )
        prepare(made)
    _poison(made)
    yield made
    connection = connect(made.bus_url)
    topology.remove(connection, prefix=made.prefix)
    connection.release()


@pytest.mark.parametrize(("kind", "name"), PLACES)
def test_a_process_killed_there_loses_nothing_and_doubles_nothing(
    world: World, kind: str, name: str
) -> None:
    """Killed at the first hit, started again and killed at the second, then at the fifth."""
    codes = [_played(world, kind, f"{name}:{hit}") for hit in HITS]

    assert _played(world) == 0

    assert codes == [-signal.SIGKILL] * len(HITS)

    petitions, cases = _rows(world, "intake", Petition), _rows(world, "review", Case)
    references = {f"taroudant/{TODAY.year}/{n}" for n in range(1, PETITIONS + 1)}
    assert {one.reference for one in petitions} == references
    assert len(petitions) == PETITIONS
    assert {one.id for one in cases} == {one.id for one in petitions}
    assert len(cases) == PETITIONS
    assert _poisons_found(world) == {f"poison-{n}" for n in range(POISONS)}


def test_every_place_that_is_called_stands_in_the_table() -> None:
    called = {
        name
        for path in (ROOT / "shared").rglob("*.py")
        for name in re.findall(r"^\s+reach\(\"(\w+)\"\)", path.read_text(), re.MULTILINE)
    }

    assert called == set(FAILPOINTS)


@pytest.mark.parametrize(
    "wrong", ["", "nowhere:1", "after_commit", "after_commit:0", "after_commit:x"]
)
def test_a_setting_that_names_no_place_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="name:hit"):
        arm(wrong)


def _played(world: World, kind: str = "", failpoint: str = "") -> int | None:
    child = PROCESSES.Process(target=play, args=(world, kind, failpoint))
    child.start()
    child.join(45)
    if child.exitcode is None:
        child.kill()
        child.join()
        pytest.fail("the play did not come to its end")
    return child.exitcode


def _world(folder: Path, bus_url: str) -> World:
    databases = {service: f"sqlite:///{folder}/{service}.db" for service in SERVICES}
    return World(folder=folder, databases=databases, bus_url=bus_url, prefix="failpoint.")


def _poison(world: World) -> None:
    connection = connect(world.bus_url)
    topology.declare(connection, prefix=world.prefix)
    connection.release()
    publisher = Publisher(world.bus_url)
    queue = topology.queue_of("review", world.prefix)
    letters = [
        OutgoingMessage(id=f"poison-{n}", exchange="", routing_key=queue, body=b"\xff{")
        for n in range(POISONS)
    ]
    assert not publisher.publish(letters).refused
    publisher.close()


def _poisons_found(world: World) -> set[str]:
    connection = connect(world.bus_url)
    channel = connection.channel()
    found: set[str] = set()
    while message := channel.basic_get(topology.dead_queue_of("review", world.prefix)):
        found.add(str(message.properties["message_id"]))
    connection.release()
    return found


def _rows(world: World, service: str, model: Any) -> list[Any]:
    context = world.open(service)
    with context.database.read(EVERY_AUTHORITY) as session:
        rows = list(session.scalars(select(model)))
    context.close()
    return rows
