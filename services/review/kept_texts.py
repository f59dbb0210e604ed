"""Texts that travel as their hash: kept sealed among the files too, where the hash finds them.

What a row says is read from the row; the file is for a database that is filled from the log.
"""

from __future__ import annotations

import hashlib

from shared.files import FileMissing
from shared.unit_of_work import UnitOfWork


def hash_of(text: str) -> str:
    """How a text travels: as its SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def keep_text(uow: UnitOfWork, text: str) -> str:
    """Keep a text of the acting authority under its hash, which is returned."""
    return uow.context.files.put_text(text, authority=uow.authority)


def text_of(uow: UnitOfWork, sha256: str | None) -> str | None:
    """The text of a hash; None without a hash, or where the text is not kept any more."""
    if sha256 is None:
        return None
    try:
        kept = uow.context.files.open_own(sha256, authority=uow.authority, personal=True)
    except FileMissing:
        return None
    return kept.decode()
