"""One moment of several PostgreSQL databases, and their dumps as of it.

Whoever emits an event writes to its outbox: while all outboxes are locked no database can know of
an event that its owner's snapshot lacks. The locks are held for as long as it takes to open the
snapshots.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from shared.backup.manifest import BackupRefused
from shared.clock import monotonic, sleep
from shared.db.engine import EVERY_AUTHORITY

LEAVE_SECONDS = 2.0
LOCK = "SET LOCAL lock_timeout = '10s'"
TABLE = re.compile(r" TABLE public (\S+) ")
INSTALLED = Path("/usr/lib/postgresql")


@contextmanager
def one_moment(urls: Mapping[str, str]) -> Iterator[dict[str, tuple[Connection, str]]]:
    """For each database a connection that sees the moment, and the name of its snapshot.

    Raises ``BackupRefused`` when a database is away or its outbox stays locked.
    """
    with ExitStack() as stack:
        engines = {name: _engine(url, stack) for name, url in urls.items()}
        try:
            locks = [stack.enter_context(engine.connect()) for engine in engines.values()]
            for lock in locks:
                lock.execute(text(LOCK))
                lock.execute(text("LOCK TABLE outbox IN EXCLUSIVE MODE"))
            found = {name: _snapshot(engine, stack) for name, engine in engines.items()}
            for lock in locks:
                lock.rollback()
        except OperationalError as error:
            raise BackupRefused(f"a database is away or stays locked: {error.orig}") from error
        yield found


def dump(url: str, snapshot: str, target: Path) -> None:
    """Write a database as of a snapshot with pg_dump; raises ``BackupRefused`` with its words."""
    _run(
        "pg_dump",
        url,
        "--format=custom",
        f"--snapshot={snapshot}",
        "--no-owner",
        "--no-privileges",
        # The owner is held to row-level security too; its rule lets pass who works for everybody.
        "--enable-row-security",
        f"--file={target}",
    )


def put_back(url: str, source: Path) -> None:
    """Replace what a database holds by a dump, all of it or nothing; raises ``BackupRefused``."""
    wanted = source.with_suffix(".list")
    listed = _without_what_others_own(source)
    wanted.write_text(listed)
    _drop_tables_but(url, set(TABLE.findall(listed)))
    try:
        _run(
            "pg_restore",
            url,
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            f"--use-list={wanted}",
            str(source),
        )
    finally:
        wanted.unlink()


def others_left(url: str) -> int:
    """How many other clients still use the database; one that just ended has a moment to leave."""
    until = monotonic() + LEAVE_SECONDS
    while (others := _others_connected(url)) and monotonic() < until:
        sleep(0.05)
    return others


def _others_connected(url: str) -> int:
    with ExitStack() as stack:
        connection = stack.enter_context(_engine(url, stack).connect())
        counted = connection.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                # The server's own work, such as a vacuum, is none of a client's.
                " AND backend_type = 'client backend'"
            )
        )
        return int(counted or 0)


def program(name: str) -> str:
    """The path of a client program; raises ``BackupRefused`` that says what to install."""
    found = shutil.which(name)
    versions = sorted(INSTALLED.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if found is None and not versions:
        raise BackupRefused(f"{name} is not installed: install Debian's postgresql-client")
    return found or str(versions[-1])


def _engine(url: str, stack: ExitStack) -> Engine:
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    stack.callback(engine.dispose)
    return engine


def _snapshot(engine: Engine, stack: ExitStack) -> tuple[Connection, str]:
    connection = stack.enter_context(engine.connect())
    connection.execution_options(isolation_level="REPEATABLE READ")
    connection.execute(
        text("SELECT set_config('arida.authority', :all, false)"), {"all": EVERY_AUTHORITY}
    )
    name: str = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    return connection, name


def _drop_tables_but(url: str, kept: set[str]) -> None:
    """Take away the tables of a later schema, which migrations would find in their way."""
    with ExitStack() as stack:
        connection = stack.enter_context(_engine(url, stack).begin())
        there = set(inspect(connection).get_table_names())
        for table in sorted(there - kept):
            connection.execute(text(f'DROP TABLE "{table}" CASCADE'))


def _without_what_others_own(source: Path) -> str:
    """The list of a dump's parts without extensions, which belong to who made the database."""
    listed = _run("pg_restore", None, "--list", str(source))
    left = (line for line in listed.splitlines() if " EXTENSION " not in line)
    return "\n".join(left) + "\n"


def _run(name: str, url: str | None, *options: str) -> str:
    environ = {**os.environ, "PGOPTIONS": f"-c arida.authority={EVERY_AUTHORITY}"}
    if url is not None:
        parts = make_url(url)
        # A password on a command line could be read by everybody on the machine.
        environ |= {"PGPASSWORD": parts.password} if parts.password else {}
        options = (f"--dbname={_address(url)}", *options)
    done = subprocess.run(  # noqa: S603 - a client program found by its name, no shell.
        [program(name), *options], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupRefused(f"{name}: {said[-1] if said else done.returncode}")
    return done.stdout


def _address(url: str) -> str:
    address = make_url(url).set(drivername="postgresql", password=None)
    return address.render_as_string(hide_password=False)
