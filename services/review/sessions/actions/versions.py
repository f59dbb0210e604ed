"""The versions of an agenda: 1 with the call, one more for each change afterwards."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from services.review.sessions import queries
from services.review.sessions.agenda_models import AgendaVersion
from services.review.sessions.models import CouncilSession
from shared.unit_of_work import UnitOfWork

KEPT_IN = ("called", "convened")
"""States of a session in which a change of its agenda makes a version."""


def note_version(
    uow: UnitOfWork, session: CouncilSession, cause: str, *, on: date | None = None
) -> None:
    """Keep the agenda as it stands now, with what made it so; a session's row is locked."""
    if session.state not in KEPT_IN:
        return
    uow.session.flush()
    uow.session.add(
        AgendaVersion(
            authority=uow.authority,
            session_id=session.id,
            version=latest_version(uow, session) + 1,
            cause=cause,
            items=[str(item.id) for item in queries.agenda_of(uow.session, session.id)],
            made_on=on or uow.today,
            recorded_at=uow.recorded_at,
        )
    )


def latest_version(uow: UnitOfWork, session: CouncilSession) -> int:
    """The number of the last version that was kept; 0 before the call."""
    number = select(func.max(AgendaVersion.version)).where(AgendaVersion.session_id == session.id)
    return uow.session.scalar(number) or 0
