"""Events of corrections: an act was misrecorded, and a new one says what is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shared.events.catalogue import Event, event
from shared.events.decisions import DecisionSnapshot
from shared.events.sessions import ItemSnapshot, SessionSnapshot
from shared.events.sittings import SittingSnapshot
from shared.events.votes import BallotCount


@event("item.rectified.v1", after=ItemSnapshot)
class ItemRectified(Event):
    """The vote on the point was misrecorded and is corrected by a new act.

    The event of the old act stands in ``corrects``; ``was_*`` is what it said. The reason stays
    with the council; here is its hash. The decision has an event of its own if the result turned.
    ``count`` is how the right vote was counted.
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
    count: BallotCount | None = None


@event("decision.rectified.v1", after=DecisionSnapshot)
class DecisionRectified(Event):
    """The vote was misrecorded: the decision is ``now`` adopted or rejected, and was the other."""

    was: str
    now: str
    reason_sha256: str | None = None


@event("session.rectified.v1", after=SessionSnapshot)
class SessionRectified(Event):
    """The recorded day of an act around a session was wrong and is corrected by a new act.

    ``act`` is call, convene or note_receipt; ``latest_on`` is the last day that the law gives it.
    """

    act: str
    was: date
    now: date
    latest_on: date | None
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class MarkRectified:
    """One member on a roll: how the member was entered (null: not at all), and how it was."""

    person: str
    was: str | None
    now: str


@event("sitting.rectified.v1", after=SittingSnapshot)
class SittingRectified(Event):
    """The count at the opening of a sitting was wrong and is corrected by a new act.

    ``marks`` are the members entered wrongly, where the roll was called by name.
    """

    was_present: int
    was_in_office: int
    reason_sha256: str
    marks: list[MarkRectified] = field(default_factory=list)


@event("decision.dates_rectified.v1", after=DecisionSnapshot)
class DecisionDatesRectified(Event):
    """The recorded days of the transmission were wrong and are corrected by a new act.

    ``enforceable_if_unopposed_from`` is the first day on which it can be carried out by the days
    that hold now.
    """

    was_transmitted_on: date
    was_receipt_on: date
    governor_receipt_on: date
    enforceable_if_unopposed_from: date
    reason_sha256: str


@event("decision.answer_rectified.v1", after=DecisionSnapshot)
class DecisionAnswerRectified(Event):
    """The recorded day of the governor's answer was wrong and is corrected by a new act.

    ``answer`` is visa or opposition; ``stops`` says whether, by the days that hold now, the
    decision is held up. If not it can be carried out from ``enforceable_if_unopposed_from``.
    """

    answer: str
    was: date
    now: date
    stops: bool
    enforceable_if_unopposed_from: date | None
    reason_sha256: str
