"""Keys: one master key per installation, everything else derived from it (HKDF, RFC 5869)."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

from shared.settings import PlatformSettings, SettingsError

KEPT_KEY = "master.key"
"""The file in DATA_DIR where an embedded system keeps the key that it made itself."""


def master_key(settings: PlatformSettings) -> bytes:
    """The 32 bytes of MASTER_KEY, or of a file made in DATA_DIR at the first embedded start.

    Raises ``SettingsError`` when the key is not 32 bytes in base64, or missing on a real broker.
    """
    if settings.master_key:
        return decoded_key(settings.master_key)
    if not settings.is_embedded:
        raise SettingsError("MASTER_KEY is needed: 32 random bytes in base64.")
    return decoded_key(_kept_key(settings.data_dir / KEPT_KEY))


def derived_key(master: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose, independent of those for any other."""
    # Imported with the first use: a relay has a master key and derives nothing from it.
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(master)


def client_secret(master: bytes, service: str) -> str:
    """The secret with which a service gets its own tokens from identity."""
    return derived_key(master, f"client-secret/{service}").hex()


def decoded_key(text: str) -> bytes:
    """The key behind its text; raises ``SettingsError`` for anything but 32 bytes in base64."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise SettingsError("MASTER_KEY is not base64.") from error
    if len(key) != 32:
        raise SettingsError(f"MASTER_KEY has {len(key)} bytes, not 32.")
    return key


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = base64.b64encode(secrets.token_bytes(32)).decode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    return made
