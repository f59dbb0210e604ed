"""Where a play is killed at a named place: its databases, its bus, and what must be left."""

from __future__ import annotations

import signal
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
from shared.failpoints import FAILPOINTS
from shared.testing.harness import TODAY
from tests.faults.failpoint_play import PETITIONS, POISONS, World, play
from tests.faults.forked import PROCESSES

SERVICES = ("intake", "review")
HITS = (1, 2, 5)


def places(*kinds: str) -> list[tuple[str, str]]:
    """The named places of some kinds of process, each with its kind."""
    return [(kind, name) for name, its in FAILPOINTS.items() for kind in its if kind in kinds]


def kill_and_count(world: World, kind: str, name: str) -> None:
    """Kill a process there at the first hit, again at the second, then at the fifth.

    What its plays were told to do is then there, once, and nothing else.
    """
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


def _played(world: World, kind: str = "", failpoint: str = "") -> int | None:
    child = PROCESSES.Process(target=play, args=(world, kind, failpoint))
    child.start()
    child.join(45)
    if child.exitcode is None:
        child.kill()
        child.join()
        pytest.fail("the play did not come to its end")
    return child.exitcode


def small_world(folder: Path, bus_url: str) -> World:
    databases = {service: f"sqlite:///{folder}/{service}.db" for service in SERVICES}
    return World(folder=folder, databases=databases, bus_url=bus_url, prefix="failpoint.")


def poison(world: World) -> None:
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
