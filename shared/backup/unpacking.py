"""Unpacks the archives of a backup: files and folders inside the target, and nothing else.

`tarfile`'s own filter for such data came with Python 3.11.4 (PEP 706), after Debian 12's 3.11.2.
"""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path

OWNERS, EVERYONES = 0o600, 0o755


def unpack(
    archive: tarfile.TarFile, folder: Path, members: Iterable[tarfile.TarInfo] | None = None
) -> None:
    """Unpack an archive, or some of its members, into a folder; their owner is who unpacks.

    Raises ``tarfile.TarError``, before anything is written, for a member that is neither a file nor
    a folder or that would lie elsewhere.
    """
    chosen = list(archive.getmembers() if members is None else members)
    root = folder.resolve()
    for member in chosen:
        is_plain = member.isreg() or member.isdir()
        if not is_plain or not (root / member.name).resolve().is_relative_to(root):
            raise tarfile.ExtractError(f"{member.name} does not belong into a backup")
    for member in chosen:
        _unpack_one(archive, member, root / member.name)


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    content = archive.extractfile(member)
    if content is None:
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as file:
        shutil.copyfileobj(content, file)
    target.chmod((member.mode | OWNERS) & EVERYONES)
