"""Events of dead letters: what an operator decided about them, in whichever service they lay."""

from __future__ import annotations

from shared.events.catalogue import Event, Snapshot, event, snapshot


@snapshot("letter.state.v1")
class LetterSnapshot(Snapshot):
    """A dead letter: the event that a service could not handle, by its place in its subject.

    The reason stays with the service, as it is free text; ``reason_sha256`` proves it.
    """

    state: str
    service: str
    event: str
    about: str
    sequence: int
    type: str
    reason_sha256: str


@event("letter.discarded.v1", after=LetterSnapshot)
class LetterDiscarded(Event):
    """An operator decided that an event never takes effect in one service."""

    event: str
