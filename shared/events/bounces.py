"""Events of bounces: a notice that the law wants proven did not leave; notifications owns them."""

from __future__ import annotations

from shared.events.catalogue import Event, Snapshot, event, snapshot


@snapshot("bounce.state.v1")
class BounceSnapshot(Snapshot):
    """A notice that failed for good: about which subject, of which kind, to whom, by what."""

    state: str
    notice: str
    about: str
    notice_kind: str
    person: str
    channel: str


@event("bounce.noted.v1", after=BounceSnapshot)
class BounceNoted(Event):
    """Who waits for the proof of a notice is told that it did not leave; ``reason`` is a code."""

    reason: str
