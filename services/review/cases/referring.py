"""A petition goes to further committees: the president refers it, each reports by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.review.cases import law
from services.review.cases.agenda import is_voted
from services.review.cases.clocks import start_clock, stop_clock
from services.review.cases.models import Case
from services.review.cases.referred import asked_on, committees_of, refer_on
from services.review.cases.state import CASE_WORKFLOW
from services.review.council.office import check_office
from services.review.council.queries import is_formed, reports_on
from shared.events.cases import CaseReferredOn
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


def refer_further(uow: UnitOfWork, case: Case, *, committee: UUID, **act: Any) -> Case:
    """Refer a petition to another committee too, together with the first or after its report.

    Raises ``GuardRefused`` for a committee that it is before already, and after the vote.
    """
    on = act.get("acted_on") or uow.today
    check_office(uow, on)
    before = committees_of(case)
    facts = {
        "committee_is_formed": is_formed(uow.session, uow.authority, committee),
        "is_another": str(committee) not in before,
        "is_voted": is_voted(uow, case),
        "stands_since": case.referred_on,
    }
    refer_on(case, uow.profile, str(committee), on=on)
    due = law.usual_day(case, uow.profile, law.REPORT, on)
    what = CaseReferredOn(committee=str(committee), due_on=due.due_on if due else None)
    move(CASE_WORKFLOW, case, "refer_on", uow, Act(what=what, facts=facts, **act))
    await_reports(uow, case)
    return case


def await_reports(uow: UnitOfWork, case: Case) -> None:
    """Let the reports' clock run for the committee that was asked first, or end it with the last.

    A case has one such clock: after a report it runs for the next committee.
    """
    reports = reports_on(uow.session, uow.authority, [case.id])
    asked = asked_on(case, {str(one.committee_id) for one in reports})
    if asked is not None:
        start_clock(uow, case, law.REPORT, on=asked)
    else:
        stop_clock(uow, case, law.REPORT)
