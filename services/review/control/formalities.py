"""Duties after a session: decisions posted at the seat, minutes given to each member (art. 273).

No event tells of them: each is a row written once, shown with its legal date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.review.control import rules
from services.review.control.models import CouncilFormality, Decision
from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.sessions.models import CouncilSession
from shared.db.authorities import AuthorityProfile
from shared.errors import GuardRefused
from shared.law.clock import Due
from shared.unit_of_work import UnitOfWork

POSTING = "posting"
MINUTES = "minutes-to-members"
ARTICLE = "113-14, 273"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a duty stands: its legal day (None before the close), when it was done, whether late."""

    term: Due | None
    done_on: date | None
    is_late: bool


def record(
    uow: UnitOfWork,
    subject: Decision | CouncilSession,
    formality: str,
    *,
    closed_on: date | None,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> CouncilFormality:
    """Record a duty once, with the subject's row locked by the caller.

    Raises ``GuardRefused`` before the session was closed, and the second time.
    """
    on = date_of_act(uow, acted_on, late_reason)
    check_office(uow, on)
    if closed_on is None or on < closed_on:
        raise GuardRefused(
            "Decisions are posted and minutes given once the session is closed.",
            article=ARTICLE,
            remedy="Close the session first.",
        )
    return keep(uow, subject, formality, article=ARTICLE, on=on, late_reason=late_reason)


def keep(
    uow: UnitOfWork,
    subject: Decision | CouncilSession,
    formality: str,
    *,
    article: str,
    on: date,
    late_reason: str | None,
) -> CouncilFormality:
    """Keep a duty as done on a day, once; raises ``GuardRefused`` the second time."""
    if _row(uow.session, subject, formality) is not None:
        raise GuardRefused(
            "This is recorded already.",
            article=article,
            remedy="Read it again; nothing more is to be done.",
        )
    row = CouncilFormality(
        subject=subject.subject,
        formality=formality,
        authority=uow.authority,
        done_on=on,
        late_reason=late_reason,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(row)
    return row


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
    row = _row(session, subject, formality)
    term = rules.formality(profile, formality, closed_on) if closed_on else None
    done_on = row.done_on if row else None
    is_late = term is not None and (done_on or today) > term.due_on
    return Standing(term=term, done_on=done_on, is_late=is_late)


def _row(session: Session, subject: Any, formality: str) -> CouncilFormality | None:
    return session.get(CouncilFormality, (subject.subject, formality))
