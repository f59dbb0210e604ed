"""Duties after a session: decisions posted at the seat, minutes given to each member (art. 273).

Each is a step of its decision or session, told by one event, and a row that says when it was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.review.control import rules
from services.review.control.models import CouncilFormality, Decision
from services.review.control.state import DECISION_WORKFLOW
from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.sessions.models import CouncilSession
from services.review.sessions.state import SESSION_WORKFLOW
from shared.db.authorities import AuthorityProfile
from shared.errors import GuardRefused
from shared.events.catalogue import Event
from shared.events.duties import DecisionPosted, MinutesGiven
from shared.law.clock import Due
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

POSTING = "posting"
MINUTES = "minutes-to-members"
ADOPTION = "minutes-adoption"
REPORT = "follow-up-report"
REGISTER = "attendance-register"

ARTICLES: Mapping[str, str] = {
    POSTING: "113-14, 273",
    MINUTES: "113-14, 273",
    ADOPTION: "113-14, 47",
    REPORT: "113-14, 106",
    REGISTER: "113-14, 67",
}
TRIGGERS: Mapping[str, str] = {
    POSTING: "post",
    MINUTES: "give_minutes",
    ADOPTION: "adopt_minutes",
    REPORT: "report_follow_ups",
    REGISTER: "send_register",
}
"""The step of the decision or session by which each duty is recorded."""
FLOWS = {flow.kind: flow for flow in (DECISION_WORKFLOW, SESSION_WORKFLOW)}


@dataclass(frozen=True, kw_only=True)
class Done:
    """A duty that is done: what is told of it, the facts of its guards, and what proves it."""

    formality: str
    what: Event
    facts: Mapping[str, Any]
    proof: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a duty stands: its legal day (None before the close), when it was done, whether late."""

    term: Due | None
    done_on: date | None
    is_late: bool
    proof: str | None


def post(uow: UnitOfWork, decision: Decision, **act: Any) -> CouncilFormality:
    """Record that a decision was posted at the seat; raises ``GuardRefused`` before the close."""
    closed_on = closing_of(uow.session, decision)
    what = DecisionPosted(due_on=last_day(uow, POSTING, closed_on))
    facts = {"closed_on": closed_on}
    return record(uow, decision, Done(formality=POSTING, what=what, facts=facts), **act)


def give_minutes(uow: UnitOfWork, held: CouncilSession, **act: Any) -> CouncilFormality:
    """Record that each member got a copy of the minutes; raises ``GuardRefused``."""
    what = MinutesGiven(due_on=last_day(uow, MINUTES, held.closed_on))
    facts = {"closed_on": held.closed_on}
    return record(uow, held, Done(formality=MINUTES, what=what, facts=facts), **act)


def record(
    uow: UnitOfWork,
    subject: Decision | CouncilSession,
    done: Done,
    *,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> CouncilFormality:
    """Record a duty as done, once, as a step of its subject (locked by the caller).

    Raises ``GuardRefused`` the second time, and where a guard of the step says no.
    """
    on = date_of_act(uow, acted_on, late_reason)
    check_office(uow, on)
    if row_of(uow.session, subject, done.formality) is not None:
        raise GuardRefused(
            "This is recorded already.",
            article=ARTICLES[done.formality],
            remedy="Read it again; nothing more is to be done.",
        )
    act = Act(what=done.what, acted_on=acted_on, late_reason=late_reason, facts=done.facts)
    told = move(FLOWS[subject.kind], subject, TRIGGERS[done.formality], uow, act)
    row = CouncilFormality(
        subject=subject.subject,
        formality=done.formality,
        authority=uow.authority,
        done_on=on,
        late_reason=late_reason,
        proof=done.proof,
        event_sequence=told.sequence,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(row)
    return row


def last_day(uow: UnitOfWork, formality: str, closed_on: date | None) -> date | None:
    """The last day of a duty after a session closed on a day; None while it is not closed."""
    return rules.formality(uow.profile, formality, closed_on).due_on if closed_on else None


def closing_of(session: Session, decision: Decision) -> date | None:
    """The day on which the decision's session was closed."""
    return session.get_one(CouncilSession, decision.session_id).closed_on


def standing(
    session: Session,
    profile: AuthorityProfile,
    subject: Decision | CouncilSession,
    formality: str,
    *,
    closed_on: date | None,
    today: date,
) -> Standing:
    """How a duty of one subject stands on the authority's day."""
    row = row_of(session, subject, formality)
    term = rules.formality(profile, formality, closed_on) if closed_on else None
    done_on = row.done_on if row else None
    is_late = term is not None and (done_on or today) > term.due_on
    proof = row.proof if row else None
    return Standing(term=term, done_on=done_on, is_late=is_late, proof=proof)


def row_of(session: Session, subject: Any, formality: str) -> CouncilFormality | None:
    """How a duty of one subject was recorded; None while it was not."""
    return session.get(CouncilFormality, (subject.subject, formality))
