"""The one step of a document: it is issued, and from then on it stays as it is."""

from __future__ import annotations

from enum import StrEnum

from shared.events.documents import DocumentIssued


class DocumentState(StrEnum):
    """A prepared document exists only inside the transaction that issues it."""

    PREPARED = "prepared"
    ISSUED = "issued"


TRANSITIONS = [
    {"trigger": "issue", "source": "prepared", "dest": "issued", "event": DocumentIssued},
]
