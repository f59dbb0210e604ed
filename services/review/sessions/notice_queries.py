"""Which notices of a session did not arrive, and what is still to be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.sessions.agenda_models import Convocation
from services.review.sessions.models import CouncilSession
from services.review.sessions.notice_models import FailedNotice, NoticeChoice
from services.review.sessions.workflow import SessionState

NOTICE = "notice"
"""The notice whose ten days count; supplements and second calls have rules of their own."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A failed notice and how it stands: ``open``, ``proven``, ``renewed`` or ``chosen``."""

    row: FailedNotice
    standing: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.standing == "open"

    def is_late(self, on: date) -> bool:
        """Whether only the president's choice helps any more, on a civil date."""
        return self.is_open and on > self.row.latest_on


def failures_of(session: Session, session_id: UUID) -> list[Failure]:
    """The failed notices of one session, in order of recording, each with its standing."""
    rows = session.scalars(
        select(FailedNotice)
        .where(FailedNotice.session_id == session_id)
        .order_by(FailedNotice.recorded_at, FailedNotice.id)
    ).all()
    return _standing(session, rows) if rows else []


def choices_of(session: Session, session_id: UUID) -> Sequence[NoticeChoice]:
    """What the president chose about them, oldest first."""
    return session.scalars(
        select(NoticeChoice)
        .where(NoticeChoice.session_id == session_id)
        .order_by(NoticeChoice.recorded_at, NoticeChoice.id)
    ).all()


def waiting_sessions(session: Session, authority: str) -> list[tuple[CouncilSession, Failure]]:
    """The convened sessions with a failed notice to be dealt with, each with its first one."""
    rows = session.execute(
        select(CouncilSession, FailedNotice)
        .join(FailedNotice, FailedNotice.session_id == CouncilSession.id)
        .where(
            FailedNotice.authority == authority,
            CouncilSession.state == SessionState.CONVENED.value,
        )
        .order_by(FailedNotice.latest_on, FailedNotice.recorded_at, FailedNotice.id)
    ).all()
    first: dict[UUID, tuple[CouncilSession, Failure]] = {}
    standing = _standing(session, [row for _, row in rows]) if rows else []
    for (convened, _), failure in zip(rows, standing, strict=True):
        if failure.is_open:
            first.setdefault(convened.id, (convened, failure))
    return list(first.values())


def urgent(row: CouncilSession, failure: Failure, *, today: date) -> dict[str, Any]:
    """What a list or page says of a session with a failed notice."""
    return {
        "session": row.id,
        "opens_on": row.opens_on,
        "latest_on": failure.row.latest_on,
        "is_late": failure.is_late(today),
    }


def _standing(session: Session, rows: Sequence[FailedNotice]) -> list[Failure]:
    ids = {row.session_id for row in rows}
    proofs = session.scalars(
        select(Convocation).where(Convocation.session_id.in_(ids), Convocation.notice == NOTICE)
    ).all()
    choices = session.scalars(select(NoticeChoice).where(NoticeChoice.session_id.in_(ids))).all()
    return [Failure(row=row, standing=_how(row, proofs, choices)) for row in rows]


def _how(row: FailedNotice, proofs: Sequence[Convocation], choices: Sequence[NoticeChoice]) -> str:
    """How one failure stands; a proof of another channel shows that the notice did go out."""
    if row.renewed_on is not None and row.renewed_on <= row.latest_on:
        return "renewed"
    for proof in proofs:
        is_theirs = (proof.session_id, proof.person_id) == (row.session_id, row.person_id)
        if is_theirs and proof.channel != row.channel and proof.sent_on <= row.latest_on:
            return "proven"
    for choice in choices:
        if choice.session_id == row.session_id and choice.recorded_at > row.recorded_at:
            return "chosen"
    return "open"
