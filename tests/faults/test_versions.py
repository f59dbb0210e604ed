"""Two releases at work side by side: what the older one does not know waits for the newer one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shared.broker import topology
from shared.broker.connection import connect
from shared.broker.status import bus_status
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.ids import new_id
from shared.testing.databases import service_database
from tests.faults.failpoint_play import World, opened
from tests.faults.forked import PROCESSES
from tests.faults.newer_program import DRAFT_AND_FILE, NEWER, OLDER, file_some, relay, work
from tests.faults.patience import moves_until

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture
def world(tmp_path: Path, postgres_url: str, broker_url: str, process_name: str) -> Iterator[World]:
    """Databases and a corner of the broker of the test's own."""
    databases = {
        service: service_database(postgres_url, f"{service}_versions", process_name)
        for service in ("intake", "review")
    }
    prefix = f"versions-{new_id()}."
    yield World(folder=tmp_path, databases=databases, bus_url=broker_url, prefix=prefix)
    connection = connect(broker_url)
    topology.remove(connection, prefix=prefix)
    connection.release()


def test_a_newer_version_waits_beside_an_older_consumer_and_is_applied_by_the_newer_one(
    world: World,
) -> None:
    """Both releases file, the older one consumes; then the newer takes over while both file on."""
    with opened(world) as (intake, review), ExitStack() as processes:
        processes.enter_context(_running(relay, world))
        older = processes.enter_context(_running(work, world, False))
        _file(world, "before")

        assert _comes_to(review, cases=DRAFT_AND_FILE, parked=3 * DRAFT_AND_FILE // 2)
        assert Counter(_parked(review)) == {
            "unknown-type": DRAFT_AND_FILE,
            "early": DRAFT_AND_FILE // 2,
        }

        processes.enter_context(_running(work, world, True))
        with _running(file_some, world, True, "meanwhile") as filing:
            older.kill()
            filing.join(120)
        _file(world, "after")

        assert _comes_to(review, cases=5 * DRAFT_AND_FILE, parked=0)
        told = Counter(row[0] for row in _ask(intake, "SELECT type FROM history"))
        assert (told[OLDER], told[NEWER]) == (2 * DRAFT_AND_FILE, 3 * DRAFT_AND_FILE)
        filed = _ask(intake, "SELECT id, reference FROM petition WHERE state = 'filed'")
        assert sorted(_ask(review, 'SELECT id, reference FROM "case"')) == sorted(filed)
        assert _ask(review, "SELECT subject FROM inbox_cursor WHERE is_stopped") == []
        assert _ask(review, "SELECT subject FROM inbox_attempt WHERE failed > 0") == []
        assert _dead(world) == 0


@contextmanager
def _running(target: Callable[..., None], *arguments: Any) -> Iterator[Any]:
    """A process of its own; killed at the end if it still runs."""
    process = PROCESSES.Process(target=target, args=arguments)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join(10)


def _file(world: World, name: str) -> None:
    """Let both releases file at the same time."""
    with (
        _running(file_some, world, False, f"{name}-older") as older,
        _running(file_some, world, True, f"{name}-newer") as newer,
    ):
        for process in (older, newer):
            process.join(120)
            assert process.exitcode == 0


def _comes_to(review: ServiceContext, *, cases: int, parked: int) -> bool:
    def seen() -> tuple[int, int]:
        return len(_ask(review, 'SELECT id FROM "case"')), len(_parked(review))

    return moves_until(lambda: seen() == (cases, parked), seen)


def _parked(review: ServiceContext) -> list[str]:
    return [str(row[0]) for row in _ask(review, "SELECT reason FROM inbox_parked")]


def _ask(context: ServiceContext, sql: str) -> list[Any]:
    with context.database.read(EVERY_AUTHORITY) as session:
        return [tuple(row) for row in session.execute(text(sql))]


def _dead(world: World) -> int:
    found = bus_status(world.bus_url, prefix=world.prefix)
    return next(one.ready for one in found if one.name == f"{world.prefix}review.dead")
