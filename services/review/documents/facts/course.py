"""Reads what else happened in a session beside its points: what its minutes owe to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.control import follow_ups, minutes
from services.review.documents.facts.values import Interruption, Meeting, RefusedRequest
from services.review.sessions.agenda_models import AgendaRequest
from services.review.sessions.models import CouncilSession, Sitting

INTERRUPTING = ("suspend", "resume", "close_doors", "open_doors")


def course_of(session: Session, row: CouncilSession, sittings: Sequence[Sitting]) -> dict[str, Any]:
    """The fields of the minutes that are not about a point; four statements."""
    adopted = minutes.adopted_in(session, row)
    return {
        "adopted": tuple(meeting_of(one) for one in adopted),
        "refused": _refused(session, row),
        "interruptions": _interruptions(session, sittings),
        "reported_on": follow_ups.reported_on(session, row),
        "extended_until": row.extended_until,
    }


def meeting_of(row: CouncilSession) -> Meeting:
    """The session as its papers name it."""
    return Meeting(session_kind=row.session_kind, called_by=row.called_by, opens_on=row.opens_on)


def _refused(session: Session, row: CouncilSession) -> tuple[RefusedRequest, ...]:
    """Refused requests of members: read out at the opening, and in the minutes (article 40)."""
    found = session.scalars(
        select(AgendaRequest)
        .where(AgendaRequest.session_id == row.id, AgendaRequest.answer == "refused")
        .order_by(AgendaRequest.id)
    )
    return tuple(
        RefusedRequest(
            subject=dict(one.subject_line),
            members=one.members,
            reason=one.refusal_reason or "",
            refused_on=one.answered_on or one.received_on,
        )
        for one in found
    )


def _interruptions(session: Session, sittings: Sequence[Sitting]) -> tuple[Interruption, ...]:
    """Suspensions and closed doors of the sittings, in the order they were recorded."""
    history = Base.plumbing.history
    found = session.execute(
        select(history.c.trigger, history.c.acted_on, history.c.what)
        .where(
            history.c.authority.in_({one.authority for one in sittings}),
            history.c.subject.in_([one.subject for one in sittings]),
            history.c.trigger.in_(INTERRUPTING),
        )
        .order_by(history.c.recorded_at, history.c.subject, history.c.sequence)
    )
    return tuple(
        Interruption(
            trigger=one.trigger, acted_on=one.acted_on, asked_by=(one.what or {}).get("asked_by")
        )
        for one in found
    )
