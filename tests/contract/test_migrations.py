"""Migrations: there and back, equal to the models, walls on every table, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect

from shared.db.engine import Database
from shared.db.migrations import config_for, is_current, metadata_of, migrate
from shared.db.wall import tables_without_wall
from shared.parts import WITH_DATABASE
from shared.testing.databases import service_database

pytestmark = pytest.mark.early(25)


@pytest.fixture(params=["postgresql", pytest.param("sqlite", marks=pytest.mark.embedded)])
def kind(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    return str(request.param)


def empty_database(kind: str, name: str, folder: Path, request: pytest.FixtureRequest) -> Database:
    """A database of a service without any table."""
    if kind == "sqlite":
        return Database(f"sqlite:///{folder}/{name}.db")
    server = request.getfixturevalue("postgres_url")
    process = request.getfixturevalue("process_name")
    return Database(service_database(server, f"{name}_migrated", process, fresh=True))


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_migrations_go_up_down_and_up_again(
    kind: str, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database = empty_database(kind, name, tmp_path, request)
    migrate(database, name)
    assert is_current(database, name)

    migrate(database, name, "base")
    left = set(inspect(database.engine).get_table_names())
    migrate(database, name)

    assert left <= {"alembic_version"}
    assert is_current(database, name)
    database.close()


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_migrations_make_exactly_the_tables_of_the_models(
    kind: str, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database = empty_database(kind, name, tmp_path, request)
    migrate(database, name)

    with database.engine.begin() as connection:
        command.check(config_for(name, connection=connection, metadata=metadata_of(name)))
    database.close()


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_every_table_of_an_authority_stands_behind_the_wall(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database = empty_database("postgresql", name, tmp_path, request)
    migrate(database, name)

    with database.engine.connect() as connection:
        assert tables_without_wall(connection) == []
    database.close()
