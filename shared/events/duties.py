"""Events of the duties after a session; review owns them.

A duty that an earlier release recorded without telling is told once by the service itself, with
``recorded_by``, the account that had recorded it.
"""

from __future__ import annotations

from datetime import date

from shared.events.catalogue import Event, event
from shared.events.decisions import DecisionSnapshot
from shared.events.sessions import SessionSnapshot


@event("decision.posted.v1", after=DecisionSnapshot)
class DecisionPosted(Event):
    """The decision was posted at the seat (113-14, article 273); ``due_on`` was the last day."""

    due_on: date | None
    recorded_by: str | None = None


@event("session.minutes_given.v1", after=SessionSnapshot)
class MinutesGiven(Event):
    """Each member was given a copy of the minutes (article 273); ``due_on`` was the last day."""

    due_on: date | None
    recorded_by: str | None = None


@event("session.minutes_adopted.v1", after=SessionSnapshot)
class MinutesAdopted(Event):
    """The council adopted the minutes of this session; ``at`` is the later session that sat."""

    at: str | None
    recorded_by: str | None = None


@event("session.follow_ups_reported.v1", after=SessionSnapshot)
class FollowUpsReported(Event):
    """The president reported to the session what becomes of decisions (article 106).

    ``actions`` is how many were not finished then.
    """

    actions: int | None
    recorded_by: str | None = None


@event("session.register_sent.v1", after=SessionSnapshot)
class RegisterSent(Event):
    """A copy of the attendance register went to the governor (article 67).

    What proves the sending stays with the council; ``proof_sha256`` is its hash.
    """

    due_on: date | None
    proof_sha256: str


@event("session.duty_missed.v1", after=SessionSnapshot)
class SessionDutyMissed(Event):
    """The last day of a duty after the session passed and it is not recorded as done."""

    duty: str
    due_on: date
    article: str
