"""How a case ends: withdrawn, handled as a complaint, closed; and how one is opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from services.review.cases import consultations, law
from services.review.cases.agenda import is_voted, possible_outcomes
from services.review.cases.clocks import start_clock, stop_every_clock
from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.cases.workflow import OVER
from services.review.control.follow_ups import are_open
from services.review.council.office import check_office
from services.review.sessions.actions.agenda import put_back_withdrawn
from shared.events.cases import (
    CaseClosed,
    CaseReclassified,
    CaseReopened,
    CaseWithdrawn,
    ConsentRecorded,
    WithdrawalRefused,
)
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

WITHDRAWN = "case-withdrawn"


def withdraw(uow: UnitOfWork, case: Case, **act: Any) -> Case:
    """Record the withdrawal, unless the council has voted.

    The petition comes off its agenda, and opinions still asked are cancelled.
    """
    facts = {"is_voted": is_voted(uow, case)}
    move(CASE_WORKFLOW, case, "withdraw", uow, Act(what=CaseWithdrawn(), facts=facts, **act))
    stop_every_clock(uow, case)
    put_back_withdrawn(uow, case.id, **act)
    consultations.cancel_all(uow, case, reason=WITHDRAWN, **act)
    return case


def answer_withdrawal(uow: UnitOfWork, case: Case, **act: Any) -> Case:
    """Answer the petitioners' request: withdrawn before the vote, refused with a code after it."""
    if case.state in OVER:
        return _refuse_withdrawal(uow, case, "case-is-over", **act)
    if is_voted(uow, case):
        return _refuse_withdrawal(uow, case, "already-voted", **act)
    return withdraw(uow, case, **act)


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What the petitioners say to having their petition handled as a complaint.

    ``given_by`` is the role in the file of who said it; ``proof_sha256`` names the paper.
    """

    agrees: bool
    given_by: str
    proof_sha256: str | None = None


def record_consent(uow: UnitOfWork, case: Case, consent: Consent, **act: Any) -> Case:
    """Record the petitioners' consent, or that they do not agree; the last word stands."""
    said_on = act.get("acted_on") or uow.today
    check_office(uow, said_on)
    what = ConsentRecorded(
        agrees=consent.agrees, given_by=consent.given_by, proof_sha256=consent.proof_sha256
    )
    move(CASE_WORKFLOW, case, "record_consent", uow, Act(what=what, **act))
    case.consented_on = said_on if consent.agrees else None
    return case


def reclassify(uow: UnitOfWork, case: Case, **act: Any) -> Case:
    """Handle the petition as a complaint, once the consent of those who filed it is recorded."""
    check_office(uow, act.get("acted_on") or uow.today)
    what = CaseReclassified(consented_on=case.consented_on)
    move(CASE_WORKFLOW, case, "reclassify", uow, Act(what=what, **act))
    stop_every_clock(uow, case)
    consultations.cancel_all(uow, case, reason="case-reclassified", **act)
    return case


def close(uow: UnitOfWork, case: Case, *, outcome: str, **act: Any) -> Case:
    """Close the case with what became of it; the outcome must be what happened."""
    facts = {
        "outcome": outcome,
        "possible": possible_outcomes(uow, case),
        "open_actions": are_open(uow.session, case.id),
        "stands_since": _last_step(uow, case)[1],
    }
    move(
        CASE_WORKFLOW, case, "close", uow, Act(what=CaseClosed(outcome=outcome), facts=facts, **act)
    )
    case.outcome = outcome
    stop_every_clock(uow, case)
    consultations.cancel_all(uow, case, reason="case-closed", **act)
    return case


def reopen(uow: UnitOfWork, case: Case, *, reason: str, **act: Any) -> Case:
    """Open a case again; somebody other than who ended it must do it.

    Without a vote it goes back to the bureau, after one to where the vote left it.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    is_voted_on = is_voted(uow, case)
    last_actor, stands_since = _last_step(uow, case)
    facts = {
        "actor": uow.actor.id,
        "last_actor": last_actor,
        "stands_since": stands_since,
        "is_voted": is_voted_on,
    }
    case.outcome = None
    if not is_voted_on:
        case.decided_on, case.reasons = None, []
        case.committee, case.referrals = None, []
    what = CaseReopened(reason=reason)
    move(CASE_WORKFLOW, case, "reopen", uow, Act(what=what, facts=facts, **act))
    if is_voted_on:
        case.urgent_on = uow.today
    else:
        _forget_decision(case)
        start_clock(uow, case, law.REFUSAL, on=case.filed_on)
    return case


def _forget_decision(case: Case) -> None:
    """The bureau decides anew; the history keeps what was decided."""
    case.session_on, case.is_clash, case.refusal_text = None, False, None
    case.missing, case.completion_due_on = [], None
    case.decided_by, case.despite_reason = None, None
    case.refusal_notified_on, case.consented_on = None, None


def _refuse_withdrawal(uow: UnitOfWork, case: Case, reason: str, **act: Any) -> Case:
    what = WithdrawalRefused(reason=reason)
    move(CASE_WORKFLOW, case, "refuse_withdrawal", uow, Act(what=what, **act))
    return case


def _last_step(uow: UnitOfWork, case: Case) -> tuple[str | None, date | None]:
    """Who brought the case into the state it is in, and the civil date of that act."""
    history = uow.base.plumbing.history
    found = uow.session.execute(
        select(history.c.actor_id, history.c.acted_on)
        .where(
            history.c.subject == case.subject,
            history.c.to_state == case.state,
            history.c.from_state != history.c.to_state,
        )
        .order_by(history.c.sequence.desc())
        .limit(1)
    ).first()
    return (found.actor_id, found.acted_on) if found else (None, None)
