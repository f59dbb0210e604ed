"""Events of notices (somebody is told something); notifications owns them."""

from __future__ import annotations

from shared.events.catalogue import Event, Snapshot, event, snapshot


@snapshot("notice.state.v1")
class NoticeSnapshot(Snapshot):
    """One notice to one person by one channel; no address and no text."""

    state: str
    about: str
    notice_kind: str
    person: str
    channel: str
    language: str
    attempts: int


@event("notice.sent.v1", after=NoticeSnapshot)
class NoticeSent(Event):
    """The channel took the notice."""


@event("notice.delivered.v1", after=NoticeSnapshot)
class NoticeDelivered(Event):
    """The notice is known to have reached its channel's end."""


@event("notice.failed.v1", after=NoticeSnapshot)
class NoticeFailed(Event):
    """The channel refused the notice for good; ``reason`` is a code."""

    reason: str


@event("notice.acknowledged.v1", after=NoticeSnapshot)
class NoticeAcknowledged(Event):
    """The person opened the notice."""


@event("notice.cancelled.v1", after=NoticeSnapshot)
class NoticeCancelled(Event):
    """The notice was taken back before it left: what it would have told holds no more.

    ``because`` is a code, such as ``term-moved``.
    """

    because: str
