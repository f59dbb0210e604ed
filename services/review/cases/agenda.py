"""What the council made of a case, as the agenda and the decisions say."""

from __future__ import annotations

from services.review.cases.codes import OUTCOMES_OF_CASE, OUTCOMES_OF_DECISION
from services.review.cases.models import Case
from services.review.control.queries import decisions_of_cases
from services.review.sessions.queries import items_of_case
from services.review.sessions.workflow import ItemState
from shared.unit_of_work import UnitOfWork


def is_voted(uow: UnitOfWork, case: Case) -> bool:
    """Whether the council has voted on the petition.

    The caller holds the case's row, as a vote does: one of the two comes first.
    """
    # A vote that is taken again does not undo the first one.
    return any(one.state == ItemState.DELIBERATED for one in items_of_case(uow.session, case.id))


def possible_outcomes(uow: UnitOfWork, case: Case) -> tuple[str, ...]:
    """The outcomes that a case's acts and the council's decision leave; none while it is open."""
    by_case = OUTCOMES_OF_CASE.get(case.state)
    if by_case is not None:
        return by_case
    decisions = decisions_of_cases(uow.session, uow.authority, [case.id])
    return OUTCOMES_OF_DECISION.get(decisions[-1].state, ()) if decisions else ()
