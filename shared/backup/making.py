"""``arida backup``: takes every part of an installation as of one moment, while it runs."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, make_url, text

from shared.backup import log_part, postgres_cut, sqlite_cut
from shared.backup.manifest import (
    EMBEDDED,
    FORMAT,
    SERVERS,
    BackupRefused,
    LogPlace,
    Manifest,
    key_mark,
    pieces_in,
    write_manifest,
)
from shared.broker.connection import embedded_path
from shared.broker.log_reader import log_end
from shared.broker.topology import LOG
from shared.clock import now
from shared.context import default_database_url
from shared.keys import KEPT_KEY, master_key
from shared.parts import WITH_DATABASE, load_part
from shared.settings import PlatformSettings, load_settings

BUS, FILES, DATABASES = "bus.db", "files.tar", "databases"
SCHEMA = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What is known once all parts have their moment."""

    made_at: datetime
    log: LogPlace
    schemas: dict[str, str]


def make_backup(platform: PlatformSettings, target: Path) -> Manifest:
    """Write a backup into a new folder, or into one file where ``target`` ends in ``.tar``.

    Raises ``BackupRefused`` or ``BrokerUnavailable``; what was written by then is taken away.
    """
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise BackupRefused(f"{target} exists already: name another one")
    with _partial(target) as folder:
        kind = kind_of(platform)
        moment = _embedded(platform, folder) if kind == EMBEDDED else _servers(platform, folder)
        _take_files(platform, folder)
        manifest = Manifest(
            format=FORMAT,
            kind=kind,
            arida=version("arida"),
            made_at=moment.made_at,
            key=key_mark(master_key(platform)),
            log=moment.log,
            schemas=moment.schemas,
            parts=pieces_in(folder),
        )
        write_manifest(folder, manifest)
    return manifest


def database_urls() -> dict[str, str]:
    """The address of each service's database; raises ``SettingsError``."""
    platform = load_settings(PlatformSettings)
    found = {}
    for name in WITH_DATABASE:
        own = load_settings(load_part(name).settings, prefix=f"{name.upper()}_")
        found[name] = own.database_url or default_database_url(platform, name)
    return found


def kind_of(platform: PlatformSettings) -> str:
    """Whether everything lies in files or on servers; raises ``BackupRefused`` for a mixture."""
    in_files = {url.startswith("sqlite") for url in database_urls().values()}
    if in_files == {True} and platform.is_embedded:
        return EMBEDDED
    if in_files == {False} and not platform.is_embedded:
        return SERVERS
    raise BackupRefused("some databases are files and some on servers: back them up by themselves")


def sqlite_file(url: str) -> Path:
    """The file of a SQLite address."""
    return Path(make_url(url).database or "")


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A folder that becomes the target once the block ends well, and is taken away otherwise."""
    folder = target.with_name(f".{target.name}.partial")
    if folder.exists():
        raise BackupRefused(f"a backup into {target} runs, or was broken off: take {folder} away")
    folder.mkdir(mode=0o700, parents=True)
    try:
        (folder / DATABASES).mkdir()
        yield folder
        if target.suffix == ".tar":
            _pack(folder, target)
        else:
            folder.replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pack(folder: Path, target: Path) -> None:
    packed = target.with_name(f".{target.name}.new")
    packed.touch(mode=0o600)
    try:
        with tarfile.open(packed, "w") as archive:
            archive.add(folder, arcname=".")
        packed.replace(target)
    finally:
        packed.unlink(missing_ok=True)


def _embedded(platform: PlatformSettings, folder: Path) -> Moment:
    files = {name: sqlite_file(url) for name, url in database_urls().items()}
    # The bus comes last: what a service wrote is published after its commit.
    with sqlite_cut.one_moment({**files, "bus": embedded_path(platform.bus_url)}) as readers:
        made_at = now()
        bus = readers.pop("bus")
        for name, reader in readers.items():
            sqlite_cut.copy_to(reader, folder / DATABASES / f"{name}.db")
        sqlite_cut.copy_to(bus, folder / BUS)
        log = _embedded_log(bus, platform.broker_prefix + LOG)
        schemas = {name: str(one.execute(SCHEMA).fetchone()[0]) for name, one in readers.items()}
    kept = platform.data_dir / KEPT_KEY
    if not platform.master_key and kept.exists():
        (folder / KEPT_KEY).touch(mode=0o600)
        (folder / KEPT_KEY).write_bytes(kept.read_bytes())
    return Moment(made_at=made_at, log=log, schemas=schemas)


def _embedded_log(bus: sqlite3.Connection, queue: str) -> LogPlace:
    last, count = bus.execute(
        "SELECT coalesce(max(position), -1), count(*) FROM log WHERE queue = ?", (queue,)
    ).fetchone()
    return LogPlace(offset=int(last), events=int(count))


def _servers(platform: PlatformSettings, folder: Path) -> Moment:
    urls = database_urls()
    before = log_end(platform.bus_url, prefix=platform.broker_prefix)
    with postgres_cut.one_moment(urls) as seen:
        made_at = now()
        for name, (_connection, snapshot) in seen.items():
            postgres_cut.dump(urls[name], snapshot, folder / DATABASES / f"{name}.dump")
        connections = {name: connection for name, (connection, _snapshot) in seen.items()}
        log = log_part.take(platform, folder, connections, surely=before)
        schemas = {name: _schema(connection) for name, connection in connections.items()}
    return Moment(made_at=made_at, log=log, schemas=schemas)


def _schema(connection: Connection) -> str:
    return str(connection.execute(text(SCHEMA)).scalar_one())


def _take_files(platform: PlatformSettings, folder: Path) -> None:
    """The store of documents; a file is on the disk before any row names it, so none is missing."""
    store = platform.data_dir / "files"
    with tarfile.open(folder / FILES, "w") as archive:
        if store.is_dir():
            archive.add(store, arcname="files")
