"""Events of the ledger itself; audit owns them, and they are no entries of it."""

from __future__ import annotations

from shared.events.catalogue import Event, Snapshot, event, snapshot


@snapshot("checkpoint.state.v1")
class CheckpointSnapshot(Snapshot):
    """The size and root of a ledger at one moment."""

    state: str
    size: int
    root: str


@event("checkpoint.signed.v1", after=CheckpointSnapshot)
class CheckpointSigned(Event):
    """The head of a ledger was signed."""


@snapshot("divergence.state.v1")
class DivergenceSnapshot(Snapshot):
    """A difference that somebody has to look at."""

    state: str
    about: str
    sequence: int
    reason: str


@event("divergence.found.v1", after=DivergenceSnapshot)
class DivergenceFound(Event):
    """What a service said twice, or what replay and a live service disagree on."""

    event: str
