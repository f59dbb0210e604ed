"""What opinions does when others say something: it keeps requests, sessions and answers."""

from __future__ import annotations

from typing import Any

from services.opinions.actions import projections
from shared.authority_handlers import AUTHORITY_HANDLERS
from shared.events.catalogue import Event
from shared.events.consultations import (
    ConsultationAnswered,
    ConsultationCancelled,
    ConsultationDeadlineMoved,
    ConsultationLapsed,
    ConsultationReopened,
    ConsultationRequested,
    ConsultationSnapshot,
)
from shared.events.decisions import (
    DecisionAdopted,
    DecisionRejected,
    DecisionSnapshot,
)
from shared.events.envelope import Received
from shared.events.sessions import (
    SessionCalled,
    SessionClosed,
    SessionConvened,
    SessionOpened,
    SessionPostponed,
    SessionSnapshot,
)
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler


def when_consultation_told_remember_it(
    uow: UnitOfWork, event: Received[Any, ConsultationSnapshot]
) -> None:
    """Keep the body's list of requests; a cancelled one is told there."""
    projections.remember_consultation(uow, event)


def when_session_told_remember_it(uow: UnitOfWork, event: Received[Any, SessionSnapshot]) -> None:
    """Keep the list of sessions that an opinion can be addressed to."""
    projections.remember_session(uow, event)


def when_decision_made_keep_its_answers(
    uow: UnitOfWork, event: Received[Any, DecisionSnapshot]
) -> None:
    """Show beside an opinion whether the council followed it."""
    projections.remember_answers(uow, event)


HANDLERS: dict[type[Event], Handler] = {
    **AUTHORITY_HANDLERS,
    ConsultationRequested: when_consultation_told_remember_it,
    ConsultationLapsed: when_consultation_told_remember_it,
    ConsultationDeadlineMoved: when_consultation_told_remember_it,
    ConsultationReopened: when_consultation_told_remember_it,
    ConsultationAnswered: when_consultation_told_remember_it,
    ConsultationCancelled: when_consultation_told_remember_it,
    SessionCalled: when_session_told_remember_it,
    SessionConvened: when_session_told_remember_it,
    SessionOpened: when_session_told_remember_it,
    SessionClosed: when_session_told_remember_it,
    SessionPostponed: when_session_told_remember_it,
    DecisionAdopted: when_decision_made_keep_its_answers,
    DecisionRejected: when_decision_made_keep_its_answers,
}
