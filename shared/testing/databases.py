"""Pytest plugin: a harness for any service, on PostgreSQL and on SQLite.

On PostgreSQL each service gets a database and a role of its own that is no superuser, so that
row-level security holds in tests as it does in production.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from shared.clock import monotonic, sleep
from shared.db.engine import Database
from shared.db.migrations import migrate
from shared.testing.harness import Harness

MakeHarness = Callable[[str], Harness]
PATIENCE_SECONDS = 20.0

_MADE: set[str] = set()
"""The addresses of databases that this process knows to be there."""


# The embedded story runs every service on SQLite; service by service is for long runs.
SQLITE = pytest.param("sqlite", marks=[pytest.mark.embedded, pytest.mark.long])


@pytest.fixture(params=["postgresql", SQLITE])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database a portable test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A migrated SQLite file of a service, made once a process; tests take copies of it."""
    folder = tmp_path_factory.mktemp("templates")

    def template(service: str) -> Path:
        path = folder / f"{service}.db"
        if not path.exists():
            database = Database(f"sqlite:///{path}")
            migrate(database, service)
            database.close()
        return path

    return template


@pytest.fixture
def harness_on(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    sqlite_templates: Callable[[str], Path],
) -> Iterator[Any]:
    """``harness_on(service, kind)`` opens a harness; all are closed after the test."""
    opened: list[Harness] = []

    def open_harness(service: str, kind: str = "postgresql", **environ: str) -> Harness:
        url = f"sqlite:///{tmp_path}/{service}.db"
        if kind == "postgresql":
            server = request.getfixturevalue("postgres_url")
            url = service_database(server, service, request.getfixturevalue("process_name"))
        elif not (tmp_path / f"{service}.db").exists():
            shutil.copyfile(sqlite_templates(service), tmp_path / f"{service}.db")
        opened.append(Harness(service, database_url=url, folder=tmp_path, environ=environ))
        opened[-1].know_authority()
        return opened[-1]

    yield open_harness
    for harness in opened:
        harness.close()


def service_database(server_url: str, service: str, process: str, *, fresh: bool = False) -> str:
    """Make the role and database of a service for one test process; returns its address.

    ``fresh`` drops what an earlier run left in it.
    """
    name = f"arida_{service}_{process}"
    address = make_url(server_url).set(username=name, database=name).render_as_string(False)
    if address in _MADE and not fresh:
        return address
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        roles = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
        if connection.execute(roles, {"name": name}).scalar() is None:
            connection.execute(text(f'CREATE ROLE "{name}" LOGIN'))
        if fresh:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        databases = text("SELECT 1 FROM pg_database WHERE datname = :name")
        if connection.execute(databases, {"name": name}).scalar() is None:
            connection.execute(text(f'CREATE DATABASE "{name}" OWNER "{name}"'))
    server.dispose()
    _MADE.add(address)
    return address


def wait_for_a_waiter(database_url: str) -> None:
    """Return once a transaction of this PostgreSQL database waits for another's lock."""
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    until = monotonic() + PATIENCE_SECONDS
    with engine.connect() as connection:
        while not connection.execute(waiting).scalar_one():
            if monotonic() > until:
                pytest.fail("Nobody waits for a lock.")
            sleep(0.01)
    engine.dispose()
