"""What opinions keeps of review's events: requests, called sessions, the council's answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.opinions.models import CouncilAnswer, KnownConsultation, KnownSession
from shared.events.canonical import to_plain
from shared.events.consultations import (
    ConsultationAnswered,
    ConsultationCancelled,
    ConsultationSnapshot,
)
from shared.events.decisions import DecisionAdopted, DecisionSnapshot
from shared.events.envelope import Received
from shared.events.sessions import SessionSnapshot
from shared.unit_of_work import UnitOfWork


def remember_consultation(uow: UnitOfWork, event: Received[Any, ConsultationSnapshot]) -> None:
    """Replace what is known of a request; an opinion under way stays as it is.

    A cancelled one (its petition was withdrawn, say) stays in the body's list and shows why: the
    body may go on by itself.
    """
    after = event.after
    row = uow.session.get(KnownConsultation, UUID(event.key), with_for_update=True)
    if row is None:
        row = KnownConsultation(id=UUID(event.key), authority=uow.authority)
        uow.session.add(row)
    row.case_id, row.body_id = UUID(after.case), UUID(after.body)
    row.reference = after.reference
    row.subject_line = to_plain(after.subject)
    row.is_mandatory, row.due_on, row.state = after.is_mandatory, after.due_on, after.state
    row.reason = event.what.reason if isinstance(event.what, ConsultationCancelled) else None
    row.answered_by = UUID(after.opinion) if after.opinion else None
    if isinstance(event.what, ConsultationAnswered):
        row.answered_on = event.what.submitted_on


def remember_session(uow: UnitOfWork, event: Received[Any, SessionSnapshot]) -> None:
    """Replace what is known of a called session."""
    after = event.after
    row = uow.session.get(KnownSession, UUID(event.key))
    if row is None:
        row = KnownSession(id=UUID(event.key), authority=uow.authority)
        uow.session.add(row)
    row.session_kind, row.state = after.session_kind, after.state
    row.opens_on, row.closed_on = after.opens_on, after.closed_on


def remember_answers(uow: UnitOfWork, event: Received[Any, DecisionSnapshot]) -> None:
    """Keep what a decision makes of each opinion that it cites."""
    for one in event.what.opinions_answered:
        uow.session.add(
            CouncilAnswer(
                opinion_id=UUID(one.opinion),
                decision_id=UUID(event.key),
                authority=uow.authority,
                number=event.after.number,
                decided_on=event.after.adopted_on,
                adopted=isinstance(event.what, DecisionAdopted),
                answer=one.answer,
            )
        )
