"""The two hashes of the ledger: of one entry (RFC 6962, 2.1), and of everything up to it."""

from __future__ import annotations

from hashlib import sha256

LEAF_PREFIX = b"\x00"
GENESIS = bytes(32)
"""What the first entry is chained to."""


def leaf_hash(body: bytes) -> bytes:
    """SHA-256 over 0x00 and the event's bytes as they are stored; 32 bytes."""
    return sha256(LEAF_PREFIX + body).digest()


def chain_hash(previous: bytes, leaf: bytes) -> bytes:
    """SHA-256 over the chain hash before an entry and the entry's leaf hash; 32 bytes."""
    return sha256(previous + leaf).digest()
