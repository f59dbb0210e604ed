"""``arida restore``: puts a backup back, whole or one service's part, then reads the later log."""

from __future__ import annotations

import os
import shutil
import socket
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from shared.backup import log_part, postgres_cut
from shared.backup.making import BUS, DATABASES, FILES, database_urls, kind_of, sqlite_file
from shared.backup.manifest import (
    EMBEDDED,
    BackupRefused,
    Manifest,
    key_mark,
    read_manifest,
)
from shared.backup.unpacking import unpack
from shared.broker.connection import BrokerUnavailable, embedded_path
from shared.db.engine import EVERY_AUTHORITY
from shared.db.migrations import newest
from shared.keys import KEPT_KEY, decoded_key
from shared.run_file import read_run_file
from shared.settings import PlatformSettings
from shared.terminal import reason_of

ANSWER_SECONDS = 2.0
FILLED = ("history", "inbox_event", "known_authority")
"""A database with a row in one of these tables is not empty."""


class PartlyRestored(BackupRefused):
    """Some parts are those of the backup by now, and others are not; ``names`` are done."""

    def __init__(self, names: Sequence[str], reason: str) -> None:
        super().__init__(reason)
        self.names = names


@contextmanager
def opened(source: Path) -> Iterator[Path]:
    """The folder of a backup, unpacked where it is one file; raises ``BackupRefused``."""
    if source.is_dir():
        yield source
        return
    if not source.is_file():
        raise BackupRefused(f"{source} does not exist")
    with tempfile.TemporaryDirectory(prefix="arida-restore-", dir=source.parent) as folder:
        try:
            with tarfile.open(source) as archive:
                unpack(archive, Path(folder))
        except tarfile.TarError as error:
            raise BackupRefused(f"{source} cannot be unpacked: {error}") from error
        yield Path(folder)


def put_back(
    platform: PlatformSettings, folder: Path, services: Sequence[str], *, force: bool
) -> Manifest:
    """Put back the parts of these services; of all of them also files, key and bus.

    Everything is checked before anything is changed. Raises ``BackupRefused``, and
    ``PartlyRestored`` when a server broke off between two databases.
    """
    manifest = read_manifest(folder)
    is_whole = set(services) == set(manifest.schemas)
    _check(platform, folder, manifest, services)
    _check_still(platform, manifest, services)
    if not force:
        _check_empty(platform, services, with_bus=is_whole)
    # Documents first: they replace nothing, and on a full disk nothing else has been touched yet.
    _put_files_back(platform, folder, services)
    if manifest.kind == EMBEDDED:
        _put_sqlite_back(platform, folder, services, is_whole=is_whole)
    else:
        _put_servers_back(platform, folder, services, is_whole=is_whole)
    return manifest


def _check(
    platform: PlatformSettings, folder: Path, manifest: Manifest, services: Sequence[str]
) -> None:
    here = kind_of(platform)
    if manifest.kind != here:
        raise BackupRefused(f"a backup of kind {manifest.kind} does not fit a system of {here}")
    unknown = sorted(set(services) - set(manifest.schemas))
    if unknown:
        raise BackupRefused(f"the backup has no {', '.join(unknown)}")
    for name in services:
        if manifest.schemas[name] > newest(name):
            raise BackupRefused(f"the backup of {name} is of a newer program: upgrade this one")
    if manifest.key != key_mark(_key(platform, folder)):
        raise BackupRefused("the backup was made under another MASTER_KEY: bring that one")


def _key(platform: PlatformSettings, folder: Path) -> bytes:
    """The key that will hold once the backup is back; never makes one."""
    if platform.master_key:
        return decoded_key(platform.master_key)
    for kept in (platform.data_dir / KEPT_KEY, folder / KEPT_KEY):
        if kept.exists():
            return decoded_key(kept.read_text())
    raise BackupRefused("MASTER_KEY is needed: the backup does not hold it")


