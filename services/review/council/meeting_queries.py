"""Reads of the committees' meetings: with their rolls, and with who is heard at them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.council.meeting_models import CommitteeMeeting, CommitteePresence, Hearing
from shared.errors import NotFound

MOST_MEETINGS = 100


def meeting_of(session: Session, authority: str, meeting: UUID) -> CommitteeMeeting:
    """One meeting; raises ``NotFound``."""
    row = session.get(CommitteeMeeting, meeting)
    if row is None or row.authority != authority:
        raise NotFound("Nothing was found under this id.", kind="committee")
    return row


def meetings_of(session: Session, authority: str, committee: UUID) -> Sequence[CommitteeMeeting]:
    """The last meetings of a committee, the latest day first."""
    return session.scalars(
        select(CommitteeMeeting)
        .where(CommitteeMeeting.authority == authority, CommitteeMeeting.committee_id == committee)
        .order_by(CommitteeMeeting.meets_on.desc(), CommitteeMeeting.id.desc())
        .limit(MOST_MEETINGS)
    ).all()


def rolls_of(session: Session, meetings: Sequence[UUID]) -> dict[UUID, list[CommitteePresence]]:
    """The rolls of some meetings by meeting."""
    found: dict[UUID, list[CommitteePresence]] = {id_: [] for id_ in meetings}
    rows = select(CommitteePresence).where(CommitteePresence.meeting_id.in_(meetings))
    for one in session.scalars(rows.order_by(CommitteePresence.person_id)):
        found[one.meeting_id].append(one)
    return found


def hearings_at(session: Session, meetings: Sequence[UUID]) -> Sequence[Hearing]:
    """The hearings that are set for some meetings."""
    rows = select(Hearing).where(Hearing.meeting_id.in_(meetings)).order_by(Hearing.id)
    return session.scalars(rows).all()


def hearing_of(session: Session, meeting: UUID, case: UUID) -> Hearing | None:
    """The hearing of a petition at a meeting, if one is set."""
    return session.scalars(
        select(Hearing).where(Hearing.meeting_id == meeting, Hearing.case_id == case)
    ).one_or_none()
