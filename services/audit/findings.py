"""What a replay finds to differ, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_FINDINGS = 1000
"""A ledger that is wrong all over is as wrong with a thousand findings as with a million."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One difference: which subject or entry, and ``reason`` as a code (services/audit/reasons.py).

    ``fields`` names each field that differs, with what the ledger and the live service say.
    """

    subject: str
    sequence: int
    reason: str
    index: int | None = None
    event: str | None = None
    fields: Mapping[str, Mapping[str, Any]] | None = None
