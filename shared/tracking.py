"""The code on a receipt with which a petitioner without an account follows the petition.

It is derived and never stored: whoever copies the database learns no code.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
import uuid

from shared.ids import crockford

LENGTH = 10
TRACKING_LIMIT = "20/minute;200/hour"
"""How often one address may try a reference and a code, at each service that takes them."""
_MISREAD = str.maketrans("OIL", "011")


def tracking_code(key: bytes, petition_id: uuid.UUID) -> str:
    """Return the ten characters (50 bits) that belong to a petition under ``key``."""
    digest = hmac.new(key, petition_id.bytes, hashlib.sha256).digest()
    return crockford(digest, LENGTH)


def code_matches(key: bytes, petition_id: uuid.UUID, typed: str) -> bool:
    """Tell whether ``typed`` is the petition's code, in a time that does not depend on the answer.

    Small letters, spaces, hyphens, Arabic-Indic digits, O for 0 and I or L for 1 are forgiven.
    """
    expected = tracking_code(key, petition_id)
    return hmac.compare_digest(expected.encode(), _as_meant(typed).encode("utf-8", "replace"))


def _as_meant(typed: str) -> str:
    kept = "".join(_digit(sign) for sign in typed if _counts(sign))
    return kept.upper().translate(_MISREAD)


def _counts(sign: str) -> bool:
    """Spaces, hyphens and invisible signs (a pasted code brings bidi isolates) say nothing."""
    return not sign.isspace() and sign not in "-‐‑–" and unicodedata.category(sign) != "Cf"


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
