"""What becomes of a decision: actions with owner, date, state and evidence, told to each session.

The president reports on them at the start of each ordinary session (113-14, article 106).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.control.follow_up_models import OPEN, FollowUp
from services.review.control.formalities import REPORT, Done, record, row_of
from services.review.control.models import CouncilFormality, Decision
from services.review.control.state import DECISION_WORKFLOW
from services.review.council.office import check_office
from services.review.sessions.models import CouncilSession
from shared.errors import InvalidInput, NotFound
from shared.events.decisions import DecisionFollowedUp
from shared.events.duties import FollowUpsReported
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where an action stands now, with the evidence; a new due date moves it."""

    state: str
    note: str = ""
    sha256: Sequence[str] = ()
    due_on: date | None = None


def plan(
    uow: UnitOfWork, decision: Decision, *, title: str, owner: str, due_on: date, **act: Any
) -> FollowUp:
    """Plan an action that carries out an enforceable decision; raises ``InvalidInput``."""
    on = act.get("acted_on") or uow.today
    if due_on < on:
        raise InvalidInput(
            "An action is due on the day of the act, %(day)s, or later.",
            field="due_on",
            remedy="Give a later day.",
            day=on,
        )
    action = FollowUp(
        id=new_id(),
        authority=uow.authority,
        decision_id=decision.id,
        title=title,
        owner=owner,
        due_on=due_on,
        state="",
        note="",
        sha256=[],
    )
    return _change(uow, decision, action, Progress(state="planned"), on=on, **act)


def advance(
    uow: UnitOfWork, decision: Decision, action_id: UUID, made: Progress, **act: Any
) -> FollowUp:
    """Record how an action moved on; raises ``NotFound``, and ``GuardRefused`` without evidence."""
    action = uow.session.get(FollowUp, action_id)
    if action is None or action.decision_id != decision.id:
        raise NotFound("Nothing was found under this id.", kind="decision")
    on = act.get("acted_on") or uow.today
    action.due_on = made.due_on or action.due_on
    return _change(uow, decision, action, made, on=on, **act)


def of_decisions(session: Session, decision_ids: Sequence[UUID]) -> Sequence[FollowUp]:
    """The actions of some decisions, the first planned first."""
    return session.scalars(
        select(FollowUp).where(FollowUp.decision_id.in_(decision_ids)).order_by(FollowUp.id)
    ).all()


def are_open(session: Session, case_id: UUID) -> bool:
    """Whether an action on a petition's decisions is neither done nor given up."""
    statement = (
        select(FollowUp.id)
        .join(Decision, Decision.id == FollowUp.decision_id)
        .where(Decision.case_id == case_id, FollowUp.state.in_(OPEN))
    )
    return session.scalars(statement.limit(1)).first() is not None


def to_report(session: Session, authority: str) -> Sequence[FollowUp]:
    """The actions of an authority that a session is told of: open ones, the most urgent first."""
    return session.scalars(
        select(FollowUp)
        .where(FollowUp.authority == authority, FollowUp.state.in_(OPEN))
        .order_by(FollowUp.due_on, FollowUp.id)
        .limit(100)
    ).all()


def reported_on(session: Session, held: CouncilSession) -> date | None:
    """The day on which a session was told of the actions; None while it was not."""
    row = row_of(session, held, REPORT)
    return row.done_on if row else None


def report(uow: UnitOfWork, held: CouncilSession, **act: Any) -> CouncilFormality:
    """Record once that the president reported on the actions at an ordinary session."""
    what = FollowUpsReported(actions=len(to_report(uow.session, uow.authority)))
    facts = {"session_kind": held.session_kind}
    return record(uow, held, Done(formality=REPORT, what=what, facts=facts), **act)


def _change(
    uow: UnitOfWork, decision: Decision, action: FollowUp, made: Progress, *, on: date, **act: Any
) -> FollowUp:
    check_office(uow, on)
    facts = {
        "before": action.state,
        "after": made.state,
        "has_evidence": bool(made.note.strip() or made.sha256),
    }
    what = DecisionFollowedUp(
        action=str(action.id),
        state=made.state,
        due_on=action.due_on,
        evidence_sha256=list(made.sha256),
    )
    move(DECISION_WORKFLOW, decision, "follow_up", uow, Act(what=what, facts=facts, **act))
    action.state, action.note, action.sha256 = made.state, made.note, list(made.sha256)
    action.changed_on, action.changed_by = on, uow.actor.id
    action.recorded_at = uow.recorded_at
    # Not before it is whole: what is asked on the way would have the session write it.
    uow.session.add(action)
    return action
