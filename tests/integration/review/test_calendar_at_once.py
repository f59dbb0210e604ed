"""A holiday is told while an act starts a term: the term counts it, whichever comes first."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete

from services.review.cases import consultations, law
from services.review.cases.clock_models import RunningClock
from services.review.cases.clocks import start_clock
from services.review.cases.consultation_terms import move_consultations
from services.review.cases.deadlines import move_deadlines
from services.review.cases.models import Case
from shared.db.authorities import load_authority
from shared.testing.harness import TODAY
from shared.unit_of_work import UnitOfWork
from tests.integration.races.test_consultation_terms import DECREED, LATER, asked, decreed
from tests.integration.review.case_support import BODY
from tests.integration.review.opinion_support import VotingDesk
from tests.integration.review.test_consultations_at_once import desk, meet, stands, worker

__all__ = ["desk"]

LAST_DAY, DAY_BEFORE = date(2024, 1, 16), date(2024, 1, 15)
"""The safe day of a term of three months from today on, and what a holiday on it makes of it."""


def told(uow: UnitOfWork, holiday: date) -> None:
    """What review does when it is told of a holiday."""
    known = load_authority(uow.session, uow.base.plumbing, uow.authority)
    profile = {**known.profile, "holidays": [holiday.isoformat()]}
    uow.remember(type(known)(**{**vars(known), "profile": profile}))
    move_deadlines(uow)
    move_consultations(uow)
    uow.session.flush()


def started(uow: UnitOfWork, case: str) -> None:
    """An act starts the term of a refusal anew."""
    start_clock(uow, uow.get(Case, case), law.REFUSAL, on=TODAY)
    uow.session.flush()


def start_alone(desk: VotingDesk, case: str) -> None:
    with worker(desk) as uow:
        started(uow, case)


def tell_alone(desk: VotingDesk, holiday: date) -> None:
    with worker(desk) as uow:
        told(uow, holiday)


def safe_day(desk: VotingDesk) -> date:
    (found,) = [row.safe_on for row in desk.review.rows(RunningClock) if row.rule == law.REFUSAL]
    return found


@pytest.fixture
def case(desk: VotingDesk) -> str:
    """A case of which no clock runs."""
    filed = desk.filed()
    with desk.review.context.database.write("*") as (session, _):
        session.execute(delete(RunningClock))
    return filed


def test_a_term_that_starts_while_a_holiday_is_told_counts_it(desk: VotingDesk, case: str) -> None:
    meet(desk, lambda uow: told(uow, LAST_DAY), lambda: start_alone(desk, case))

    assert safe_day(desk) == DAY_BEFORE


def test_a_holiday_that_is_told_while_a_term_starts_moves_it(desk: VotingDesk, case: str) -> None:
    meet(desk, lambda uow: started(uow, case), lambda: tell_alone(desk, LAST_DAY))

    assert safe_day(desk) == DAY_BEFORE


def test_an_opinion_asked_for_while_a_holiday_is_told_counts_it(
    desk: VotingDesk, case: str
) -> None:
    meet(desk, lambda uow: told(uow, DECREED), lambda: asked(desk, case))

    assert stands(desk) == ("requested", LATER)


def test_a_holiday_that_is_told_while_an_opinion_is_asked_for_moves_its_day(
    desk: VotingDesk, case: str
) -> None:
    def ask(uow: UnitOfWork) -> Any:
        of = uow.get(Case, case)
        consultations.request(uow, of, body=UUID(BODY), is_mandatory=False, due_on=None)
        uow.session.flush()

    meet(desk, ask, lambda: decreed(desk))

    assert stands(desk) == ("requested", LATER)
