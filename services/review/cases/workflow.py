"""The states of a case and the steps between them."""

from __future__ import annotations

from enum import StrEnum

from shared.events.cases import CaseOpened


class CaseState(StrEnum):
    """From filing on, the case decides."""

    NEW = "new"
    OPEN = "open"


TRANSITIONS = [
    {"trigger": "open", "source": "new", "dest": "open", "event": CaseOpened},
]
