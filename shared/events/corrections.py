"""Events of corrections: an act was misrecorded, and a new one says what is right."""

from __future__ import annotations

from shared.events.catalogue import Event, event
from shared.events.sessions import DecisionSnapshot, ItemSnapshot


@event("item.rectified.v1", after=ItemSnapshot)
class ItemRectified(Event):
    """The vote on the point was misrecorded and is corrected by a new act.

    The event of the old act stands in ``corrects``; ``was_*`` is what it said. The reason stays
    with the council; here is its hash. The decision has an event of its own if the result turned.
    """

    sitting: str
    was_adopted: bool
    was_for: int
    was_against: int
    was_abstentions: int
    adopted: bool
    needed: int
    tie_broken: bool
    ballot: str
    reason_sha256: str


@event("decision.rectified.v1", after=DecisionSnapshot)
class DecisionRectified(Event):
    """The vote was misrecorded: the decision is ``now`` adopted or rejected, and was the other."""

    was: str
    now: str
