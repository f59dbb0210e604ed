"""What a case does when others say something. A petition becomes a case here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.review.cases import actions, consultations, endings
from services.review.cases.models import Case
from shared.errors import TryLater
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.events.opinions import (
    BodyChanged,
    BodyFormed,
    BodySnapshot,
    OpinionSnapshot,
    OpinionSubmitted,
)
from shared.events.petitions import (
    DocumentsAdded,
    PetitionFiled,
    PetitionSnapshot,
    WithdrawalRequested,
)
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler


def when_petition_filed_open_case(
    uow: UnitOfWork, event: Received[PetitionFiled, PetitionSnapshot]
) -> None:
    """A filed petition becomes a case of the council (113-14, article 125)."""
    _wait_for_its_day(uow, event)
    actions.open_case(uow, event)


def when_withdrawal_requested_answer(
    uow: UnitOfWork, event: Received[WithdrawalRequested, PetitionSnapshot]
) -> None:
    """The petitioners ask to withdraw: done before the vote, refused with a reason after it."""
    _wait_for_its_day(uow, event)
    case = _case_of(uow, event)
    if case is not None:
        endings.answer_withdrawal(uow, case, acted_on=event.acted_on)


def when_documents_added_note_them(
    uow: UnitOfWork, event: Received[DocumentsAdded, PetitionSnapshot]
) -> None:
    """What came in after filing is shown on the case; a person says what it completes."""
    case = _case_of(uow, event)
    if case is not None:
        actions.note_documents(uow, case, event)


def when_body_told_remember_it(uow: UnitOfWork, event: Received[Any, BodySnapshot]) -> None:
    """A body of which opinions can be asked."""
    consultations.remember_body(uow, event)


def when_opinion_submitted_receive_it(
    uow: UnitOfWork, event: Received[OpinionSubmitted, OpinionSnapshot]
) -> None:
    """An opinion handed in answers its consultation, and is kept for the case and the session."""
    _wait_for_its_day(uow, event)
    consultations.receive_opinion(uow, event)


def _case_of(uow: UnitOfWork, event: Received[Any, PetitionSnapshot]) -> Case | None:
    """The case under its lock; None where the log begins after its filing."""
    return uow.find(Case, UUID(event.key))


def _wait_for_its_day(uow: UnitOfWork, event: Received[Any, Any]) -> None:
    """Each service hears of a new business date by itself, so an event may be ahead of it here."""
    if event.acted_on > uow.today:
        raise TryLater("The day of this event has not come here yet.")


HANDLERS: dict[type[Event], Handler] = {
    PetitionFiled: when_petition_filed_open_case,
    WithdrawalRequested: when_withdrawal_requested_answer,
    DocumentsAdded: when_documents_added_note_them,
    BodyFormed: when_body_told_remember_it,
    BodyChanged: when_body_told_remember_it,
    OpinionSubmitted: when_opinion_submitted_receive_it,
}
