"""The clock of a refusal: it approaches, it is missed, it is computed anew (113-14, article 125).

Missing it is an event and an alarm, not a state: the bureau may still decide.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from services.review.cases import law
from services.review.cases.models import Case
from services.review.cases.queries import to_be_notified
from services.review.cases.state import CASE_WORKFLOW
from services.review.cases.workflow import BEFORE_DECISION
from services.review.firing import fires_first, not_fired
from shared.events.cases import DeadlineApproaching, DeadlineMissed, DeadlineMoved
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

WARN_DAYS = 14
APPROACHING = "case.deadline_approaching"
MISSED = "case.deadline_missed"


def unanswered() -> ColumnElement[bool]:
    """Cases whose petitioners have no answer: not decided, or refused and not notified of it."""
    return or_(Case.state.in_(BEFORE_DECISION), to_be_notified())


def _is_unanswered(case: Case) -> bool:
    return case.state in BEFORE_DECISION or (
        case.state == "refused" and case.refusal_notified_on is None
    )


def approaching(session: Session, authority: str, today: date) -> list[UUID]:
    """Cases without an answer whose safe day is at most 14 days ahead, not yet warned of."""
    statement = (
        select(Case.id)
        .where(
            Case.authority == authority,
            unanswered(),
            Case.refusal_safe_on <= today + timedelta(days=WARN_DAYS),
            Case.refusal_due_on >= today,
            not_fired(APPROACHING, Case.id, Case.refusal_due_on),
        )
        .order_by(Case.refusal_safe_on, Case.id)
    )
    return list(session.scalars(statement))


def missed(session: Session, authority: str, today: date) -> list[UUID]:
    """Cases without an answer whose legal day has passed, not yet told."""
    statement = (
        select(Case.id)
        .where(
            Case.authority == authority,
            unanswered(),
            Case.refusal_due_on < today,
            not_fired(MISSED, Case.id, Case.refusal_due_on),
        )
        .order_by(Case.refusal_due_on, Case.id)
    )
    return list(session.scalars(statement))


def warn(uow: UnitOfWork, case_id: UUID) -> None:
    """Tell that the refusal term ends soon; nothing when the bureau decided in the meantime."""
    case = uow.get(Case, case_id)
    due_on = case.refusal_due_on
    if _is_unanswered(case) and fires_first(uow, APPROACHING, subject=case.subject, due_on=due_on):
        what = DeadlineApproaching(rule=law.REFUSAL, due_on=due_on)
        move(CASE_WORKFLOW, case, "approach_deadline", uow, Act(what=what))


def miss(uow: UnitOfWork, case_id: UUID) -> None:
    """Tell that the refusal term ended without an answer; nothing when there is one now."""
    case = uow.get(Case, case_id)
    due_on = case.refusal_due_on
    if _is_unanswered(case) and fires_first(uow, MISSED, subject=case.subject, due_on=due_on):
        what = DeadlineMissed(rule=law.REFUSAL, due_on=due_on)
        move(CASE_WORKFLOW, case, "miss_deadline", uow, Act(what=what))


def move_deadlines(uow: UnitOfWork) -> None:
    """Compute the running terms of an authority anew after its calendar changed.

    The legal day never comes earlier than it was told: a term already notified is not shortened.
    """
    running = uow.session.scalars(
        select(Case)
        .where(Case.authority == uow.authority, unanswered())
        .order_by(Case.id)
        .with_for_update()
    ).all()
    for case in running:
        _move_deadline(uow, case)


def _move_deadline(uow: UnitOfWork, case: Case) -> None:
    term = law.refusal_term(law.pack_of_case(case), uow.profile, case.filed_on)
    was_due_on = case.refusal_due_on
    due_on = max(term.due_on, was_due_on)
    if (due_on, term.safe_on) == (was_due_on, case.refusal_safe_on):
        return
    case.refusal_due_on, case.refusal_safe_on = due_on, term.safe_on
    what = DeadlineMoved(rule=law.REFUSAL, due_on=due_on, was_due_on=was_due_on)
    move(CASE_WORKFLOW, case, "move_deadline", uow, Act(what=what))
    case.urgent_on = min(case.completion_due_on or term.safe_on, term.safe_on)
