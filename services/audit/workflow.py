"""The states of a divergence."""

from __future__ import annotations

from enum import StrEnum

from shared.events.ledger import DivergenceFound


class DivergenceState(StrEnum):
    """A divergence stays open until somebody has explained it."""

    NEW = "new"
    OPEN = "open"


TRANSITIONS = [
    {"trigger": "find", "source": "new", "dest": "open", "event": DivergenceFound},
]
