"""Events of sessions whose notice did not reach a member (113-14, article 35); review owns them."""

from __future__ import annotations

from datetime import date

from shared.events.catalogue import Event, event
from shared.events.sessions import SessionSnapshot


@event("session.notice_failed.v1", after=SessionSnapshot)
class SessionNoticeFailed(Event):
    """A member's notice did not arrive; ``latest_on`` is the last day to send it with proof.

    ``channel`` and ``reason`` are codes; ``is_late`` says that the last day had passed.
    """

    person: str
    channel: str
    reason: str
    latest_on: date
    is_late: bool


@event("session.notice_renewed.v1", after=SessionSnapshot)
class SessionNoticeRenewed(Event):
    """A notice that had not arrived was sent again with proof; the act's day is the sending's."""

    person: str
    channel: str
    latest_on: date


@event("session.notice_judged.v1", after=SessionSnapshot)
class SessionNoticeJudged(Event):
    """The president chose what to do where notices failed for good: go on, or convene anew.

    ``choice`` is ``go-on`` or ``convene-anew``; the reason stays with the session, here is its
    hash. ``members`` is how many were not reached in time.
    """

    choice: str
    reason_sha256: str
    members: int
