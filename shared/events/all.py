"""Imports every event file, so that the catalogue is whole."""

from __future__ import annotations

from shared.events import (
    authorities,
    bounces,
    cases,
    consultations,
    corrections,
    council,
    decisions,
    documents,
    duties,
    erasures,
    items,
    ledger,
    letters,
    notice_failures,
    notices,
    opinions,
    petitions,
    sessions,
    sittings,
)

__all__ = [
    "authorities",
    "bounces",
    "cases",
    "consultations",
    "corrections",
    "council",
    "decisions",
    "documents",
    "duties",
    "erasures",
    "items",
    "ledger",
    "letters",
    "notice_failures",
    "notices",
    "opinions",
    "petitions",
    "sessions",
    "sittings",
]
