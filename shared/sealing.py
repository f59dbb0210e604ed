"""The cryptography under shared/db/personal.py and shared/files.py, without any database.

AES-256-GCM with random 96-bit nonces (NIST SP 800-38D); keys come from shared/keys.py.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import uuid
from dataclasses import dataclass

from shared.keys import derived_key

KEY_BYTES = 32
# The smallest box is nonce and tag, 28 bytes: an empty text.
TOKEN = re.compile(r"p1\.[0-9a-f]{32}\.[A-Za-z0-9_-]{38,}")
_NONCE_BYTES = 12


class SealedTextDamaged(Exception):
    """A sealed text or file was altered, or its key is not of this authority; no user's mistake."""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A token taken apart: the key it names and the sealed bytes."""

    key_id: uuid.UUID
    box: bytes

    def opened_with(self, key: bytes | None) -> str | None:
        """Return the text, or None when there is no key any more."""
        return None if key is None else open_bytes(key, self.box, self.key_id.bytes).decode()


def derive(key: bytes, *path: str) -> bytes:
    """Return a key of its own for ``path``; raises ValueError unless ``key`` has 32 bytes."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, this one has {len(key)}")
    # The length before each part keeps ("a", "bc") and ("ab", "c") apart.
    return derived_key(key, "".join(f"{len(part)}:{part}," for part in path))


def seal_bytes(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Return nonce and ciphertext; opening needs the same key and the same ``bound_to``."""
    # Imported with the first use: column types need this module in processes that never seal.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def open_bytes(key: bytes, box: bytes, bound_to: bytes) -> bytes:
    """Return what `seal_bytes` sealed; raises SealedTextDamaged when anything differs."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise SealedTextDamaged("a sealed text cannot be read") from error


def seal_text(key_id: uuid.UUID, key: bytes, text: str) -> str:
    """Return the token ``p1.<key id>.<base64>``, bound to the id of its key."""
    box = seal_bytes(key, text.encode(), key_id.bytes)
    return f"p1.{key_id.hex}.{base64.urlsafe_b64encode(box).rstrip(b'=').decode()}"


def parse_token(token: str) -> Sealed:
    """Take a token apart; raises SealedTextDamaged when it is none."""
    if TOKEN.fullmatch(token) is None:
        raise SealedTextDamaged("a sealed text cannot be read")
    _, key_id, box = token.split(".")
    try:
        decoded = base64.urlsafe_b64decode(box + "=" * (-len(box) % 4))
    except binascii.Error as error:
        raise SealedTextDamaged("a sealed text cannot be read") from error
    return Sealed(key_id=uuid.UUID(key_id), box=decoded)


def wrap(wrapping_key: bytes, key_id: uuid.UUID) -> bytes:
    """Return a fresh data key, wrapped and bound to its id; the clear key is kept nowhere."""
    return seal_bytes(wrapping_key, secrets.token_bytes(KEY_BYTES), key_id.bytes)


def unwrap(wrapping_key: bytes, key_id: uuid.UUID, wrapped: bytes) -> bytes:
    """Return the data key that `wrap` made; raises SealedTextDamaged under another master key."""
    return open_bytes(wrapping_key, wrapped, key_id.bytes)


def keyed_hash(key: bytes, text: str) -> str:
    """Return HMAC-SHA-256 of a text in hexadecimal (RFC 2104)."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
