"""What happens to a case up to the council: ``open_case``, completion, ``refer``.

The bureau decides in bureau.py; how a case ends is in endings.py, its clocks in deadlines.py,
opinions asked in consultations.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases import law
from services.review.cases.agenda import is_voted
from services.review.cases.clocks import begin_clocks, start_clock_to, stop_clock
from services.review.cases.models import Case, CasePerson, HandedIn
from services.review.cases.referred import committees_of, refer_to
from services.review.cases.referring import await_reports
from services.review.cases.state import CASE_WORKFLOW
from services.review.cases.workflow import CaseState
from services.review.council.office import check_office
from services.review.council.queries import is_formed, reports_on
from shared.errors import InvalidInput
from shared.events.canonical import to_plain
from shared.events.cases import (
    CaseCompleted,
    CaseOpened,
    CaseReferred,
    CompletionRequested,
)
from shared.events.envelope import Received
from shared.events.petitions import DocumentsAdded, PetitionFiled, PetitionSnapshot
from shared.law.pack import Pack
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


def open_case(uow: UnitOfWork, event: Received[PetitionFiled, PetitionSnapshot]) -> Case:
    """Open the case of a filed petition, under the law in force on the filing date.

    The term for a reasoned refusal counts from the president's receipt, which is the filing
    (113-14, article 125).
    """
    filed_on = event.acted_on
    pack = law.pack_in_force(uow.profile, filed_on)
    case = uow.add(_case_of(uow, event, pack))
    what = CaseOpened(
        signatures_needed=case.signatures_needed,
        signatures=event.after.signatures,
        local_rules=dict(case.local_rules or {}),
    )
    told = move(CASE_WORKFLOW, case, "open", uow, Act(what=what, acted_on=filed_on))
    # While a database is filled, the log says under which rules it was opened then.
    case.local_rules = told.data.what.get("local_rules", case.local_rules)
    _let_people_follow(uow, case)
    begin_clocks(uow, case, (law.REFUSAL, law.BUREAU), on=filed_on)
    return case


def request_completion(
    uow: UnitOfWork, case: Case, *, missing: Sequence[str], due_on: date | None = None, **act: Any
) -> Case:
    """Ask the petitioners for what is missing; the refusal term runs on.

    Without a day, it is that of the authority's own rule (completion-answer-due).
    """
    asked_on = act.get("acted_on") or uow.today
    due_on = law.day_or_usual(due_on, case, uow.profile, rule=law.COMPLETION, start=asked_on)
    _check_later(uow, due_on, act)
    case.missing, case.completion_due_on = list(missing), due_on
    what = CompletionRequested(missing=list(missing), due_on=due_on)
    move(CASE_WORKFLOW, case, "request_completion", uow, Act(what=what, **act))
    start_clock_to(uow, case, law.COMPLETION, on=asked_on, due_on=due_on)
    return case


def complete(uow: UnitOfWork, case: Case, *, received_on: date | None = None, **act: Any) -> Case:
    """Record that what was missing came in, by the day it was received.

    One handed in by its due date brings back to the bureau a refusal that is not notified yet.
    """
    recorded_on = act.get("acted_on") or uow.today
    received_on = received_on or recorded_on
    if received_on > recorded_on:
        raise InvalidInput(
            "What is still to come cannot be recorded as received.",
            field="received_on",
            remedy="Give the day on which it came in.",
        )
    _take_back(case)
    what = CaseCompleted(received_on=received_on)
    facts = {"received_on": received_on}
    move(CASE_WORKFLOW, case, "complete", uow, Act(what=what, facts=facts, **act))
    case.missing = []
    stop_clock(uow, case, law.COMPLETION)
    return case


def refer(uow: UnitOfWork, case: Case, *, committee: UUID, **act: Any) -> Case:
    """Refer an accepted petition to the competent committee (113-14, articles 28 and 125).

    Before any report another referral corrects the first, and names it.
    """
    referred_on = act.get("acted_on") or uow.today
    check_office(uow, referred_on)
    facts = {
        "committee_is_formed": is_formed(uow.session, uow.authority, committee),
        "is_another": str(committee) not in committees_of(case),
        "is_reported": bool(reports_on(uow.session, uow.authority, [case.id])),
        "is_voted": is_voted(uow, case),
        "stands_since": case.referred_on,
    }
    refer_to(case, uow.profile, str(committee), on=referred_on)
    what = CaseReferred(committee=str(committee))
    move(CASE_WORKFLOW, case, "refer", uow, Act(what=what, facts=facts, **act))
    await_reports(uow, case)
    return case


def note_documents(
    uow: UnitOfWork, case: Case, event: Received[DocumentsAdded, PetitionSnapshot]
) -> None:
    """Remember what petitioners handed in after filing; a person then says what it completes."""
    uow.session.add(
        HandedIn(
            authority=uow.authority,
            case_id=case.id,
            sha256=list(event.what.sha256),
            receipt=event.what.receipt,
            handed_in_on=event.acted_on,
            told_at=uow.recorded_at,
        )
    )


def _take_back(case: Case) -> None:
    """A refusal that was only decided is no decision any more; the history keeps it."""
    if case.state == CaseState.REFUSED and case.refusal_notified_on is None:
        case.decided_on, case.decided_by, case.reasons, case.refusal_text = None, None, [], None


def _case_of(uow: UnitOfWork, event: Received[PetitionFiled, PetitionSnapshot], pack: Pack) -> Case:
    after, filed_on = event.after, event.acted_on
    refusal = law.refusal_term(pack, uow.profile, filed_on)
    return Case(
        id=UUID(event.key),
        state=CaseState.NEW.value,
        reference=event.what.reference,
        petitioner=after.petitioner,
        subject_line=to_plain(after.subject),
        association=to_plain(after.association),
        people=to_plain(after.people),
        signatures=after.signatures,
        signatures_needed=law.signatures_of(pack, uow.profile, after.petitioner),
        filed_on=filed_on,
        law_version=pack.version,
        local_rules=law.local_rules_on(uow.profile, pack, filed_on),
        refusal_due_on=refusal.due_on,
        refusal_safe_on=refusal.safe_on,
        urgent_on=refusal.safe_on,
        reasons=[],
        missing=[],
        opened_at=uow.recorded_at,
    )


def _let_people_follow(uow: UnitOfWork, case: Case) -> None:
    roles = {one["person"]: one["role"] for one in case.people}
    uow.session.add_all(
        CasePerson(authority=uow.authority, case_id=case.id, person_id=UUID(person), role=role)
        for person, role in roles.items()
    )


def _check_later(uow: UnitOfWork, due_on: date, act: dict[str, Any]) -> None:
    asked_on = act.get("acted_on") or uow.today
    if due_on <= asked_on:
        raise InvalidInput(
            "The due date must be after the day of the act, %(day)s.",
            field="due_on",
            remedy="Give a later day.",
            day=asked_on,
        )
