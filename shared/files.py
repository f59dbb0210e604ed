"""The store of documents: content-addressed, encrypted when personal, on disk before the commit.

Each authority has a folder and a quota. A row keeps `StoredFile.stored_as`; a file whose commit
failed is only an unused copy, which `remove` takes away.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from shared import sealing
from shared.clock import now
from shared.errors import DomainError, InvalidInput, NotFound
from shared.file_types import media_type_of
from shared.quota import Quota

MAX_BYTES = 20 * 1024 * 1024
DEFAULT_QUOTA_BYTES = 10 * 1024**3
_AUTHORITY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_STORED_AS = re.compile(rf"({_AUTHORITY.pattern})/(clear|sealed)/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


class FileTooLarge(DomainError):
    """The file is over the limit for one document."""

    code = "too-large"
    status = 413


class FileEmpty(InvalidInput):
    """The file has no content."""


class FileMissing(NotFound):
    """No such file is kept here."""


class FileAltered(Exception):
    """What the disk holds is not what was stored: never a person's fault."""


class JustHandedIn(Exception):
    """The file cannot be removed yet: its content was handed in again."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A kept document: SHA-256 of its content, size in bytes, media type, and where it is kept."""

    sha256: str
    size: int
    media_type: str
    stored_as: str


class FileStore:
    """Documents of all authorities in one folder, at most ``quota_bytes`` for each authority."""

    def __init__(
        self, folder: Path, master_key: bytes, *, quota_bytes: int = DEFAULT_QUOTA_BYTES
    ) -> None:
        self._folder = folder
        self._master_key = master_key
        self._quota_bytes = quota_bytes

    def put(
        self,
        content: bytes | IO[bytes],
        *,
        authority: str,
        declared_name: str,
        personal: bool,
        owner_key: bytes = b"",
    ) -> StoredFile:
        """Keep a document; when this returns it survives a power cut, so commit after it.

        ``owner_key`` (`PersonalVault.file_key`) makes a personal file unreadable once that key is
        destroyed. Raises FileEmpty, FileTooLarge, FileTypeRefused or QuotaExceeded.
        """
        plain = _read(content)
        media_type = media_type_of(plain, declared_name=declared_name)
        sha256 = hashlib.sha256(plain).hexdigest()
        stored_as = self._keep_plain(
            plain, sha256, authority=authority, personal=personal, owner_key=owner_key
        )
        return StoredFile(
            sha256=sha256, size=len(plain), media_type=media_type, stored_as=stored_as
        )

    def put_own(
        self, content: bytes, *, authority: str, media_type: str, personal: bool
    ) -> StoredFile:
        """Keep a document that Arida made itself; as durable as ``put``, sealed when personal.

        Its type is known, so it may be one that nobody may hand in. Raises QuotaExceeded.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        stored_as = self._keep_plain(content, sha256, authority=authority, personal=personal)
        return StoredFile(
            sha256=sha256, size=len(content), media_type=media_type, stored_as=stored_as
        )

    def put_text(self, text: str, *, authority: str) -> str:
        """Keep a text that an act carries, sealed; returns the SHA-256 that finds it.

        It is counted, but a full quota does not stop an act: no file of anybody's came with it.
        """
        plain = text.encode()
        sha256 = hashlib.sha256(plain).hexdigest()
        stored_as = self._place(sha256, authority=authority, personal=True)
        key = self._key(authority, b"")
        box = sealing.seal_bytes(key, plain, stored_as.encode())
        self._keep(stored_as, box, must_fit=False)
        return sha256

    def open(self, stored_as: str, *, owner_key: bytes = b"") -> bytes:
        """Return the content; it is checked against its hash or seal on the way.

        Raises FileMissing when it is gone, FileAltered or (if sealed, or under another owner key)
        SealedTextDamaged when it is not what was stored.
        """
        try:
            box = self._path(stored_as).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing("This document is not kept here.") from error
        authority, kind, _, name = stored_as.split("/")
        if kind == "sealed":
            return sealing.open_bytes(self._key(authority, owner_key), box, stored_as.encode())
        if hashlib.sha256(box).hexdigest() != name:
            raise FileAltered(f"the content of {stored_as} does not have its hash")
        return box

    def open_own(self, sha256: str, *, authority: str, personal: bool) -> bytes:
        """Return what ``put_own`` kept, found by the SHA-256 of its content in hexadecimal.

        Raises FileMissing where nothing of that hash is kept; else as ``open``.
        """
        return self.open(self._place(sha256, authority=authority, personal=personal))

    def remove(self, stored_as: str, *, idle_seconds: float = 0.0) -> bool:
        """Remove a file that no row names any more; False when it was not there.

        Raises ``JustHandedIn`` for content that came (again) within the last ``idle_seconds``: who
        handed it in may not have committed yet.
        """
        path = self._path(stored_as)
        with self._quota(stored_as.partition("/")[0]).held() as account:
            if not path.exists():
                return False
            if now().timestamp() < path.stat().st_mtime + idle_seconds:
                raise JustHandedIn(stored_as)
            account.used -= path.stat().st_size
            path.unlink()
        return True

    def used_bytes(self, authority: str) -> int:
        """Return what the authority's files take on the disk."""
        with self._quota(authority).held() as account:
            return account.used

    def _keep_plain(
        self,
        plain: bytes,
        sha256: str,
        *,
        authority: str,
        personal: bool,
        owner_key: bytes = b"",
    ) -> str:
        """Keep content under its name, sealed when personal; returns where."""
        stored_as = self._place(sha256, authority=authority, personal=personal, owner_key=owner_key)
        key = self._key(authority, owner_key)
        box = sealing.seal_bytes(key, plain, stored_as.encode()) if personal else plain
        self._keep(stored_as, box)
        return stored_as

    def _place(self, sha256: str, *, authority: str, personal: bool, owner_key: bytes = b"") -> str:
        name = self._sealed_name(authority, sha256, owner_key) if personal else sha256
        kind = "sealed" if personal else "clear"
        return f"{authority}/{kind}/{name[:2]}/{name}"

    def _keep(self, stored_as: str, box: bytes, *, must_fit: bool = True) -> None:
        path = self._path(stored_as)
        with self._quota(stored_as.partition("/")[0]).held() as account:
            if path.exists():
                path.touch()
                return
            account.take(len(box), must_fit=must_fit)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(path, box)

    def _quota(self, authority: str) -> Quota:
        if _AUTHORITY.fullmatch(authority) is None:
            raise ValueError("an authority's code has small letters, digits and hyphens")
        return Quota(self._folder / authority, limit=self._quota_bytes)

    def _path(self, stored_as: str) -> Path:
        if _STORED_AS.fullmatch(stored_as) is None:
            raise ValueError("this is not a place in the store of files")
        return self._folder / stored_as

    def _key(self, authority: str, owner_key: bytes) -> bytes:
        return sealing.derive(self._master_key, "file", authority, owner_key.hex())

    def _sealed_name(self, authority: str, sha256: str, owner_key: bytes) -> str:
        # A plain hash as a name would let whoever sees the folder prove that a known file is in it.
        key = sealing.derive(self._master_key, "file name", authority, owner_key.hex())
        return sealing.keyed_hash(key, sha256)


def _read(content: bytes | IO[bytes]) -> bytes:
    plain = content if isinstance(content, bytes) else content.read(MAX_BYTES + 1)
    if not plain:
        raise FileEmpty("The file is empty.", field="file", remedy="Choose the file again.")
    if len(plain) > MAX_BYTES:
        raise FileTooLarge(
            "The file is larger than %(limit)s MB.",
            field="file",
            remedy="Split the document or scan it at a lower resolution.",
            limit=MAX_BYTES // 1024 // 1024,
        )
    return plain


def _write_durably(path: Path, box: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(box)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    # The name and the folders above it must be on the disk as well, not only the content.
    for folder in path.parents[:3]:
        _fsync_folder(folder)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
