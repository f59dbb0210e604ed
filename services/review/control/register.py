"""The attendance register: its copy goes to the governor after each session (113-14, article 67).

The last day is five days after the close. That it passed is told once, by the session itself.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.control.formalities import ARTICLES, REGISTER, Done, last_day, record
from services.review.control.models import CouncilFormality
from services.review.firing import fires_first, not_fired
from services.review.kept_texts import keep_text
from services.review.sessions.models import CouncilSession
from services.review.sessions.state import SESSION_WORKFLOW
from services.review.sessions.workflow import SessionState
from shared.events.duties import RegisterSent, SessionDutyMissed
from shared.unit_of_work import UnitOfWork
from shared.web.paging import LARGEST_PAGE
from shared.workflow import Act, move

MISSED = f"miss:{REGISTER}"


def send(uow: UnitOfWork, held: CouncilSession, *, proof: str, **act: Any) -> CouncilFormality:
    """Record that the governor was sent the register's copy (session locked by the caller).

    ``proof``, for example his receipt's number, stays with the council. Raises ``GuardRefused``
    before the close, and the second time.
    """
    what = RegisterSent(
        due_on=last_day(uow, REGISTER, held.closed_on), proof_sha256=keep_text(uow, proof)
    )
    facts = {"closed_on": held.closed_on}
    row = record(uow, held, Done(formality=REGISTER, what=what, facts=facts, proof=proof), **act)
    held.register_awaited_until = None
    return row


def overdue(session: Session, authority: str, today: date) -> list[uuid.UUID]:
    """Sessions whose register is awaited after its last day, which was not told yet."""
    held = CouncilSession
    return list(
        session.scalars(
            select(held.id)
            .where(
                held.authority == authority,
                held.state == SessionState.CLOSED.value,
                held.register_awaited_until < today,
                # The comparison above leaves out rows without a day.
                not_fired(MISSED, held.id, held.register_awaited_until),  # type: ignore[arg-type]
            )
            .order_by(held.register_awaited_until, held.id)
            .limit(LARGEST_PAGE)
        )
    )


def miss(uow: UnitOfWork, session_id: uuid.UUID) -> bool:
    """Tell once that the last day has passed; False where the register went out meanwhile."""
    held = uow.get(CouncilSession, session_id)
    due_on = held.register_awaited_until
    if due_on is None or due_on >= uow.today:
        return False
    if not fires_first(uow, MISSED, subject=held.subject, due_on=due_on):
        return False
    what = SessionDutyMissed(duty=REGISTER, due_on=due_on, article=ARTICLES[REGISTER])
    move(SESSION_WORKFLOW, held, "miss_duty", uow, Act(what=what))
    return True
