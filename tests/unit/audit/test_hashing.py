"""The hashes are those of RFC 6962, whose published leaf hashes are met."""

from __future__ import annotations

import hashlib

from services.audit.hashing import GENESIS, chain_hash, leaf_hash


def test_the_empty_leaf_has_the_hash_that_everybody_computes() -> None:
    expected = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"").hex() == expected


def test_a_chain_hash_depends_on_everything_before_it() -> None:
    one, two = leaf_hash(b"one"), leaf_hash(b"two")

    assert chain_hash(GENESIS, one) == hashlib.sha256(bytes(32) + one).digest()
    assert chain_hash(chain_hash(GENESIS, one), two) != chain_hash(chain_hash(GENESIS, two), one)