def _check_still(platform: PlatformSettings, manifest: Manifest, services: Sequence[str]) -> None:
    """Refuse while the system runs: what it writes meanwhile would be lost or in between."""
    if manifest.kind == EMBEDDED:
        running = read_run_file(platform.data_dir)
        if running is not None and _answers(running.url):
            raise BackupRefused(f"the system at {running.url} runs: stop it first")
        return
    urls = database_urls()
    for name in services:
        try:
            others = postgres_cut.others_left(urls[name])
        except OperationalError as error:
            raise BackupRefused(f"the database of {name} is away: {error.orig}") from error
        if others:
            raise BackupRefused(f"{others} sessions use the database of {name}: stop it first")


def _answers(url: str) -> bool:
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname, address.port), ANSWER_SECONDS).close()
    except OSError:
        return False
    return True


def _check_empty(platform: PlatformSettings, services: Sequence[str], *, with_bus: bool) -> None:
    urls = database_urls()
    full = [name for name in services if _has_rows(urls[name])]
    if with_bus and platform.is_embedded and embedded_path(platform.bus_url).exists():
        full.append("the bus")
    if with_bus and any((platform.data_dir / "files").glob("*/*/*/*/*")):
        full.append("the files")
    if full:
        raise BackupRefused(f"not empty: {', '.join(full)}; --force replaces what is there")


def _has_rows(url: str) -> bool:
    if url.startswith("sqlite") and not sqlite_file(url).exists():
        return False
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            if not url.startswith("sqlite"):
                name = {"all": EVERY_AUTHORITY}
                connection.execute(text("SELECT set_config('arida.authority', :all, false)"), name)
            there = set(inspect(connection).get_table_names()) & set(FILLED)
            return any(
                connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()  # noqa: S608
                for table in sorted(there)
            )
    except DatabaseError:
        if not url.startswith("sqlite"):
            raise
        # A file that is broken is not empty, and mostly why somebody restores.
        return True
    finally:
        engine.dispose()


def _put_servers_back(
    platform: PlatformSettings, folder: Path, services: Sequence[str], *, is_whole: bool
) -> None:
    urls, done = database_urls(), list[str]()
    try:
        for name in services:
            postgres_cut.put_back(urls[name], folder / DATABASES / f"{name}.dump")
            done.append(name)
        if is_whole:
            log_part.put_back(platform, folder)
    except (BackupRefused, BrokerUnavailable, DatabaseError) as error:
        if not done:
            raise
        raise PartlyRestored(done, reason_of(error)) from error


def _put_sqlite_back(
    platform: PlatformSettings, folder: Path, services: Sequence[str], *, is_whole: bool
) -> None:
    urls = database_urls()
    files = {sqlite_file(urls[name]): folder / DATABASES / f"{name}.db" for name in services}
    if is_whole:
        files[embedded_path(platform.bus_url)] = folder / BUS
    _replace_all(files)
    kept = platform.data_dir / KEPT_KEY
    if is_whole and (folder / KEPT_KEY).exists() and not kept.exists():
        kept.touch(mode=0o600)
        kept.write_bytes((folder / KEPT_KEY).read_bytes())


def _replace_all(files: Mapping[Path, Path]) -> None:
    """Put files (values) in the places of others (keys), without the journals of what was there.

    All are on the disk before the first takes its place, so a full disk changes nothing.
    """
    beside = {target: target.with_name(f".{target.name}.new") for target in files}
    try:
        for target, source in files.items():
            _copy(source, beside[target])
        for target, new in beside.items():
            for journal in ("-wal", "-shm"):
                target.with_name(target.name + journal).unlink(missing_ok=True)
            new.replace(target)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)


def _copy(source: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, new)
    with new.open("rb") as file:
        os.fsync(file.fileno())


def _put_files_back(platform: PlatformSettings, folder: Path, services: Sequence[str]) -> None:
    """Add the documents of these services; a file has its content's name, so none is overwritten
    by another."""
    mine = tuple(f"files/{name}/" for name in services)
    with tarfile.open(folder / FILES) as archive:
        members = [one for one in archive.getmembers() if f"{one.name}/".startswith(mine)]
        unpack(archive, platform.data_dir, members)
