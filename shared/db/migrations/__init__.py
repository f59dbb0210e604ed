"""Migrations of every service through one Alembic environment: numbered files beside its models.

Alembic is imported where a schema is changed; whoever only asks for the revision does without.
"""

# ruff: noqa: PLC0415 - see above.

from __future__ import annotations

import importlib
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData, inspect, text

from shared.db.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
SERVICES_FOLDER = HERE.parents[2] / "services"


def config_for(service: str, **attributes: Any) -> Config:
    """Alembic's configuration for one service."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_locations", str(SERVICES_FOLDER / service / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(attributes)
    return config


def metadata_of(service: str) -> MetaData:
    """The tables that a service's models declare."""
    metadata: MetaData = importlib.import_module(f"services.{service}.models").Base.metadata
    return metadata


def migrate(database: Database, service: str, revision: str = "head") -> None:
    """Bring a database to ``revision``; safe to repeat and to run from several processes."""
    from alembic import command

    with database.engine.begin() as connection:
        config = config_for(service, connection=connection)
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def newest(service: str) -> str:
    """The revision that this program's code expects."""
    return _newest(service)


@cache
def _newest(service: str) -> str:
    files = (SERVICES_FOLDER / service / "migrations").glob("[0-9][0-9][0-9][0-9]_*.py")
    numbers = [file.name[:4] for file in files]
    if not numbers:
        raise LookupError(f"{service} has no migrations")
    return max(numbers)


def is_current(database: Database, service: str) -> bool:
    """Whether the database has exactly the revision that the code expects."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return found == [newest(service)]


def new_migration(service: str, message: str) -> None:
    """Write the next numbered migration file of a service from its models.

    It is compared with an empty SQLite database brought to the newest revision.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/{service}.db")
        migrate(database, service)
        write_migration(database, service, f"{int(newest(service)) + 1:04d}", message)
        database.close()


def write_migration(database: Database, service: str, number: str, message: str) -> None:
    """Write a new migration file from the difference between models and database."""
    from alembic import command

    with database.engine.connect() as connection:
        config = config_for(service, connection=connection, metadata=metadata_of(service))
        command.revision(config, message=message, autogenerate=True, rev_id=number)
