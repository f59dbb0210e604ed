"""Failed notices as a session's events tell them; proofs and reasons are in a backup or nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from services.review.sessions.models import CouncilSession
from services.review.sessions.notice_models import FailedNotice, NoticeChoice
from services.review.sessions.notice_queries import failures_of
from shared.events.envelope import Envelope
from shared.unit_of_work import UnitOfWork


def _failed(uow: UnitOfWork, session: CouncilSession, told: Envelope) -> None:
    said = told.data.what
    uow.session.add(
        FailedNotice(
            authority=session.authority,
            session_id=session.id,
            person_id=UUID(said["person"]),
            channel=said["channel"],
            reason=said["reason"],
            failed_on=told.data.acted_on,
            latest_on=date.fromisoformat(said["latest_on"]),
            recorded_by=told.actorid,
            recorded_at=told.time,
        )
    )


def _renewed(uow: UnitOfWork, session: CouncilSession, told: Envelope) -> None:
    said = told.data.what
    theirs = [one.row for one in failures_of(uow.session, session.id) if one.is_open]
    for row in theirs:
        if row.person_id == UUID(said["person"]):
            row.renewed_on, row.renewed_channel = told.data.acted_on, said["channel"]


def _judged(uow: UnitOfWork, session: CouncilSession, told: Envelope) -> None:
    said = told.data.what
    uow.session.add(
        NoticeChoice(
            authority=session.authority,
            session_id=session.id,
            choice=said["choice"],
            reason="",
            members=said["members"],
            chosen_on=told.data.acted_on,
            recorded_by=told.actorid,
            recorded_at=told.time,
        )
    )


RECALLED: Mapping[str, Callable[[UnitOfWork, CouncilSession, Envelope], None]] = {
    "notice_failed": _failed,
    "notice_renewed": _renewed,
    "notice_judged": _judged,
}
