"""A petition accepted inside the twenty days before a session: the president chooses its session.

The law sends it to the next ordinary session (113-14, article 38) and wants the agenda twenty days
before; it does not say which yields. The choice and its reason are recorded, never assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from services.review.cases.clocks import await_another_session
from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.council.office import check_office
from services.review.kept_texts import keep_text
from services.review.sessions import queries
from services.review.sessions.agenda_models import ClashChoice
from services.review.sessions.models import CouncilSession
from services.review.sessions.workflow import SessionState
from shared.errors import GuardRefused, InvalidInput
from shared.events.cases import CaseSessionChosen
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

ARTICLE = "113-14, 38"
THIS, NEXT = "this-session", "next-session"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """``this-session`` with the governor's agreement of a day, or ``next-session``; and why."""

    choice: str
    reason: str
    governor_agreed_on: date | None = None


def choose(
    uow: UnitOfWork, case: Case, chosen: Choice, *, acted_on: date | None = None, **act: Any
) -> ClashChoice:
    """Record the president's choice for a petition that clashes (case locked by the caller)."""
    on = acted_on or uow.today
    check_office(uow, on)
    session = _session_of(uow, case)
    _check(uow, case, session, chosen, on=on)
    what = CaseSessionChosen(
        session=str(session.id),
        choice=chosen.choice,
        reason_sha256=keep_text(uow, chosen.reason),
        governor_agreed_on=chosen.governor_agreed_on,
    )
    move(CASE_WORKFLOW, case, "choose_session", uow, Act(what=what, acted_on=acted_on, **act))
    if chosen.choice == NEXT:
        await_another_session(uow, case, on=on)
    row = ClashChoice(
        authority=uow.authority,
        case_id=case.id,
        session_id=session.id,
        choice=chosen.choice,
        reason=chosen.reason,
        governor_agreed_on=chosen.governor_agreed_on,
        chosen_on=on,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(row)
    uow.session.flush()
    return row


def _session_of(uow: UnitOfWork, case: Case) -> CouncilSession:
    """The ordinary session that the case's acceptance came too late for."""
    found = None
    if case.is_clash and case.session_on is not None:
        found = uow.session.scalars(
            select(CouncilSession).where(
                CouncilSession.authority == uow.authority,
                CouncilSession.session_kind == "ordinary",
                CouncilSession.opens_on == case.session_on,
                CouncilSession.state.in_(
                    [SessionState.PLANNED, SessionState.CALLED, SessionState.CONVENED]
                ),
            )
        ).first()
    if found is None:
        raise GuardRefused("This petition clashes with no session to come.", article=ARTICLE)
    return found


def _check(
    uow: UnitOfWork, case: Case, session: CouncilSession, chosen: Choice, *, on: date
) -> None:
    if queries.clash_choice(uow.session, case.id, session.id) is not None:
        raise GuardRefused("The session of this petition was chosen already.", article=ARTICLE)
    agreed = chosen.governor_agreed_on
    if chosen.choice == THIS and (agreed is None or agreed > on):
        raise InvalidInput(
            "This session takes the petition only with the governor's agreement.",
            field="governor_agreed_on",
            remedy="Give the day on which he agreed, or choose the next session.",
            article=ARTICLE,
        )
