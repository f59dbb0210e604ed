"""The days of consultations counted anew after the authority's calendar changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.review.cases import law
from services.review.cases.agenda import is_voted
from services.review.cases.consultation_models import Consultation
from services.review.cases.consultation_state import CONSULTATION_WORKFLOW
from services.review.cases.consultation_workflow import ConsultationState
from services.review.cases.consultations import NOT_ANSWERED
from services.review.cases.models import Case
from shared.events.consultations import ConsultationDeadlineMoved
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


def move_consultations(uow: UnitOfWork) -> None:
    """Count the days of an authority's pending consultations anew, by the rules of their cases.

    The day never comes earlier than the body was told, and one that a person gave stays. What
    lapsed on the old day is asked again where the new one is still to come and nobody has voted.
    """
    for case_id, consultation_id in _counted(uow):
        # The case is locked first, as a vote and a withdrawal do.
        case = uow.get(Case, case_id)
        row = uow.get(Consultation, consultation_id)
        due_on = _due_on(uow, case, row)
        if due_on > row.due_on and _matters(uow, case, row, due_on):
            _move(uow, row, due_on)


def _counted(uow: UnitOfWork) -> Sequence[tuple[UUID, UUID]]:
    """The consultations without an answer whose day a rule counts, each with its case."""
    statement = (
        select(Consultation.case_id, Consultation.id)
        .where(
            Consultation.authority == uow.authority,
            Consultation.state.in_(NOT_ANSWERED),
            Consultation.is_given.is_(False),
        )
        .order_by(Consultation.case_id, Consultation.id)
    )
    return [(row.case_id, row.id) for row in uow.session.execute(statement)]


def _due_on(uow: UnitOfWork, case: Case, row: Consultation) -> date:
    usual = law.usual_day(case, uow.profile, law.OPINION, row.requested_on)
    return usual.due_on if usual else row.due_on


def _matters(uow: UnitOfWork, case: Case, row: Consultation, due_on: date) -> bool:
    if row.state not in NOT_ANSWERED:
        return False
    has_lapsed = row.state == ConsultationState.LAPSED
    return not has_lapsed or (due_on >= uow.today and not is_voted(uow, case))


def _move(uow: UnitOfWork, row: Consultation, due_on: date) -> None:
    what = ConsultationDeadlineMoved(due_on=due_on, was_due_on=row.due_on)
    row.due_on = due_on
    move(CONSULTATION_WORKFLOW, row, "move_deadline", uow, Act(what=what))
