"""The races of the council: where two acts meet, and which of them a test lets come first.

Each row is the name of a race with its two acts. A test says with ``@race(row, first=act)`` which
order of arrival it plays; ``test_table.py`` fails while a row lacks a test of one order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., Any])

RACES: dict[str, tuple[str, str]] = {
    "withdrawal and bureau decision": ("withdrawal", "decision"),
    "withdrawal and vote": ("withdrawal", "vote"),
    "completion and notice of the refusal": ("completion", "notice"),
    "missed refusal term and acceptance": ("term", "acceptance"),
    "signatures struck out and admission": ("finding", "admission"),
    "opinion and lapse": ("opinion", "lapse"),
    "opinion and vote": ("opinion", "vote"),
    "withdrawal and draft of a body": ("withdrawal", "draft"),
    "session moved and draft of a body": ("session", "draft"),
    "governor's item and notice": ("item", "notice"),
    "withdrawal and notice": ("withdrawal", "notice"),
    "mandatory item and notice": ("item", "notice"),
    "failed notice and its last day": ("failure", "last day"),
    "failed notice and opening": ("failure", "opening"),
    "e-mail that bounced and last day": ("bounce", "last day"),
    "opposition and enforceability": ("opposition", "enforceability"),
    "earlier end of a mandate and count": ("end", "count"),
    "count and its finding": ("count", "finding"),
    "departure and opening": ("departure", "opening"),
    "recusal and opening": ("recusal", "opening"),
    "end of a role and act": ("end", "act"),
    "holiday and running term": ("holiday", "term"),
    "moved term and its notice": ("move", "sending"),
    "holiday and day of a consultation": ("holiday", "request"),
    "holiday and lapse of a consultation": ("holiday", "lapse"),
    "changed local rule and day of a consultation": ("rule", "request"),
    "moved day of a consultation and its letter": ("move", "sending"),
    "changed local rule and running term": ("rule", "term"),
    "postponed session and its items": ("postponement", "vote"),
    "postponed session and opinion": ("postponement", "opinion"),
    "two secretaries record a vote": ("first secretary", "second secretary"),
    "two decisions of the bureau": ("admission", "refusal"),
    "hand-in and opening of the case": ("hand-in", "opening"),
    "act and opening of the case": ("act", "opening"),
    "erasure and open clock": ("erasure", "closing"),
    "erasure and pending notice": ("erasure", "notice"),
}
"""Row of the design's table -> its two acts."""

ORDER = "_race"
"""The attribute of a test that holds its row and the act that comes first."""


def race(row: str, *, first: str) -> Callable[[Test], Test]:
    """Say of a test which row of the table it plays, and which of the two acts arrives first."""
    if first not in RACES[row]:
        raise ValueError(f"{first} is no act of the race '{row}'")

    def declare(test: Test) -> Test:
        setattr(test, ORDER, (row, first))
        return test

    return declare
