"""The minutes of a session, adopted by the council at a sitting of a later one.

The law has them signed and kept in their register (113-14, article 47); that the council adopts
them when it meets again is a rule of its own (article 32), so no term runs for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.review.control.formalities import ADOPTION, Done, record, row_of
from services.review.control.models import CouncilFormality
from services.review.sessions.attendance import sitting_on
from services.review.sessions.models import CouncilSession
from services.review.sessions.queries import sittings_of
from shared.events.duties import MinutesAdopted
from shared.unit_of_work import UnitOfWork

MOST = 20


def adopt(uow: UnitOfWork, held: CouncilSession, **act: Any) -> CouncilFormality:
    """Record once that the council adopted the minutes of a session (locked by the caller).

    Raises ``GuardRefused`` before its close, without a sitting of a later session on the day of
    the act, and the second time.
    """
    on = act.get("acted_on") or uow.today
    later = _sitting_after(uow.session, held, on) if held.closed_on else None
    what = MinutesAdopted(at=str(later.id) if later else None)
    facts = {"closed_on": held.closed_on, "sat": later is not None}
    return record(uow, held, Done(formality=ADOPTION, what=what, facts=facts), **act)


def adopted_on(session: Session, held: CouncilSession) -> date | None:
    """The day on which the minutes of a session were adopted; None while they were not."""
    row = row_of(session, held, ADOPTION)
    return row.done_on if row else None


def adopted_in(session: Session, row: CouncilSession) -> Sequence[CouncilSession]:
    """The sessions whose minutes the council adopted in the course of a session, oldest first."""
    if row.opened_on is None:
        return []
    found = session.scalars(
        select(CouncilFormality.subject).where(
            CouncilFormality.authority == row.authority,
            CouncilFormality.formality == ADOPTION,
            CouncilFormality.done_on >= row.opened_on,
            CouncilFormality.done_on <= (row.closed_on or date.max),
        )
    )
    ids = [UUID(subject.partition("/")[2]) for subject in found]
    return session.scalars(
        select(CouncilSession)
        .where(CouncilSession.id.in_(ids), CouncilSession.id != row.id)
        .order_by(CouncilSession.opens_on, CouncilSession.id)
    ).all()


def waiting(session: Session, row: CouncilSession) -> Sequence[CouncilSession]:
    """The closed sessions whose minutes a session that has opened may adopt, oldest first."""
    if row.state != "opened":
        return []
    adopted = select(CouncilFormality.subject).where(
        CouncilFormality.authority == row.authority, CouncilFormality.formality == ADOPTION
    )
    done = {UUID(subject.partition("/")[2]) for subject in session.scalars(adopted)}
    closed = session.scalars(
        select(CouncilSession)
        .where(
            CouncilSession.authority == row.authority,
            CouncilSession.state == "closed",
            CouncilSession.closed_on <= row.opened_on,
        )
        .order_by(CouncilSession.opens_on.desc(), CouncilSession.id)
        .limit(MOST)
    )
    return [one for one in closed if one.id not in done][::-1]


def _sitting_after(session: Session, held: CouncilSession, on: date) -> CouncilSession | None:
    """A session that opened after another had closed, and sat on a day."""
    later = session.scalars(
        select(CouncilSession).where(
            CouncilSession.authority == held.authority,
            CouncilSession.id != held.id,
            CouncilSession.opened_on >= held.closed_on,
            CouncilSession.opened_on <= on,
            or_(CouncilSession.closed_on.is_(None), CouncilSession.closed_on >= on),
        )
    )
    return next((one for one in later if sitting_on(sittings_of(session, one.id), on)), None)
