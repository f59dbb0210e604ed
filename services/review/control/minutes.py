"""The minutes of a session, adopted by the council at a sitting of a later one.

The law has them signed and kept in their register (113-14, article 47); that the council adopts
them when it meets again is a rule of its own (article 32), so no term runs for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.review.control import formalities
from services.review.control.models import CouncilFormality
from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.sessions.attendance import sitting_on
from services.review.sessions.models import CouncilSession
from services.review.sessions.queries import sittings_of
from shared.errors import GuardRefused
from shared.unit_of_work import UnitOfWork

ADOPTION = "minutes-adoption"
ARTICLE = "113-14, 47"
MOST = 20


def adopt(
    uow: UnitOfWork,
    held: CouncilSession,
    *,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> CouncilFormality:
    """Record once that the council adopted the minutes of a session (locked by the caller).

    Raises ``GuardRefused`` before its close, without a sitting of a later session on the day of
    the act, and the second time.
    """
    on = date_of_act(uow, acted_on, late_reason)
    check_office(uow, on)
    if held.closed_on is None or _sitting_after(uow.session, held, on) is None:
        raise GuardRefused(
            "The minutes of a closed session are adopted at a sitting of a later one.",
            article=ARTICLE,
            remedy="Record it for the day of a sitting of the next session.",
        )
    return formalities.keep(uow, held, ADOPTION, article=ARTICLE, on=on, late_reason=late_reason)


def adopted_on(session: Session, held: CouncilSession) -> date | None:
    """The day on which the minutes of a session were adopted; None while they were not."""
    row = session.get(CouncilFormality, (held.subject, ADOPTION))
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
