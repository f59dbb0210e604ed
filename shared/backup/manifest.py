"""The manifest of a backup: what it holds, of which moment, and how each part is checked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from shared.converting import decoder_of
from shared.keys import derived_key

NAME = "manifest.json"
FORMAT = 1
EMBEDDED, SERVERS = "embedded", "servers"


class BackupRefused(Exception):
    """A backup that cannot be made or put back; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One file of a backup."""

    sha256: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class LogPlace:
    """Where the log ended: the offset of its last event (-1: none) as its broker counts."""

    offset: int
    events: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A whole backup; ``schemas`` has the newest migration of each service's database.

    ``key`` recognises the master key and tells nothing of it. ``made_at`` is the moment that all
    parts have in common (UTC).
    """

    format: int
    kind: str
    arida: str
    made_at: datetime
    key: str
    log: LogPlace
    schemas: dict[str, str]
    parts: dict[str, Piece]


def key_mark(master_key: bytes) -> str:
    """What a backup recognises its master key by, and what does not lead back to it."""
    return sha256(derived_key(master_key, "backup-mark")).hexdigest()


def piece_of(path: Path) -> Piece:
    """Hash one file."""
    digest = sha256()
    with path.open("rb") as file:
        while some := file.read(1 << 20):
            digest.update(some)
    return Piece(sha256=digest.hexdigest(), bytes=path.stat().st_size)


def pieces_in(folder: Path) -> dict[str, Piece]:
    """Hash every file of a folder but the manifest."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): piece_of(path) for path in paths}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest; whatever has one is whole."""
    plain: dict[str, Any] = asdict(manifest)
    plain["made_at"] = manifest.made_at.isoformat()
    (folder / NAME).write_text(json.dumps(plain, indent=2, sort_keys=True) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """Read a manifest and hold every part against it.

    Raises ``BackupRefused`` for a folder that is no backup, is not whole, or was altered.
    """
    path = folder / NAME
    if not path.is_file():
        raise BackupRefused(f"{folder} is no whole backup: it has no {NAME}")
    try:
        manifest = decoder_of(Manifest).decode(path.read_bytes())
    except msgspec.MsgspecError as error:
        raise BackupRefused(f"{NAME} cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise BackupRefused(f"this program reads backups of format {FORMAT}, not {manifest.format}")
    found = pieces_in(folder)
    wrong = {name for name, piece in manifest.parts.items() if found.get(name) != piece}
    wrong |= found.keys() - manifest.parts.keys()
    if wrong:
        raise BackupRefused(f"not as the manifest says: {', '.join(sorted(wrong))}")
    return manifest
