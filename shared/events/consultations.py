"""Events of consultations (an opinion that the council asks for); review owns them."""

from __future__ import annotations

from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import Texts


@snapshot("consultation.state.v1")
class ConsultationSnapshot(Snapshot):
    """An opinion asked of a body about a case."""

    state: str
    case: str
    reference: str
    body: str
    subject: Texts
    is_mandatory: bool
    due_on: date
    opinion: str | None


@event("consultation.requested.v1", after=ConsultationSnapshot)
class ConsultationRequested(Event):
    """The council asked a body for its opinion.

    ``is_given`` says that a person gave the day, which then stays; else it is counted by the
    authority's own rule.
    """

    is_given: bool = True


@event("consultation.lapsed.v1", after=ConsultationSnapshot)
class ConsultationLapsed(Event):
    """No opinion came in time."""


@event("consultation.deadline_moved.v1", after=ConsultationSnapshot)
class ConsultationDeadlineMoved(Event):
    """The day was counted anew; it never comes earlier than the body was told.

    One that lapsed on the old day is asked again until the new one.
    """

    due_on: date
    was_due_on: date


@event("consultation.reopened.v1", after=ConsultationSnapshot)
class ConsultationReopened(Event):
    """An opinion that was in time became known after the lapse."""

    opinion: str


@event("consultation.answered.v1", after=ConsultationSnapshot)
class ConsultationAnswered(Event):
    """The body's opinion is with the council."""

    opinion: str
    submitted_on: date


@event("consultation.cancelled.v1", after=ConsultationSnapshot)
class ConsultationCancelled(Event):
    """The opinion is not needed any more; ``reason`` is a code."""

    reason: str
